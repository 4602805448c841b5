import type { AccountId, MailboxId } from '../../../../../../shared/kit/ids'
import { SiegelError } from '../../../../../../shared/kit/result'
import { isAboutOneMailbox } from '../../../../kit/failures'
import { roleFolders } from '../../../../kit/mailboxes/role-folders'
import type { ListedMailbox, ListedStatus, MailSession } from '../../../../ports/mail/mail-backend'
import type { MailboxRow, Store } from '../../../../ports/store'
import type { SyncContext } from './sync-context'

const roleOrder: readonly MailboxRow['role'][] = [
  'inbox',
  'drafts',
  'sent',
  'flagged',
  'archive',
  'none',
  'all',
  'trash',
  'junk',
]

/**
 * Lists the mailboxes and takes the listing into the store. An empty listing, or one without INBOX, is an error
 * (RFC 3501 §5.1: INBOX always exists): nothing disappears because of it. Answers the mailboxes that can be opened,
 * the inbox first, then by role, each with its state where the listing told one.
 */
export async function syncFolders(
  context: SyncContext,
  session: MailSession,
): Promise<readonly Readonly<{ row: MailboxRow; status: ListedStatus | null }>[]> {
  const { store, accountId } = context
  const listed = await session.list()
  if (!listed.some(mailbox => mailbox.path === 'INBOX')) {
    throw new SiegelError('protocol-violation', { detail: 'the list of mailboxes has no INBOX' })
  }
  const before = store.mailboxes.rows(accountId).length
  // Most of the tree gone at once is asked twice, as with messages.
  const certain = before > 5 && listed.length * 2 < before ? await longer(session, listed) : listed
  store.transaction(() => {
    store.servers.noteNamespaces(accountId, session.namespaces())
    const namespaces = store.servers.namespaces(accountId)
    const roles = roleFolders(certain, namespaces, store.mailboxes.chosenRoles(accountId))
    const judged = certain.map(each => ({ ...each, role: roles.get(each.path) ?? 'none' }))
    store.mailboxes.applyListing(accountId, judged)
  })
  const unfinished = isUnfinished(store, accountId)
  const rows = store.mailboxes
    .rows(accountId)
    .filter(row => row.selectable && row.missingCount === 0 && !unfinished(row))
  context.count.folders = rows.length
  const statuses = new Map(certain.map(({ path, status }) => [path, status]))
  return [...rows]
    .sort((a, b) => roleOrder.indexOf(a.role) - roleOrder.indexOf(b.role) || a.path.localeCompare(b.path))
    .map(row => ({ row, status: statuses.get(row.path) ?? null }))
}

async function longer(
  session: MailSession,
  first: readonly ListedMailbox[],
): Promise<readonly ListedMailbox[]> {
  const second = await session.list()
  return second.length >= first.length ? second : first
}

/** Mailboxes whose creation or renaming has not reached the server: there is nothing to open there yet. */
function isUnfinished(
  store: Pick<Store, 'mailboxes' | 'tasks'>,
  accountId: AccountId,
): (row: MailboxRow) => boolean {
  const waiting = store.tasks
    .list()
    .filter(
      task =>
        task.accountId === accountId && (task.kind === 'create-mailbox' || task.kind === 'rename-mailbox'),
    )
    .flatMap(task => (task.mailboxId === null ? [] : (store.mailboxes.row(task.mailboxId)?.path ?? [])))
  return row =>
    waiting.some(
      path => row.path === path || (row.delimiter !== '' && row.path.startsWith(path + row.delimiter)),
    )
}

/**
 * A mailbox that was renamed elsewhere shows up as one missing and one new. When the new one has the UIDVALIDITY of
 * a missing one and the same messages under the same UIDs, the old row takes the new name and keeps its mail.
 * Answers the row to go on with.
 */
export async function recogniseRename(
  context: SyncContext,
  session: MailSession,
  row: MailboxRow,
  uidValidity: number,
): Promise<MailboxRow> {
  const { store, accountId } = context
  if (row.uidValidity !== null) return row
  for (const missing of store.mailboxes.missing(accountId)) {
    if (missing.uidValidity !== uidValidity || missing.id === row.id) continue
    if (!(await hasSameMessages(context, session, missing.id).catch(falseWhenRefused))) continue
    store.mailboxes.takePlace(missing.id, row.id)
    return store.mailboxes.row(missing.id) ?? row
  }
  return row
}

/** A message that cannot be read (it may be damaged) proves nothing. */
function falseWhenRefused(error: unknown): false {
  if (isAboutOneMailbox(error)) return false
  throw error
}

async function hasSameMessages(
  { store, mime }: SyncContext,
  session: MailSession,
  mailboxId: MailboxId,
): Promise<boolean> {
  const newest = store.messages
    .index({ mailboxId, role: null, unreadOnly: false, flaggedOnly: false })
    .slice(0, 20)
  const here = new Map<number, string>()
  for (const { uid, messageIdHeader } of store.messages.locations(newest))
    if (uid !== null && messageIdHeader !== '') here.set(uid, messageIdHeader)
  if (here.size === 0) return false
  let same = 0
  for await (const { uid, header } of session.fetchHeaders([...here.keys()])) {
    if (mime.parseHeader(header).messageIdHeader !== here.get(uid)) return false
    same++
  }
  return same * 2 > here.size
}
