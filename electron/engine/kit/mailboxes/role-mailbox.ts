import type { AccountSummary } from '../../../../shared/features/accounts/model'
import { isLocal } from '../../../../shared/features/accounts/services'
import type { MailboxRole } from '../../../../shared/features/mail/model'
import { personalPath } from '../../../../shared/features/mail/namespaces'
import type { AccountId, MailboxId } from '../../../../shared/kit/ids'
import type { MailboxRow, Store } from '../../ports/store'
import { gmailArchive, namesFor, roleFolders } from './role-folders'

/** The delimiter of an account while its server has not told one for new names: of the inbox, or what others have. */
export function usualDelimiter(
  store: Pick<Store, 'mailboxes'>,
  account: Pick<AccountSummary, 'id' | 'config'>,
): string {
  if (isLocal(account)) return '/'
  const rows = store.mailboxes.rows(account.id)
  const inbox = rows.find(({ role }) => role === 'inbox')
  return (
    inbox?.delimiter ||
    rows.find(({ delimiter }) => delimiter !== '')?.delimiter ||
    (rows.length > 0 ? '' : '/')
  )
}

/**
 * The mailbox of a role of an account: the one that has it, the one that the judgement of `roleFolders` finds among what is
 * here (one that was made here, or imported, since the last listing), Gmail's "All Mail", or a new one. A new one of a server
 * account lies in its own namespace (RFC 2342), is here at once, and is made there by a task. Null for a role that needs
 * none. Must run inside a transaction.
 */
export function roleMailbox(
  store: Pick<Store, 'accounts' | 'mailboxes' | 'servers' | 'tasks'>,
  accountId: AccountId,
  role: MailboxRole,
): MailboxId | null {
  const account = store.accounts.get(accountId)
  const rows = account ? store.mailboxes.rows(accountId) : []
  const known = rows.find(row => row.role === role && row.selectable)
  if (known) return known.id
  const found = account && judged(store, account, rows, role)
  if (found) {
    store.mailboxes.setRole(found.id, role)
    return found.id
  }
  if (role === 'archive') {
    const allMail = gmailArchive(rows)
    if (allMail) return allMail.id
  }
  return account ? make(store, account, role) : null
}

function judged(
  store: Pick<Store, 'mailboxes' | 'servers'>,
  account: AccountSummary,
  rows: readonly MailboxRow[],
  role: MailboxRole,
) {
  const namespaces = isLocal(account) ? null : store.servers.namespaces(account.id)
  const roles = roleFolders(rows, namespaces, store.mailboxes.chosenRoles(account.id))
  return rows.find(row => roles.get(row.path) === role)
}

function make(
  store: Pick<Store, 'mailboxes' | 'servers' | 'tasks'>,
  account: AccountSummary,
  role: MailboxRole,
): MailboxId | null {
  const { id: accountId } = account
  const isHere = isLocal(account)
  const name = role === 'inbox' && isHere ? 'Inbox' : namesFor(role)[0]
  if (name === undefined) return null
  const { path, delimiter } = personalPath(
    name,
    isHere ? null : store.servers.namespaces(accountId),
    usualDelimiter(store, account),
  )
  // There already, it can only be a level that holds no mail. Many servers make a mailbox of it; where one does not, the
  // task takes another name.
  const there = store.mailboxes.byPath(accountId, path)
  const { id } = there ?? store.mailboxes.create({ accountId, path, delimiter, role })
  store.mailboxes.setRole(id, role)
  const isAsked = store.tasks.list().some(task => task.kind === 'create-mailbox' && task.mailboxId === id)
  if (!isHere && !isAsked) store.tasks.add(accountId, { kind: 'create-mailbox', mailboxId: id })
  return id
}

const localRoles = ['inbox', 'drafts', 'sent', 'archive', 'junk', 'trash'] as const

/** Gives a local account the standard mailboxes that it lacks; answers them by role. */
export function localMailboxes(
  store: Pick<Store, 'accounts' | 'mailboxes' | 'servers' | 'tasks'>,
  accountId: AccountId,
): ReadonlyMap<MailboxRole, MailboxId> {
  const byRole = new Map<MailboxRole, MailboxId>()
  for (const role of localRoles) {
    const id = roleMailbox(store, accountId, role)
    if (id !== null) byRole.set(role, id)
  }
  return byRole
}
