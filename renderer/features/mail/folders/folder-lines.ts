import type { AccountSummary } from '../../../../shared/features/accounts/model'
import { hasMailServer, isLocal } from '../../../../shared/features/accounts/services'
import type { MailboxRole, MailboxSummary } from '../../../../shared/features/mail/model'
import type { MailboxId } from '../../../../shared/kit/ids'

/** One line of the folder tree before it is drawn. */
export type FolderLine = Readonly<
  | { kind: 'unified'; id: string; level: number; role: MailboxRole; unread: number }
  | { kind: 'account'; id: string; level: number; account: AccountSummary; isExpanded: boolean }
  | {
      kind: 'mailbox'
      id: string
      level: number
      mailbox: MailboxSummary
      isExpanded: boolean | null
      unread: number
    }
>

/** Special mailboxes first, in the order mail takes through them. */
const roleOrder: readonly MailboxRole[] = [
  'inbox',
  'flagged',
  'drafts',
  'sent',
  'archive',
  'all',
  'junk',
  'trash',
  'none',
]

/** What belongs to others comes last. */
const namespaceOrder: readonly MailboxSummary['namespace'][] = ['personal', 'others', 'shared']

const accountLineId = (id: string): string => `account ${id}`
export const mailboxLineId = (id: MailboxId): string => `mailbox ${id}`
export const roleLineId = (role: MailboxRole): string => `role ${role}`

const byRoleThenName = (locale: string) => {
  const { compare } = new Intl.Collator(locale, { numeric: true, sensitivity: 'base' })
  return (a: MailboxSummary, b: MailboxSummary): number =>
    roleOrder.indexOf(a.role) - roleOrder.indexOf(b.role) ||
    namespaceOrder.indexOf(a.namespace) - namespaceOrder.indexOf(b.namespace) ||
    compare(a.name, b.name)
}

/**
 * The lines of the tree in display order: all inboxes when there are several, then each account with its special
 * mailboxes lifted to the top, wherever the server keeps them, and the others below their parents.
 */
export function folderLines(
  accounts: readonly AccountSummary[],
  mailboxes: readonly MailboxSummary[],
  collapsed: ReadonlySet<string>,
  locale: string,
): readonly FolderLine[] {
  const inboxes = mailboxes.filter(mailbox => mailbox.role === 'inbox')
  const unified: readonly FolderLine[] =
    inboxes.length < 2
      ? []
      : [
          {
            kind: 'unified',
            id: roleLineId('inbox'),
            level: 1,
            role: 'inbox',
            unread: inboxes.reduce((sum, { unread }) => sum + unread, 0),
          },
        ]
  return [
    ...unified,
    ...[...accounts]
      .sort((a, b) => a.order - b.order)
      .flatMap(account => accountLines(account, mailboxes, collapsed, locale)),
  ]
}

function accountLines(
  account: AccountSummary,
  all: readonly MailboxSummary[],
  collapsed: ReadonlySet<string>,
  locale: string,
): readonly FolderLine[] {
  const own = all.filter(mailbox => mailbox.accountId === account.id)
  // One of calendars and contacts alone has no place among folders.
  if (own.length === 0 && !isLocal(account) && !hasMailServer(account)) return []
  const known = new Set(own.map(mailbox => mailbox.id))
  const parentOf = (mailbox: MailboxSummary): MailboxId | null =>
    mailbox.role !== 'none' || mailbox.parentId === null || !known.has(mailbox.parentId)
      ? null
      : mailbox.parentId
  const order = byRoleThenName(locale)
  const placed = new Set<MailboxId>()
  const childrenOf = Map.groupBy(own, parentOf)

  const below = (parent: MailboxId | null, level: number): FolderLine[] =>
    (childrenOf.get(parent) ?? [])
      .filter(mailbox => !placed.has(mailbox.id))
      .sort(order)
      .flatMap(mailbox => {
        placed.add(mailbox.id)
        const id = mailboxLineId(mailbox.id)
        const isParent = childrenOf.has(mailbox.id)
        const isExpanded = isParent ? !collapsed.has(id) : null
        const children = below(mailbox.id, level + 1)
        // A closed folder answers for what is inside it.
        const hidden = isExpanded === false ? children.reduce((sum, line) => sum + unreadOf(line), 0) : 0
        const line: FolderLine = {
          kind: 'mailbox',
          id,
          level,
          mailbox,
          isExpanded,
          unread: mailbox.unread + hidden,
        }
        return isExpanded === false ? [line] : [line, ...children]
      })

  const id = accountLineId(account.id)
  const isExpanded = !collapsed.has(id)
  const head: FolderLine = { kind: 'account', id, level: 1, account, isExpanded }
  return isExpanded ? [head, ...below(null, 2)] : [head]
}

const unreadOf = (line: FolderLine): number => (line.kind === 'mailbox' ? line.mailbox.unread : 0)
