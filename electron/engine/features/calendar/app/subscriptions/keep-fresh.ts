import type { Stop } from '../../../../kit/feature'
import type { Needs } from '../../../../ports/parts'

/** The clock may be set, and the machine may have slept: the wall's time is looked at that often. */
const longestWaitMs = 60_000

/**
 * Asks for subscribed calendars when they are due, as long as the engine runs. Offline they wait: the end of that, a new one and
 * another way or interval wake it.
 */
export function keepSubscriptionsFresh(
  context: Needs<'clock' | 'log' | 'subscriptions', 'onChange' | 'settings' | 'subscriptions'>,
): Stop {
  const { store, clock, log, subscriptions } = context
  let isStopped = false
  let wake: () => void = () => undefined
  const stopFeed = store.onChange(entity => {
    if (entity === 'calendar' || entity === 'settings') wake()
  })
  const run = async (): Promise<void> => {
    while (!isStopped) {
      const woken = new Promise<void>(resolve => {
        wake = resolve
      })
      try {
        await refreshDue(context, () => isStopped)
      } catch (error) {
        log.error('subscribed calendars could not be asked for', { error })
      }
      const over = new AbortController()
      await Promise.race([woken, clock.sleep(waitMs(), over.signal).catch(() => undefined)])
      over.abort()
    }
  }
  const waitMs = (): number => {
    if (store.settings.get().offline) return longestWaitMs
    const next = Math.min(...store.subscriptions.list().map(({ nextAtMs }) => nextAtMs))
    // Never at once again: what is due and was not asked for by now failed to be written.
    return Math.min(longestWaitMs, Math.max(1_000, next - clock.now()))
  }
  const running = run()
  return async () => {
    isStopped = true
    stopFeed()
    wake()
    await subscriptions.stop(null)
    await running
  }
}

async function refreshDue(
  { store, clock, subscriptions }: Parameters<typeof keepSubscriptionsFresh>[0],
  isStopped: () => boolean,
): Promise<void> {
  const due = store.subscriptions.list().filter(({ nextAtMs }) => nextAtMs <= clock.now())
  for (const { calendarId } of due) {
    if (isStopped() || store.settings.get().offline) return
    await subscriptions.refresh(calendarId)
  }
}
