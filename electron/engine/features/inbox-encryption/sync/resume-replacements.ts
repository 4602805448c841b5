import { SiegelError } from '../../../../../shared/kit/result'
import type { Replacement } from '../../../ports/keys/inbox-encryption'
import type { MailboxStatus } from '../../../ports/mail/mail-backend'
import { findCopy } from './find-copy'
import { finishReplaced } from './finish-replaced'
import { giveLeaseBack } from './lease'
import { bytesOf, digestOf, factsOf, type Problem, type ReplaceContext } from './replace-context'
import { type Appended, settle } from './settle'
import { sortOutRenumbered } from './sort-out-renumbered'

/**
 * Ends what a kill or a cut line interrupted, before sync looks at the mailbox: afterwards each message is there once.
 * Nothing is guessed: a copy is known by its token, an original by its bytes, and what is uncertain stays.
 */
export async function resumeReplacements(context: ReplaceContext): Promise<Problem | null> {
  const { store, session, accountId, log } = context
  let problem: Problem | null = null
  for (const [mailboxId, rows] of Map.groupBy(store.inboxEncryption.open(accountId), row => row.mailboxId)) {
    const mailbox = store.mailboxes.row(mailboxId)
    if (!mailbox) continue
    try {
      const status = await session.open(mailbox.path, { readOnly: false })
      const [valid, foreign] = await partition(rows, row => sameNumbers(context, status, row))
      // Sync has to find out first which message is which.
      if (status.uidValidity === mailbox.uidValidity && mailbox.headersComplete)
        await sortOutRenumbered(context, status, foreign)
      else if (foreign.length > 0)
        log.warn('replacements of a mailbox that was numbered anew wait for its listing', { mailboxId })
      problem ??= await resumeMailbox(context, status, valid)
    } catch (error) {
      if (!isNotOpened(error, mailbox.path)) throw error
      log.warn('a mailbox with unfinished replacements cannot be opened', { mailboxId })
    }
  }
  return problem
}

/** The server does not open this mailbox, whatever its reason. */
const isNotOpened = (error: unknown, path: string) =>
  error instanceof SiegelError &&
  (error.code === 'mailbox-missing' || error.code === 'server-refused') &&
  error.params['mailbox'] === path

async function resumeMailbox(
  context: ReplaceContext,
  status: MailboxStatus,
  rows: readonly Replacement[],
): Promise<Problem | null> {
  const { store, session } = context
  const appended: Appended[] = []
  const withoutCopy: Replacement[] = []
  for (const row of rows) {
    if (row.state === 'lost') await removeLateCopy(context, row)
    else if (row.state === 'appended' && row.toUid !== null) appended.push({ ...row, toUid: row.toUid })
    else if (row.state === 'begun') {
      const uid = await findCopy(context, row)
      if (uid === null) {
        store.inboxEncryption.lose(row.id)
        withoutCopy.push(row)
      } else {
        store.inboxEncryption.appended(row.id, uid)
        appended.push({ ...row, toUid: uid })
      }
    }
  }
  const there = await factsOf(
    session,
    withoutCopy.map(row => row.fromUid),
  )
  await giveLeaseBack(context, status, [...there.keys()])
  const { problem } = await settle(context, status, appended, null)
  const adopted = rows.filter(row => row.state === 'adopted')
  const left = await finishReplaced(context, adopted, { facts: null, alsoRemoveFlags: false })
  return problem ?? (left.length > 0 ? { code: 'original-stays', detail: '' } : null)
}

/** The copy of an APPEND that was given up came after all: the message itself is there, so this one goes. */
async function removeLateCopy(context: ReplaceContext, row: Replacement): Promise<void> {
  const uid = await findCopy(context, row)
  if (uid === null) return
  const { store, session } = context
  const now = row.messageId === null ? null : store.messages.location(row.messageId)
  // Sync may have taken it for the message itself when the original is gone: then it is all there is.
  if (now !== null && (now.uid === null || now.uid === uid)) return
  if (
    now?.uid != null &&
    now.mailboxId === row.mailboxId &&
    !(await factsOf(session, [now.uid])).has(now.uid)
  )
    return
  await session.expunge([uid])
  store.inboxEncryption.abandon(row.id)
}

/**
 * Whether the UIDs of a replacement still mean what they meant. A server that was put back from a backup may number anew
 * under the same UIDVALIDITY; so before anything is removed for it, the copy must be ours.
 */
async function sameNumbers(
  { session, form }: ReplaceContext,
  status: MailboxStatus,
  row: Replacement,
): Promise<boolean> {
  if (row.uidValidity !== status.uidValidity) return false
  if (row.state !== 'adopted' || row.toUid === null) return true
  if (row.direction === 'decrypt')
    return [...(await bytesOf(session, [row.toUid])).values()].some(raw => digestOf(raw) === row.digest)
  const copy = (await factsOf(session, [row.toUid])).get(row.toUid)
  return copy !== undefined && form.tokenOf(copy.header) === row.token
}

async function partition<T>(
  items: readonly T[],
  test: (item: T) => Promise<boolean>,
): Promise<readonly [T[], T[]]> {
  const sides: [T[], T[]] = [[], []]
  for (const item of items) sides[(await test(item)) ? 0 : 1].push(item)
  return sides
}
