import type { AccountSummary } from '../../../../../../shared/features/accounts/model'
import { hasMailServer, isLocal } from '../../../../../../shared/features/accounts/services'
import {
  isInPersonalNamespace,
  namespaceOf,
  personalPath,
} from '../../../../../../shared/features/mail/namespaces'
import type { MailboxId } from '../../../../../../shared/kit/ids'
import { SiegelError } from '../../../../../../shared/kit/result'
import { usualDelimiter } from '../../../../kit/mailboxes/role-mailbox'
import { requireAccount, requireMailbox } from '../../../../kit/require'
import type { Needs } from '../../../../ports/parts'
import type { MailboxRow, Store } from '../../../../ports/store'
import type { UseCases } from '../../../../ports/use-cases'
import { deleteForGood } from '../../tasks/here/delete-for-good'
import { queueFlags } from '../change/change-flags'

const isHereOnly = (context: Needs<never, 'accounts'>, row: MailboxRow) =>
  isLocal(requireAccount(context, row.accountId))

/** A name that may become one path segment: no delimiter, no control characters, not a list wildcard. */
function checkName(name: string, delimiter: string): string {
  const clean = name.normalize('NFC').trim()
  const hasControl = [...clean].some(character => character < ' ' || character === '\u007f')
  // Without a delimiter (NIL) there is no hierarchy, and any character may be in a name.
  const hasLevel = delimiter !== '' && clean.includes(delimiter)
  if (clean === '' || hasControl || hasLevel || /[*%]/.test(clean)) {
    throw new SiegelError('bad-request', { field: 'name', mailbox: clean })
  }
  return clean
}

/**
 * Where a new mailbox goes: below its parent, or at the top of the account's own namespace (RFC 2342). Throws
 * `unsupported` where nothing can be below the parent, or where that is not the account's own.
 */
function placeOf(
  store: Pick<Store, 'mailboxes' | 'servers'>,
  account: AccountSummary,
  parent: MailboxRow | null,
  name: string,
): { path: string; delimiter: string } {
  const namespaces = isLocal(account) ? null : store.servers.namespaces(account.id)
  if (parent === null) {
    const place = personalPath('', namespaces, usualDelimiter(store, account))
    return { path: place.path + checkName(name, place.delimiter), delimiter: place.delimiter }
  }
  const { delimiter } = parent
  if (delimiter === '') throw new SiegelError('unsupported', { reason: 'mailbox-without-levels' })
  const path = parent.path + delimiter + checkName(name, delimiter)
  if (!isInPersonalNamespace(path, namespaces))
    throw new SiegelError('unsupported', { reason: 'mailbox-outside-own-namespace' })
  return { path, delimiter }
}

/** Mailboxes: made, renamed, emptied. Applied here at once, replayed on the server as tasks. */
export function mailboxUseCases(
  context: Needs<
    'background' | 'sync',
    'accounts' | 'mailboxes' | 'messages' | 'servers' | 'tasks' | 'transaction'
  >,
): Pick<
  UseCases,
  | 'mailboxes.list'
  | 'mailboxes.create'
  | 'mailboxes.rename'
  | 'mailboxes.delete'
  | 'mailboxes.setWindow'
  | 'mailboxes.useAs'
  | 'mailboxes.markAllSeen'
  | 'mailboxes.empty'
> {
  const { store, sync } = context
  const summary = (id: MailboxId) => {
    const found = store.mailboxes.list().find(each => each.id === id)
    if (!found) throw new SiegelError('mailbox-missing', {})
    return found
  }
  return {
    'mailboxes.list': () => [...store.mailboxes.list()],
    'mailboxes.create': ({ accountId, parentId, name }) => {
      const account = requireAccount(context, accountId)
      const parent = parentId === null ? null : requireMailbox(context, parentId)
      const { path, delimiter } = placeOf(store, account, parent, name)
      if (store.mailboxes.byPath(accountId, path))
        throw new SiegelError('already-there', { what: 'mailbox', mailbox: path })
      const row = store.transaction(() => {
        const created = store.mailboxes.create({ accountId, path, delimiter, role: 'none' })
        if (hasMailServer(account))
          store.tasks.add(accountId, { kind: 'create-mailbox', mailboxId: created.id })
        return created
      })
      sync.taskAdded(accountId)
      return summary(row.id)
    },
    'mailboxes.rename': ({ mailboxId, name }) => {
      const row = requireMailbox(context, mailboxId)
      if (row.role === 'inbox') throw new SiegelError('unsupported', { reason: 'rename-inbox' })
      const above = row.delimiter === '' ? '' : row.path.slice(0, row.path.lastIndexOf(row.delimiter) + 1)
      const newPath = above + checkName(name, row.delimiter)
      if (newPath === row.path) return {}
      if (
        !isHereOnly(context, row) &&
        namespaceOf(row.path, store.servers.namespaces(row.accountId)).kind !== 'personal'
      )
        throw new SiegelError('unsupported', { reason: 'rename-mailbox-of-others' })
      if (store.mailboxes.byPath(row.accountId, newPath))
        throw new SiegelError('already-there', { what: 'mailbox', mailbox: newPath })
      store.transaction(() => {
        store.mailboxes.rename(mailboxId, newPath)
        if (!isHereOnly(context, row)) {
          store.tasks.add(row.accountId, { kind: 'rename-mailbox', mailboxId, oldPath: row.path, newPath })
        }
      })
      sync.taskAdded(row.accountId)
      return {}
    },
    'mailboxes.delete': ({ mailboxId }) => {
      const row = requireMailbox(context, mailboxId)
      if (row.role !== 'none') throw new SiegelError('unsupported', { reason: 'delete-special-mailbox' })
      store.transaction(() => {
        store.mailboxes.remove(mailboxId)
        if (!isHereOnly(context, row)) {
          store.tasks.add(row.accountId, { kind: 'delete-mailbox', accountId: row.accountId, path: row.path })
        }
      })
      sync.taskAdded(row.accountId)
      return {}
    },
    'mailboxes.setWindow': ({ mailboxId, window }) => {
      const row = requireMailbox(context, mailboxId)
      store.mailboxes.setWindow(mailboxId, window)
      if (context.background) sync.syncNow(row.accountId)
      return {}
    },
    'mailboxes.useAs': ({ mailboxId, role }) => {
      const row = requireMailbox(context, mailboxId)
      if (row.role === 'inbox') throw new SiegelError('unsupported', { reason: 'use-inbox-as' })
      if (!row.selectable) throw new SiegelError('unsupported', { reason: 'use-unselectable-as' })
      store.transaction(() => store.mailboxes.chooseRole(mailboxId, role))
      // What it is without the user's word, the next listing says.
      if (context.background && role === null) sync.syncNow(row.accountId)
      return {}
    },
    'mailboxes.markAllSeen': ({ mailboxId }) => {
      requireMailbox(context, mailboxId)
      const unread = store.messages.index({ mailboxId, role: null, unreadOnly: true, flaggedOnly: false })
      return queueFlags(context, unread, { add: ['seen'], remove: [] })
    },
    'mailboxes.empty': ({ mailboxId }) => {
      const row = requireMailbox(context, mailboxId)
      if (row.role !== 'trash' && row.role !== 'junk')
        throw new SiegelError('unsupported', { reason: 'empty-mailbox' })
      const all = store.messages.index({ mailboxId, role: null, unreadOnly: false, flaggedOnly: false })
      return deleteForGood(context, all)
    },
  }
}
