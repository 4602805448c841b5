import type { MessageId } from '../../../../../../shared/kit/ids'
import { fetchPiecewise } from '../../../../kit/fetching/fetch-piecewise'
import type { MailSession } from '../../../../ports/mail/mail-backend'
import type { ParsedMessage } from '../../../../ports/mail/mime'
import type { MailboxRow } from '../../../../ports/store'
import { BatchSize, Breather } from '../breather'
import type { SyncContext } from './sync-context'
import { windowStart } from './sync-window'

/** Messages asked for at a time. The answer streams while the ones before are parsed and stored. */
const askedFor = 2_000
/** Bytes that wait for one transaction. */
const batchBytes = 4_000_000
/** Messages over the background limit in one mailbox that are looked at. */
const largeMessages = 100_000
/** Larger than any message a backend gives. */
const anySize = Number.MAX_SAFE_INTEGER

type Wanted = { id: MessageId; uid: number; sizeBytes: number }

/**
 * Fetches the bodies that the window wants, newest first: whole messages up to the background limit, the text of
 * larger ones. The mailbox must be open. What a server does not give is asked for once a pass.
 */
export async function syncBodies(
  context: SyncContext,
  session: MailSession,
  mailbox: MailboxRow,
): Promise<void> {
  if (mailbox.window.kind === 'headers') return
  const { store } = context
  const maxBytes = store.settings.get().backgroundBodyLimitBytes
  const sinceMs = windowStart(mailbox.window, context.clock.now())
  const tried = new Set<MessageId>()
  const isResting = ({ uid }: { uid: number }) => context.withheld.isResting(mailbox, 'body', uid)
  const state = { done: 0, total: store.mailboxes.bodiesMissing(mailbox.id), size: new BatchSize() }
  for (;;) {
    // Those already tried stand in front: ask for that many more.
    const limit = askedFor + tried.size + context.withheld.resting(mailbox, 'body')
    const wanted = store.messages
      .bodiesWanted(mailbox.id, { limit, maxBytes, sinceMs })
      .filter(each => !tried.has(each.id) && !isResting(each))
    if (wanted.length === 0) break
    for (const { id } of wanted) tried.add(id)
    // What is stored is not wanted any more; only what did not come must be stepped over.
    for (const id of await storeWhole(context, session, mailbox, wanted, state)) tried.delete(id)
  }
  await storeTexts(context, session, mailbox, largeWithoutText(context, mailbox), state)
}

/** True when a body or a text is wanted; cheap when there is none. */
export function wantsBodies(context: SyncContext, mailbox: MailboxRow): boolean {
  if (mailbox.window.kind === 'headers') return false
  return (
    context.store.mailboxes.bodiesMissing(mailbox.id) > 0 || largeWithoutText(context, mailbox).length > 0
  )
}

/** Messages over the background limit whose text is not here. The small ones are here by the time this is asked. */
function largeWithoutText({ store, clock }: SyncContext, mailbox: MailboxRow): Wanted[] {
  const maxBytes = store.settings.get().backgroundBodyLimitBytes
  const sinceMs = windowStart(mailbox.window, clock.now())
  return store.messages
    .bodiesWanted(mailbox.id, { limit: largeMessages, maxBytes: anySize, sinceMs })
    .filter(each => each.sizeBytes > maxBytes && each.bodyState === 'header')
}

type State = { done: number; total: number; size: BatchSize }

async function storeWhole(
  context: SyncContext,
  session: MailSession,
  mailbox: MailboxRow,
  wanted: readonly Wanted[],
  state: State,
): Promise<readonly MessageId[]> {
  const { store, mime, onBodies, count, progress, signal, withheld } = context
  const mailboxId = mailbox.id
  const idOf = new Map(wanted.map(each => [each.uid, each.id]))
  const breather = new Breather()
  const stored: MessageId[] = []
  let batch: { id: MessageId; raw: Uint8Array; parsed: ParsedMessage }[] = []
  let bytes = 0
  const flush = () => {
    if (batch.length === 0) return
    const bodies = batch
    batch = []
    state.size.measure(bodies.length, () => store.messages.storeBodies(bodies))
    onBodies(bodies)
    for (const { id } of bodies) stored.push(id)
    count.bytes += bytes
    bytes = 0
    state.done += bodies.length
    progress({ mailboxId, phase: 'bodies', done: state.done, total: Math.max(state.total, state.done) })
  }
  const remotes = fetchPiecewise({
    ...{ session, withheld, row: mailbox, part: 'body', uids: [...idOf.keys()] },
    ask: uids => session.fetchRaw(uids, { maxBytes: anySize, signal }),
    idOf: uid => idOf.get(uid) ?? null,
  })
  try {
    for await (const { uid, raw } of remotes) {
      const id = idOf.get(uid)
      if (id === undefined) continue
      batch.push({ id, raw, parsed: mime.parseMessage(raw) })
      bytes += raw.length
      if (batch.length >= state.size.count || bytes >= batchBytes) flush()
      await breather.pause()
    }
  } finally {
    flush()
  }
  return stored
}

async function storeTexts(
  context: SyncContext,
  session: MailSession,
  mailbox: MailboxRow,
  wanted: readonly Wanted[],
  state: State,
): Promise<void> {
  const { store, progress, withheld } = context
  const idOf = new Map(wanted.map(each => [each.uid, each.id]))
  const remotes = fetchPiecewise({
    ...{ session, withheld, row: mailbox, part: 'body', uids: [...idOf.keys()], perCommand: 1 },
    ask: uids => textsOf(session, uids),
    idOf: uid => idOf.get(uid) ?? null,
  })
  for await (const { uid, parsed } of remotes) {
    const id = idOf.get(uid)
    if (id !== undefined && parsed) store.messages.storeText(id, parsed)
    state.done++
    progress({
      ...{ mailboxId: mailbox.id, phase: 'bodies', done: state.done },
      total: Math.max(state.total, state.done),
    })
    await new Promise<void>(resolve => setImmediate(resolve))
  }
}

async function* textsOf(
  session: MailSession,
  uids: readonly number[],
): AsyncGenerator<{ uid: number; parsed: ParsedMessage | null }> {
  for (const uid of uids) yield { uid, parsed: (await session.fetchText(uid))?.parsed ?? null }
}
