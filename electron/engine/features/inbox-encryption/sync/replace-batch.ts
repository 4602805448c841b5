import { SiegelError } from '../../../../../shared/kit/result'
import type { Candidate, Direction, NewReplacement, Replacement } from '../../../ports/keys/inbox-encryption'
import type { MailboxStatus } from '../../../ports/mail/mail-backend'
import type { MailboxRow } from '../../../ports/store'
import { type Chosen, choose, type Skip } from './choose'
import { findCopy } from './find-copy'
import { flagsToAppend } from './flags-to-keep'
import { giveLeaseBack, takeLease } from './lease'
import { digestOf, factsGiven, type Problem, type ReplaceContext } from './replace-context'
import { type Appended, settle } from './settle'

export type BatchResult = {
  replaced: number
  skips: readonly Skip[]
  /** Tried, and taken back. */
  failed: number
  problem: Problem | null
}

/** What a replacement is made of. */
type Prepared = Chosen & Readonly<{ token: string; target: Uint8Array }>

/**
 * Replaces messages of one mailbox by their encrypted forms, or back. Journal first, then APPEND, then the copy is read
 * back and compared, and only then the replaced message goes; an end at any point is picked up by `resumeReplacements`.
 * Throws `capability-missing` without UIDPLUS (a plain EXPUNGE could remove other mail), network and server codes, and
 * those of the vault.
 */
export async function replaceBatch(
  context: ReplaceContext,
  mailbox: MailboxRow,
  options: {
    direction: Direction
    candidates: readonly Candidate[]
    keys: readonly Uint8Array[]
    hideSubject: boolean
  },
): Promise<BatchResult> {
  const { session } = context
  if (!session.capabilities.uidplus) throw new SiegelError('capability-missing', { capability: 'UIDPLUS' })
  const status = await session.open(mailbox.path, { readOnly: false })
  // Numbered anew: sync has to find out first which message is which.
  if (status.uidValidity !== mailbox.uidValidity) return { replaced: 0, skips: [], failed: 0, problem: null }
  const uids = options.candidates.map(each => each.uid)
  const { chosen, skips } = await choose(context, mailbox, options, await factsGiven(context, mailbox, uids))
  const allSkips = [...skips]
  const result: BatchResult = { replaced: 0, skips: allSkips, failed: 0, problem: null }
  const prepared = await prepare(context, chosen, options, allSkips)
  if (prepared.length === 0) return result

  const { inboxEncryption } = context.store
  // Before the lease: what a kill leaves behind is known as ours.
  const begun = inboxEncryption.begin(
    prepared.map(each => journalRow(context, mailbox, status, options.direction, each)),
  )
  const lease = await takeLease(
    context,
    status,
    prepared.map(each => each.facts),
    prepared.some(each => each.stolen),
  )
  const held: Prepared[] = []
  const rows: Replacement[] = []
  for (const [at, each] of prepared.entries()) {
    const row = begun[at]
    if (row === undefined) continue
    if (lease.uids.has(each.candidate.uid)) {
      held.push(each)
      rows.push(row)
    } else {
      inboxEncryption.abandon(row.id)
      const { candidate } = each
      allSkips.push({ candidate, reason: 'changed-meanwhile', detail: '', retryAfterMs: 60_000 })
    }
  }
  const appended = await appendAll(context, { mailbox, status, held, rows }, result, allSkips)
  const settled = await settle(context, status, appended, lease)
  result.replaced = settled.replaced.length
  result.failed += settled.undone.length
  result.problem ??= settled.problem
  return result
}

async function prepare(
  { vault, form, random, clock }: ReplaceContext,
  chosen: readonly Chosen[],
  options: { direction: Direction; keys: readonly Uint8Array[]; hideSubject: boolean },
  skips: Skip[],
): Promise<readonly Prepared[]> {
  const prepared: Prepared[] = []
  for (const each of chosen) {
    const token = Buffer.from(random.bytes(16)).toString('hex')
    if (options.direction === 'decrypt') {
      prepared.push({ ...each, token, target: each.original })
      continue
    }
    try {
      const { armored } = await vault.encrypt({
        data: each.original,
        recipients: options.keys.map(key => ({ key, hidden: false })),
        signWith: null,
        nowMs: clock.now(),
      })
      const target = form.wrap(each.original, armored, { token, hideSubject: options.hideSubject })
      prepared.push({ ...each, token, target })
    } catch (error) {
      if (!(error instanceof SiegelError) || error.code !== 'too-large') throw error
      skips.push({ candidate: each.candidate, reason: 'too-large', detail: '', retryAfterMs: null })
    }
  }
  return prepared
}

function journalRow(
  { accountId }: ReplaceContext,
  mailbox: MailboxRow,
  status: MailboxStatus,
  direction: Direction,
  { candidate, token, target, original }: Prepared,
): NewReplacement {
  return {
    accountId,
    direction,
    messageId: candidate.id,
    mailboxId: mailbox.id,
    uidValidity: status.uidValidity,
    fromUid: candidate.uid,
    firstUid: status.uidNext,
    token,
    digest: digestOf(original),
    sizeBytes: target.length,
    original,
  }
}

type Appending = Readonly<{
  mailbox: MailboxRow
  status: MailboxStatus
  held: readonly Prepared[]
  rows: readonly Replacement[]
}>

/** APPENDs one by one. What is refused is taken back; a full mailbox ends it for the rest. */
async function appendAll(
  context: ReplaceContext,
  { mailbox, status, held, rows }: Appending,
  result: BatchResult,
  skips: Skip[],
): Promise<readonly Appended[]> {
  const { session, store } = context
  const appended: Appended[] = []
  const untouched: Prepared[] = []
  let full = false
  for (const [at, each] of held.entries()) {
    const row = rows[at]
    if (row === undefined) continue
    const takeBack = () => {
      store.inboxEncryption.abandon(row.id)
      untouched.push(each)
    }
    if (result.problem || full) {
      takeBack()
      continue
    }
    try {
      const flags = flagsToAppend(each.facts.flags, row.direction, status.permanentFlags)
      const { internalDateMs } = each.facts
      const answer = await session.append(mailbox.path, each.target, { flags, internalDateMs })
      // No UID that is known here means anything now; the next pass lists anew and sorts out what has begun.
      if (answer.uidValidity !== null && answer.uidValidity !== status.uidValidity)
        throw new SiegelError('protocol-violation', {
          detail: 'UIDVALIDITY changed during a replacement',
          mailbox: mailbox.path,
        })
      const uid = answer.uid ?? (await findCopy(context, row))
      if (uid === null) {
        // It said yes and there is nothing: a late one would be found by its token.
        store.inboxEncryption.lose(row.id)
        untouched.push(each)
        result.failed += 1
        result.problem = { code: 'copy-missing', detail: '' }
        continue
      }
      store.inboxEncryption.appended(row.id, uid)
      appended.push({ ...row, toUid: uid })
    } catch (error) {
      if (!(error instanceof SiegelError)) throw error
      const detail = String(error.params['detail'] ?? '')
      if (error.code === 'quota-exceeded') {
        takeBack()
        full = true
        // With some of them replaced there may be room again.
        if (appended.length === 0) result.problem = { code: error.code, detail }
      } else if (error.code === 'message-too-large' || error.code === 'server-refused') {
        takeBack()
        const reason = error.code === 'message-too-large' ? 'too-large' : 'refused'
        skips.push({ candidate: each.candidate, reason, detail, retryAfterMs: null })
      } else throw error
    }
  }
  await giveLeaseBack(
    context,
    status,
    untouched.map(each => each.candidate.uid),
  )
  return appended
}
