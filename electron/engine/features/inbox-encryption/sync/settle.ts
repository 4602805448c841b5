import type { Replacement } from '../../../ports/keys/inbox-encryption'
import type { MailboxStatus, RemoteHeader } from '../../../ports/mail/mail-backend'
import { finishReplaced } from './finish-replaced'
import { giveLeaseBack, type Lease } from './lease'
import { keepLowest } from './one-of-several'
import {
  bytesOf,
  decryptedOf,
  digestOf,
  factsOf,
  type Problem,
  type ReplaceContext,
  sameBytes,
} from './replace-context'

/** A replacement whose copy is on the server. */
export type Appended = Replacement & { toUid: number }

export type Settled = { replaced: Replacement[]; undone: Replacement[]; problem: Problem | null }

/** INTERNALDATE has seconds (RFC 3501 §9 `date-time`). */
const sameDateMs = 1_000

/**
 * Reads the copies back, compares, lets the local rows follow, and only then removes what they replace. A copy that is
 * not right goes again when it is certainly ours; the original stays. The mailbox must be open for changes.
 */
export async function settle(
  context: ReplaceContext,
  status: MailboxStatus,
  rows: readonly Appended[],
  lease: Lease | null,
): Promise<Settled> {
  const { session } = context
  const settled: Settled = { replaced: [], undone: [], problem: null }
  const copies = await bytesOf(
    session,
    rows.map(row => row.toUid),
  )
  const facts = await factsOf(
    session,
    rows.flatMap(row => [row.fromUid, row.toUid]),
  )
  const verdicts: (readonly [Appended, Verdict])[] = []
  for (const row of rows)
    verdicts.push([row, await judge(context, row, copies.get(row.toUid), facts, lease)] as const)
  const { adopted, others, wrong } = adoptAll(context, verdicts, facts)
  if (others.length > 0) await session.expunge(others)
  for (const [row, problem] of wrong) {
    settled.problem ??= problem
    await takeBack(context, row, copies.get(row.toUid), facts.get(row.toUid))
    settled.undone.push(row)
  }
  await giveLeaseBack(
    context,
    status,
    settled.undone.map(row => row.fromUid).filter(uid => facts.has(uid)),
  )
  const left = await finishReplaced(context, adopted, { facts, alsoRemoveFlags: true })
  if (left.length > 0)
    settled.problem ??= { code: 'original-stays', detail: 'the server keeps what it was told to remove' }
  settled.replaced.push(...adopted)
  return settled
}

/** One transaction for all: from here on the local rows are those of the copies, and what they replace may go. */
function adoptAll(
  context: ReplaceContext,
  verdicts: readonly (readonly [Appended, Verdict])[],
  facts: ReadonlyMap<number, RemoteHeader>,
) {
  const { store } = context
  const adopted: Replacement[] = []
  const others: number[] = []
  const wrong: (readonly [Appended, Problem | null])[] = []
  store.transaction(() => {
    for (const [row, verdict] of verdicts) {
      if (verdict.kind === 'wrong') {
        wrong.push([row, verdict.problem])
        continue
      }
      const { uid, raw } = verdict
      if (uid !== row.toUid) store.inboxEncryption.appended(row.id, uid)
      const flags = facts.get(row.toUid)?.flags ?? []
      if (store.inboxEncryption.adopt(row.id, { raw, parsed: indexAgain(context, row, raw), flags })) {
        adopted.push({ ...row, toUid: uid, state: 'adopted' })
        others.push(...verdict.others)
      } else wrong.push([row, null])
    }
  })
  return { adopted, others, wrong }
}

type Verdict =
  | Readonly<{ kind: 'right'; uid: number; raw: Uint8Array; others: readonly number[] }>
  | Readonly<{ kind: 'wrong'; problem: Problem | null }>

async function judge(
  context: ReplaceContext,
  row: Appended,
  raw: Uint8Array | undefined,
  facts: ReadonlyMap<number, RemoteHeader>,
  lease: Lease | null,
): Promise<Verdict> {
  const original = row.messageId === null ? null : context.store.inboxEncryption.original(row.messageId)
  // Removed here meanwhile: the task that removes it there names the original.
  if (original === null) return { kind: 'wrong', problem: null }
  const copy = facts.get(row.toUid)
  if (!raw || !copy) return { kind: 'wrong', problem: { code: 'copy-missing', detail: '' } }
  const content = row.direction === 'encrypt' ? await decryptedOf(context, raw) : raw
  if (content === null || !sameBytes(content, original))
    return { kind: 'wrong', problem: { code: 'copy-differs', detail: '' } }
  const replaced = facts.get(row.fromUid)
  if (replaced && Math.abs(replaced.internalDateMs - copy.internalDateMs) >= sameDateMs)
    return { kind: 'wrong', problem: { code: 'date-not-kept', detail: '' } }
  // Gone while nobody else could be replacing it: it was moved or removed elsewhere, and so must not come back.
  if (!replaced && lease?.excludesOthers === true) return { kind: 'wrong', problem: null }
  if (row.direction === 'decrypt' || lease?.excludesOthers === true)
    return { kind: 'right', uid: row.toUid, raw, others: [] }
  return { kind: 'right', ...(await keepLowest(context, row, raw, original)) }
}

/** Removes a copy that is certainly ours: it carries our token, or (decrypted) it is the original byte for byte. */
async function takeBack(
  { session, store, form }: ReplaceContext,
  row: Appended,
  raw: Uint8Array | undefined,
  copy: RemoteHeader | undefined,
): Promise<void> {
  const ours =
    copy !== undefined &&
    (row.direction === 'encrypt'
      ? form.tokenOf(copy.header) === row.token
      : raw !== undefined && digestOf(raw) === row.digest)
  if (ours) await session.expunge([row.toUid])
  store.inboxEncryption.abandon(row.id)
}

/** What goes into the search index; null leaves it as it is. */
function indexAgain({ store, mime, accountId }: ReplaceContext, row: Appended, raw: Uint8Array) {
  if (row.direction === 'decrypt') return mime.parseMessage(raw)
  if (!store.openpgp.settings(accountId).indexDecrypted) return mime.parseMessage(raw)
  if (row.messageId === null) return null
  // Already indexed from the same bytes when they came; a message that was not whole here is indexed now.
  if (store.messages.raw(row.messageId) !== null) return null
  const original = store.inboxEncryption.original(row.messageId)
  return original === null ? null : mime.parseMessage(original)
}
