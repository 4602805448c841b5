import type { MailboxRole, MailboxSummary, SyncWindow } from '../../../../../../shared/features/mail/model'
import type { Namespaces } from '../../../../../../shared/features/mail/namespace'
import { namespaceOf, parentOf } from '../../../../../../shared/features/mail/namespaces'
import type { AccountId, MailboxId } from '../../../../../../shared/kit/ids'
import { SiegelError } from '../../../../../../shared/kit/result'
import type { Settings } from '../../../../../../shared/kit/status'
import type { MailboxRow, MailboxStore } from '../../../../ports/store'
import { accountNumber } from '../../../../store/account-number'
import type { StoreContext } from '../../../../store/context'
import type { WriteDb } from '../../../../store/db'
import { jsonList, sql } from '../../../../store/sql'
import { openMailboxChanges } from '../../tasks/open-mailbox-changes'
import { applyListing } from '../listing'
import { chosenRoles, followRename, rememberChoice } from './chosen-roles'
import { displayName, mailboxRowOf, type StoredMailbox } from './mailbox-rows'
import { forgetRememberedUids } from './remembered-uids'

const dayMs = 86_400_000
const daysPerMonth = 30.44

/** Mailboxes and the state of their synchronisation. */
export function createMailboxStore(
  { database, feed, clock }: StoreContext,
  settings: () => Settings,
  namespacesOf: (accountId: AccountId) => Namespaces | null,
): MailboxStore {
  const { read } = database

  const row = (id: MailboxId): MailboxRow | null => {
    const found = read.get<StoredMailbox>(sql`
      SELECT m.*, a.id AS account_id FROM mailboxes m JOIN accounts a ON a.number = m.account WHERE m.id = ${id}`)
    return found === undefined ? null : mailboxRowOf(found)
  }
  const demand = (id: MailboxId): MailboxRow => {
    const found = row(id)
    if (found === null) throw new SiegelError('not-found', { what: 'mailbox' })
    return found
  }
  const defaultWindow = (): SyncWindow => {
    const { kind, months } = settings().defaultWindow
    return kind === 'months' ? { kind, months } : { kind }
  }
  const bodiesMissing = (stored: StoredMailbox, maxBytes: number): number => {
    const window = JSON.parse(stored.sync_window) as SyncWindow
    if (window.kind === 'headers') return 0
    const sinceMs =
      window.kind === 'all' ? Number.MIN_SAFE_INTEGER : clock.now() - window.months * daysPerMonth * dayMs
    return (
      read.value<number>(sql`
        SELECT count(*) FROM messages INDEXED BY messages_without_body
        WHERE mailbox = ${stored.id} AND body_state < 2 AND internal_date >= ${sinceMs} AND size <= ${maxBytes}`) ??
      0
    )
  }
  const dropUnmatched = (id: MailboxId): number =>
    database.write(db => {
      const { changes } = db.run(sql`
        DELETE FROM messages WHERE mailbox = ${id} AND unmatched = 1 AND uid IS NULL
          AND NOT EXISTS (SELECT 1 FROM task_messages t WHERE t.message = messages.id)`)
      db.run(sql`UPDATE mailboxes SET rematching = 0 WHERE id = ${id}`)
      if (changes > 0) {
        feed.note('message', null, 'gone')
        feed.note('mailbox', [id], 'members')
      }
      return changes
    })

  const setRole = (db: WriteDb, id: MailboxId, role: MailboxRole): void => {
    db.run(sql`UPDATE mailboxes SET role = 'none' WHERE role = ${role} AND role <> 'none' AND id <> ${id}
      AND account = (SELECT account FROM mailboxes WHERE id = ${id})`)
    db.run(sql`UPDATE mailboxes SET role = ${role}, selectable = 1 WHERE id = ${id}`)
    feed.note('mailbox', null, 'shape')
  }

  return {
    list: () => {
      const rows = read.all<StoredMailbox>(sql`
        SELECT m.*, a.id AS account_id FROM mailboxes m JOIN accounts a ON a.number = m.account ORDER BY a.position, m.path`)
      const idOfPath = new Map(rows.map(stored => [`${stored.account}/${stored.path}`, stored.id]))
      const maxBytes = settings().backgroundBodyLimitBytes
      const known = new Map<AccountId, Namespaces | null>()
      for (const { account_id: id } of rows) if (!known.has(id)) known.set(id, namespacesOf(id))
      return rows.map(stored => {
        const namespaces = known.get(stored.account_id) ?? null
        const parent = parentOf(stored.path, stored.delimiter, namespaces)
        return {
          id: stored.id,
          accountId: stored.account_id,
          path: stored.path,
          delimiter: stored.delimiter,
          name: displayName(stored.path, stored.delimiter),
          parentId: parent === null ? null : (idOfPath.get(`${stored.account}/${parent}`) ?? null),
          role: stored.role,
          namespace: namespaceOf(stored.path, namespaces).kind,
          selectable: stored.selectable === 1,
          total: stored.total,
          unread: stored.unread,
          bodiesMissing: bodiesMissing(stored, maxBytes),
          window: JSON.parse(stored.sync_window) as SyncWindow,
          lastSyncedAtMs: stored.synced_at,
        } satisfies MailboxSummary
      })
    },
    rows: (accountId: AccountId) =>
      read
        .all<StoredMailbox>(sql`
          SELECT m.*, a.id AS account_id FROM mailboxes m JOIN accounts a ON a.number = m.account
          WHERE a.id = ${accountId} ORDER BY m.path`)
        .map(mailboxRowOf),
    row,
    byPath: (accountId, path) => {
      const id = read.value<MailboxId>(sql`
        SELECT m.id FROM mailboxes m JOIN accounts a ON a.number = m.account WHERE a.id = ${accountId} AND m.path = ${path}`)
      return id === undefined ? null : row(id)
    },
    byRole: (accountId: AccountId, role: MailboxRole) => {
      const id = read.value<MailboxId>(sql`
        SELECT m.id FROM mailboxes m JOIN accounts a ON a.number = m.account
        WHERE a.id = ${accountId} AND m.role = ${role} ORDER BY m.selectable DESC, m.id LIMIT 1`)
      return id === undefined ? null : row(id)
    },
    missing: accountId =>
      read
        .all<StoredMailbox>(sql`
          SELECT m.*, a.id AS account_id FROM mailboxes m JOIN accounts a ON a.number = m.account
          WHERE a.id = ${accountId} AND m.missing_count > 0 ORDER BY m.path`)
        .map(mailboxRowOf),
    serverPath: id => {
      const { path, accountId } = demand(id)
      return openMailboxChanges(read, accountNumber(read, accountId)).oldPaths.get(id) ?? path
    },
    applyListing: (accountId, listed) =>
      database.write(db => {
        const result = applyListing(db, accountNumber(db, accountId), listed, defaultWindow())
        feed.note('mailbox', [...result.added, ...result.removed, ...result.renamed], 'shape')
        if (result.removed.length > 0) feed.note('message', null, 'gone')
        return result
      }),
    create: mailbox =>
      database.write(db => {
        const account = accountNumber(db, mailbox.accountId)
        if (
          db.value<number>(
            sql`SELECT 1 FROM mailboxes WHERE account = ${account} AND path = ${mailbox.path}`,
          ) === 1
        ) {
          throw new SiegelError('already-there', { what: 'mailbox' })
        }
        const { lastId } = db.run(sql`
          INSERT INTO mailboxes (account, path, delimiter, role, selectable, sync_window)
          VALUES (${account}, ${mailbox.path}, ${mailbox.delimiter}, ${mailbox.role}, 1, ${JSON.stringify(defaultWindow())})`)
        feed.note('mailbox', [lastId], 'shape')
        return demand(lastId as MailboxId)
      }),
    rename: (id, newPath) =>
      database.write(db => {
        const { path, delimiter, accountId } = demand(id)
        const account = accountNumber(db, accountId)
        if (newPath === path) return
        if (
          db.value<number>(sql`SELECT 1 FROM mailboxes WHERE account = ${account} AND path = ${newPath}`) ===
          1
        ) {
          throw new SiegelError('already-there', { what: 'mailbox' })
        }
        const below = `${path}${delimiter}`
        db.run(sql`UPDATE mailboxes SET path = ${newPath} WHERE id = ${id}`)
        // RENAME takes the mailboxes below along (RFC 3501 §6.3.5).
        if (delimiter !== '') {
          db.run(sql`
            UPDATE mailboxes SET path = ${`${newPath}${delimiter}`} || substr(path, length(${below}) + 1)
            WHERE account = ${account} AND substr(path, 1, length(${below})) = ${below}`)
        }
        followRename(db, accountId, { path, delimiter, newPath })
        feed.note('mailbox', null, 'shape')
      }),
    takePlace: (missing, of) =>
      database.write(db => {
        const { path, delimiter, accountId } = demand(missing)
        const { path: newPath } = demand(of)
        db.run(sql`DELETE FROM mailboxes WHERE id = ${of}`)
        db.run(sql`UPDATE mailboxes SET path = ${newPath}, missing_count = 0 WHERE id = ${missing}`)
        followRename(db, accountId, { path, delimiter, newPath })
        feed.note('mailbox', null, 'shape')
        feed.note('message', null, 'gone')
      }),
    setPath: (id, path) =>
      database.write(db => {
        db.run(sql`UPDATE mailboxes SET path = ${path} WHERE id = ${id}`)
        feed.note('mailbox', null, 'shape')
      }),
    setRole: (id, role) => database.write(db => setRole(db, id, role)),
    chosenRoles: accountId => chosenRoles(read, accountId),
    chooseRole: (id, role) =>
      database.write(db => {
        const { accountId, path } = demand(id)
        const wasChosen = Object.values(chosenRoles(db, accountId)).includes(path)
        rememberChoice(db, accountId, path, role)
        if (role !== null) setRole(db, id, role)
        else if (wasChosen) setRole(db, id, 'none')
      }),
    remove: id =>
      database.write(db => {
        db.run(sql`DELETE FROM mailboxes WHERE id = ${id}`)
        feed.note('mailbox', [id], 'shape')
        feed.note('message', null, 'gone')
      }),
    bodiesMissing: id => {
      const stored = read.get<StoredMailbox>(sql`
        SELECT m.*, a.id AS account_id FROM mailboxes m JOIN accounts a ON a.number = m.account WHERE m.id = ${id}`)
      return stored === undefined ? 0 : bodiesMissing(stored, settings().backgroundBodyLimitBytes)
    },
    noteUnchanged: (ids, syncedAtMs) =>
      database.write(db => {
        if (ids.length === 0) return
        db.run(sql`
          UPDATE mailboxes SET synced_at = ${syncedAtMs}
          WHERE id IN (SELECT value FROM json_each(${jsonList(ids)}))`)
        feed.note('mailbox', [...ids], 'progress')
      }),
    setWindow: (id, window) =>
      database.write(db => {
        db.run(sql`UPDATE mailboxes SET sync_window = ${JSON.stringify(window)} WHERE id = ${id}`)
        feed.note('mailbox', [id], 'progress')
      }),
    saveSyncState: (id, state) =>
      database.write(db => {
        db.run(sql`
          UPDATE mailboxes SET uid_validity = ${state.uidValidity}, uid_next = ${state.uidNext},
            highest_modseq = ${state.highestModseq}, headers_complete = ${state.headersComplete ? 1 : 0},
            synced_at = ${state.syncedAtMs} WHERE id = ${id}`)
        // After a guessed rename every header was listed again; what none of them matched is not on the server.
        const rematching = db.value<number>(sql`SELECT rematching FROM mailboxes WHERE id = ${id}`)
        if (state.headersComplete && rematching === 1) dropUnmatched(id)
        feed.note('mailbox', [id], 'progress')
      }),
    forgetUids: id =>
      database.write(db => {
        db.run(sql`UPDATE messages SET uid = NULL, unmatched = 1 WHERE mailbox = ${id} AND uid IS NOT NULL`)
        forgetRememberedUids(db, id)
        db.run(sql`
          UPDATE mailboxes SET uid_validity = NULL, uid_next = NULL, highest_modseq = NULL, headers_complete = 0,
            rematching = 1 WHERE id = ${id}`)
        feed.note('mailbox', [id], 'progress')
      }),
    dropUnmatched,
  }
}
