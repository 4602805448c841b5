import type { SyncWindow } from '../../../../../shared/features/mail/model'
import type { MailboxId } from '../../../../../shared/kit/ids'
import { SiegelError } from '../../../../../shared/kit/result'
import type { ListedMailbox } from '../../../ports/mail/mail-backend'
import type { WriteDb } from '../../../store/db'
import { sql } from '../../../store/sql'
import { openMailboxChanges } from '../tasks/open-mailbox-changes'
import { parentPath } from './mailboxes/mailbox-rows'
import { forgetRememberedUids } from './mailboxes/remembered-uids'

type Known = { id: MailboxId; path: string; delimiter: string; role: string; missing_count: number }
type Result = { added: MailboxId[]; removed: MailboxId[]; renamed: MailboxId[] }

/** More is a server gone wild (as `limits.mailboxes` of the mail side). */
const mailboxesPerAccount = 10_000
/** Complete listings in a row that must not name a mailbox before it goes: one may be an error of the server. */
const strikes = 2

/**
 * Compares one complete listing with what is known. Open local changes win over the listing: a mailbox that is
 * still to be created is not missing, one that is still to be deleted does not come back, and one that is
 * still to be renamed answers to its old path.
 */
export function applyListing(
  db: WriteDb,
  account: number,
  listed: readonly ListedMailbox[],
  window: SyncWindow,
): Result {
  if (listed.length > mailboxesPerAccount) {
    throw new SiegelError('protocol-violation', {
      detail: `${listed.length} mailboxes, more than ${mailboxesPerAccount}`,
    })
  }
  const result: Result = { added: [], removed: [], renamed: [] }
  if (listed.length === 0) return result
  const open = openMailboxChanges(db, account)
  const named = new Map<string, ListedMailbox>()
  for (const mailbox of listed)
    if (mailbox.path !== '' && !open.deleted.has(mailbox.path)) named.set(mailbox.path, mailbox)

  const known = db.all<Known>(
    sql`SELECT id, path, delimiter, role, missing_count FROM mailboxes WHERE account = ${account}`,
  )
  const unnamed: Known[] = []
  for (const mailbox of known) {
    const oldPath = open.oldPaths.get(mailbox.id)
    // A renaming may have reached the server without its answer reaching us.
    const serverPath = oldPath !== undefined && named.has(oldPath) ? oldPath : mailbox.path
    const match = named.get(serverPath)
    if (match === undefined) {
      if (!open.created.has(mailbox.id)) unnamed.push(mailbox)
      continue
    }
    named.delete(serverPath)
    db.run(sql`
      UPDATE mailboxes SET missing_count = 0, delimiter = ${match.delimiter}, role = ${match.role},
        selectable = ${match.selectable ? 1 : 0}, subscribed = ${match.subscribed ? 1 : 0} WHERE id = ${mailbox.id}`)
  }

  // A level that only others lie below is nothing that a mailbox with mail could have become.
  const fresh = [...named.values()].filter(({ selectable }) => selectable)
  for (const [mailbox, target] of renames(unnamed, fresh)) {
    rename(db, mailbox, target)
    named.delete(target.path)
    unnamed.splice(unnamed.indexOf(mailbox), 1)
    result.renamed.push(mailbox.id)
  }
  const taken = new Set(known.map(({ path }) => path))
  for (const mailbox of named.values()) {
    // The name that a mailbox here is still to be given is another's there: the refusal of its task says so.
    if (taken.has(mailbox.path)) continue
    const { lastId } = db.run(sql`
      INSERT INTO mailboxes (account, path, delimiter, role, selectable, subscribed, sync_window)
      VALUES (${account}, ${mailbox.path}, ${mailbox.delimiter}, ${mailbox.role}, ${mailbox.selectable ? 1 : 0},
        ${mailbox.subscribed ? 1 : 0}, ${JSON.stringify(window)})`)
    result.added.push(lastId as MailboxId)
  }
  for (const mailbox of unnamed) if (strike(db, mailbox)) result.removed.push(mailbox.id)
  return result
}

