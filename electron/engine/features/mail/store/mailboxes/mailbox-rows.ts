import type { MailboxRole, SyncWindow } from '../../../../../../shared/features/mail/model'
import type { AccountId, MailboxId } from '../../../../../../shared/kit/ids'
import type { MailboxRow } from '../../../../ports/store'

export type StoredMailbox = {
  id: MailboxId
  account: number
  account_id: AccountId
  path: string
  delimiter: string
  role: MailboxRole
  selectable: number
  sync_window: string
  uid_validity: number | null
  uid_next: number | null
  highest_modseq: string | null
  headers_complete: number
  synced_at: number | null
  missing_count: number
  total: number
  unread: number
}

export function mailboxRowOf(row: StoredMailbox): MailboxRow {
  return {
    id: row.id,
    accountId: row.account_id,
    path: row.path,
    delimiter: row.delimiter,
    role: row.role,
    selectable: row.selectable === 1,
    window: JSON.parse(row.sync_window) as SyncWindow,
    uidValidity: row.uid_validity,
    uidNext: row.uid_next,
    highestModseq: row.highest_modseq,
    headersComplete: row.headers_complete === 1,
    lastSyncedAtMs: row.synced_at,
    missingCount: row.missing_count,
  }
}

/** Path of the mailbox one level up, or null at the top. */
export function parentPath(path: string, delimiter: string): string | null {
  const end = delimiter === '' ? -1 : path.lastIndexOf(delimiter)
  return end > 0 ? path.slice(0, end) : null
}

const nameCharacters = 1000
/** Control characters and those that turn or hide text (Unicode Cc, Cf, line and paragraph separators). */
const unsafe = /[\p{Cc}\p{Cf}\u2028\u2029]/gu

/** Last segment of a path, safe to show; a name of nothing but such characters is shown as one replacement character. */
export function displayName(path: string, delimiter: string): string {
  const leaf = delimiter === '' ? path : path.slice(path.lastIndexOf(delimiter) + 1)
  return leaf.replace(unsafe, '').trim().slice(0, nameCharacters) || '\ufffd'
}
