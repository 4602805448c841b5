import type { Stop } from '../../../kit/feature'
import type { Needs } from '../../../ports/parts'
import type { ShownContext } from './shown'

type Context = ShownContext & Needs<'emit' | 'log', 'settings' | 'onChange'>

/** Messages that follow each other within this are told of together. */
const restMs = 1_500

/** Says it when messages came that nobody has seen: of conversations that are not muted, and in those that are where the reader is named. */
export function startTelling({ store, clock, emit, log }: Context): Stop {
  const { messages } = store.chat
  let told = messages.newestId()
  let rest: AbortController | null = null
  const say = (): void => {
    const fresh = messages.unseenSince(told)
    told = messages.newestId()
    const count = fresh.reduce((sum, each) => sum + each.count, 0)
    if (count === 0) return
    const { alarmNotices: notices, quietHours } = store.settings.get()
    const [one, ...more] = fresh
    const row = one === undefined || more.length > 0 ? null : store.chat.conversations.get(one.conversation)
    const name =
      row &&
      (row.name || store.chat.conversations.rosterName(store.chat.conversations.accountOf(row), row.jid))
    emit('chatNews', {
      ...{ fresh: count, notices, quietHours },
      title: notices === 'content' && row !== null ? (name || row.jid).slice(0, 500) : null,
    })
  }
  const stopFeed = store.onChange((entity, _ids, kind) => {
    if (entity !== 'chat' || kind !== 'messages') return
    rest?.abort()
    const now = new AbortController()
    rest = now
    clock
      .sleep(restMs, now.signal)
      .then(say)
      .catch((error: unknown) => {
        if (!now.signal.aborted) log.error('messages could not be told of', { error })
      })
  })
  return () => {
    stopFeed()
    rest?.abort()
  }
}