/**
 * LIST says no UIDVALIDITY, so a rename is guessed where nothing else is possible: one mailbox is gone and one
 * is new in the same place (or the same name in another place), each the only candidate of the other, and what
 * was below a renamed one is below its new name. The guess cannot mix up mail: see `rename`.
 */
function renames(gone: readonly Known[], fresh: readonly ListedMailbox[]): [Known, ListedMailbox][] {
  const pairs: [Known, ListedMailbox][] = []
  const moved = new Map<string, string>()
  const taken = new Set<string>()
  const alike = (mailbox: Known, target: ListedMailbox): boolean => {
    if (mailbox.role !== target.role || mailbox.delimiter !== target.delimiter) return false
    const oldParent = parentPath(mailbox.path, mailbox.delimiter)
    const newParent = parentPath(target.path, target.delimiter)
    return oldParent === newParent || leafOf(mailbox) === leafOf(target)
  }
  const byDepth = [...gone].sort((left, right) => left.path.length - right.path.length)
  for (const mailbox of byDepth) {
    const parent = parentPath(mailbox.path, mailbox.delimiter)
    const newParent = parent === null ? undefined : moved.get(parent)
    const free = fresh.filter(target => !taken.has(target.path))
    let match: ListedMailbox | undefined
    if (newParent !== undefined) {
      const expected = `${newParent}${mailbox.delimiter}${leafOf(mailbox)}`
      match = free.find(target => target.path === expected)
    } else {
      const targets = free.filter(target => alike(mailbox, target))
      const [only] = targets
      if (only !== undefined && targets.length === 1 && gone.filter(other => alike(other, only)).length === 1)
        match = only
    }
    if (match === undefined) continue
    pairs.push([mailbox, match])
    moved.set(mailbox.path, match.path)
    taken.add(match.path)
  }
  return pairs
}

const leafOf = (mailbox: { path: string; delimiter: string }): string =>
  mailbox.delimiter === ''
    ? mailbox.path
    : mailbox.path.slice(mailbox.path.lastIndexOf(mailbox.delimiter) + 1)

/**
 * Keeps the rows with their bodies and their window, and forgets the UIDs: each message is matched again by
 * Message-ID and size when the headers arrive, so a wrong guess costs a listing and never shows foreign mail.
 */
function rename(db: WriteDb, mailbox: Known, target: ListedMailbox): void {
  db.run(sql`
    UPDATE mailboxes SET path = ${target.path}, delimiter = ${target.delimiter}, role = ${target.role},
      selectable = ${target.selectable ? 1 : 0}, missing_count = 0, uid_validity = NULL, uid_next = NULL,
      highest_modseq = NULL, headers_complete = 0, rematching = 1 WHERE id = ${mailbox.id}`)
  db.run(sql`UPDATE messages SET uid = NULL, unmatched = 1 WHERE mailbox = ${mailbox.id} AND uid IS NOT NULL`)
  forgetRememberedUids(db, mailbox.id)
}

/** True when it went. One with mail that is only here stays, closed, until that mail has found another place. */
function strike(db: WriteDb, mailbox: Known): boolean {
  const count = mailbox.missing_count + 1
  db.run(sql`UPDATE mailboxes SET missing_count = ${count} WHERE id = ${mailbox.id}`)
  if (count < strikes) return false
  db.run(sql`DELETE FROM messages WHERE mailbox = ${mailbox.id} AND (uid IS NOT NULL OR unmatched = 1)
    AND NOT EXISTS (SELECT 1 FROM task_messages t WHERE t.message = messages.id)`)
  if (db.value<number>(sql`SELECT 1 FROM messages WHERE mailbox = ${mailbox.id} LIMIT 1`) === 1) {
    db.run(sql`UPDATE mailboxes SET selectable = 0 WHERE id = ${mailbox.id}`)
    return false
  }
  db.run(sql`DELETE FROM mailboxes WHERE id = ${mailbox.id}`)
  return true
}
