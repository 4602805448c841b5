import type { Stop } from '../../../kit/feature'
import type { Needs } from '../../../ports/parts'
import { type AlarmContext, type Fresh, lookAtAll } from './look'

/** The clock may be set, and the machine may have slept: the wall's time is looked at that often. */
const longestWaitMs = 30_000

/** Says it when reminders become due, as long as the engine runs. What was due while it did not is said at once. */
export function startRinging(context: AlarmContext & Needs<never, 'onChange'>): Stop {
  const { store, clock, log } = context
  let isStopped = false
  let wake: () => void = () => undefined
  const stopFeed = store.onChange(entity => {
    if (entity === 'event' || entity === 'alarm' || entity === 'settings') wake()
  })
  let said: string | null = null
  const say = (fresh: readonly Fresh[]): void => {
    const [first] = [...fresh].sort((left, right) => right.due.triggerMs - left.due.triggerMs)
    const { alarmNotices: notices, quietHours } = store.settings.get()
    const news = {
      fresh: fresh.length,
      ...{ notices, quietHours },
      title: notices === 'content' && fresh.length === 1 ? (first?.due.title ?? null) : null,
      nextMs: store.alarms.nextMs(),
    }
    const text = JSON.stringify(news)
    if (fresh.length === 0 && text === said) return
    said = fresh.length === 0 ? text : null
    context.emit('alarm', news)
  }
  const run = async (): Promise<void> => {
    while (!isStopped) {
      const woken = new Promise<void>(resolve => {
        wake = resolve
      })
      try {
        say(await lookAtAll(context, { tells: true, isStopped: () => isStopped }))
      } catch (error) {
        log.error('reminders could not be looked at', { error })
      }
      const nextMs = store.alarms.nextMs()
      const waitMs = Math.min(
        longestWaitMs,
        Math.max(100, (nextMs ?? Number.POSITIVE_INFINITY) - clock.now()),
      )
      const over = new AbortController()
      await Promise.race([woken, clock.sleep(waitMs, over.signal).catch(() => undefined)])
      over.abort()
    }
  }
  const running = run()
  return async () => {
    isStopped = true
    stopFeed()
    wake()
    await running
  }
}
