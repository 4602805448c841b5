import { SiegelError } from '../../../../shared/ipc/result'
import type { MailboxStatus } from '../../ports'
import type { Replacement } from '../../ports/inbox-encryption'
import { findCopy } from './find-copy'
import { finishReplaced } from './finish-replaced'
import { giveLeaseBack } from './lease'
import { factsOf, type Problem, type ReplaceContext } from './replace-context'
import { type Appended, settle } from './settle'

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
      const [valid, foreign] = partition(rows, row => row.uidValidity === status.uidValidity)
      // Numbered anew: no UID of before means anything. Both copies may be there; neither is removed by a guess.
      for (const row of foreign) store.inboxEncryption.abandon(row.id)
      if (foreign.length > 0)
        log.warn('replacements of a mailbox that was numbered anew are given up', { mailboxId })
      problem ??= await resumeMailbox(context, status, valid)
    } catch (error) {
      if (!(error instanceof SiegelError) || error.code !== 'mailbox-missing') throw error
      log.warn('a mailbox with unfinished replacements cannot be opened', { mailboxId })
    }
  }
  return problem
}

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

function partition<T>(items: readonly T[], test: (item: T) => boolean): readonly [T[], T[]] {
  return [items.filter(test), items.filter(item => !test(item))]
}
