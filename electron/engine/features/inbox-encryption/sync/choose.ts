import {
  type Candidate,
  type Direction,
  leaseKeyword,
  type SkipReason,
} from '../../../ports/keys/inbox-encryption'
import { limits } from '../../../ports/limits'
import type { RemoteHeader } from '../../../ports/mail/mail-backend'
import type { MailboxRow } from '../../../ports/store'
import { hasFlag } from './flags-to-keep'
import { leaseAbandonedMs } from './lease'
import { bytesGiven, decryptedOf, type ReplaceContext } from './replace-context'

/** A message that can be replaced: its bytes now, and the original that its stand-in must come back to. */
export type Chosen = Readonly<{
  candidate: Candidate
  facts: RemoteHeader
  original: Uint8Array
  /** It carries a lease that nobody has renewed for long. */
  stolen: boolean
}>

export type Skip = Readonly<{
  candidate: Candidate
  reason: SkipReason
  detail: string
  retryAfterMs: number | null
}>

/** Armor makes four bytes of three, and compression is not counted on. */
const largestClearBytes = Math.floor((limits.messageBytes - limits.headerBytes) * 0.73)
const soonMs = 60_000
const leaseRetryMs = 10 * 60_000

/**
 * Looks at candidates in the open mailbox: what the server has of them now, what they are, and what the original is.
 * Whatever is not right for replacing is answered with its reason.
 */
export async function choose(
  context: ReplaceContext,
  mailbox: MailboxRow,
  { direction, candidates }: Readonly<{ direction: Direction; candidates: readonly Candidate[] }>,
  factsByUid: ReadonlyMap<number, RemoteHeader>,
): Promise<{ chosen: readonly Chosen[]; skips: readonly Skip[] }> {
  const chosen: Chosen[] = []
  const skips: Skip[] = []
  const skip = (
    candidate: Candidate,
    reason: SkipReason,
    retryAfterMs: number | null = null,
    detail = '',
  ): void => void skips.push({ candidate, reason, detail, retryAfterMs })

  const interrupted = new Set(
    context.store.inboxEncryption.open(context.accountId).map(each => each.messageId),
  )
  const present: { candidate: Candidate; facts: RemoteHeader; stolen: boolean }[] = []
  for (const candidate of candidates) {
    const facts = factsByUid.get(candidate.uid)
    if (!facts && context.withheld.isResting(mailbox, 'header', candidate.uid))
      skip(candidate, 'not-given', leaseRetryMs)
    else if (!facts || context.mime.parseHeader(facts.header).messageIdHeader !== candidate.messageIdHeader)
      skip(candidate, 'changed-meanwhile', soonMs)
    else if (hasFlag(facts.flags, '\\Deleted')) skip(candidate, 'marked-deleted', leaseRetryMs)
    else if (
      facts.sizeBytes > limits.messageBytes ||
      (direction === 'encrypt' && facts.sizeBytes > largestClearBytes)
    )
      skip(candidate, 'too-large', null, String(facts.sizeBytes))
    // Our own lease of before, or another client's since: nobody can say, so it is not a sure one.
    else if (interrupted.has(candidate.id)) present.push({ candidate, facts, stolen: true })
    else if (hasFlag(facts.flags, leaseKeyword)) {
      const seenAtMs = context.store.inboxEncryption.leaseSeenAtMs(candidate.id)
      if (seenAtMs !== null && context.clock.now() - seenAtMs >= leaseAbandonedMs)
        present.push({ candidate, facts, stolen: true })
      else skip(candidate, 'leased-elsewhere', leaseRetryMs)
    } else present.push({ candidate, facts, stolen: false })
  }
  const rawOf = await bytesOfAll(context, mailbox, present)
  for (const each of present) {
    const raw = rawOf.get(each.candidate.uid)
    if (!raw) {
      skip(each.candidate, 'not-given', leaseRetryMs)
      continue
    }
    const original = await originalOf(context, direction, each.candidate, raw)
    if (typeof original === 'string') skip(each.candidate, original)
    else chosen.push({ ...each, original })
  }
  return { chosen, skips }
}

/**
 * Bytes as the server has them. What is here counts when the size is the same: a message under a UID never changes (RFC
 * 3501 §2.3.1.1), but what was written here and appended may have been stored differently there.
 */
async function bytesOfAll(
  context: ReplaceContext,
  mailbox: MailboxRow,
  present: readonly { candidate: Candidate; facts: RemoteHeader }[],
): Promise<ReadonlyMap<number, Uint8Array>> {
  const found = new Map<number, Uint8Array>()
  for (const { candidate, facts } of present) {
    const raw = candidate.whole ? context.store.messages.raw(candidate.id) : null
    if (raw?.length === facts.sizeBytes) found.set(candidate.uid, raw)
  }
  const missing = present.map(each => each.candidate.uid).filter(uid => !found.has(uid))
  return new Map([...found, ...(await bytesGiven(context, mailbox, missing))])
}

async function originalOf(
  context: ReplaceContext,
  direction: Direction,
  candidate: Candidate,
  raw: Uint8Array,
): Promise<Uint8Array | SkipReason> {
  if (direction === 'encrypt') {
    if (raw.length > largestClearBytes) return 'too-large'
    return context.form.protectionOf(raw) === null ? raw : 'already-encrypted'
  }
  if (context.form.tokenOf(raw) === null) return 'not-inbox-encrypted'
  // The kept original needs no key: undoing works when the key is lost.
  return (
    context.store.inboxEncryption.original(candidate.id) ??
    (await decryptedOf(context, raw)) ??
    'not-readable'
  )
}
