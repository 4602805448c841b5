import type { Namespace } from '../../../../../../shared/features/mail/namespace'
import { SiegelError } from '../../../../../../shared/kit/result'
import { namesFor, roleOfName } from '../../../../kit/mailboxes/role-folders'
import type { MailSession } from '../../../../ports/mail/mail-backend'
import type { MailboxRow, Store } from '../../../../ports/store'

/**
 * CREATE for a mailbox that was made here. One that was queued before the namespace was known, or that lies outside it,
 * is put inside; where the server refuses it beside INBOX, below INBOX is tried, and a success is remembered: some
 * servers allow nothing else and do not say so. Where the name of a part (Archive, Trash) is taken by a level that cannot
 * hold mail, and the server makes no mailbox of it, another name of the part is taken. The row here takes the path that it
 * has there. Throws the server's first refusal.
 */
export async function createOnServer(
  session: MailSession,
  store: Pick<Store, 'mailboxes' | 'servers'>,
  row: MailboxRow,
): Promise<void> {
  // What a refusal taught stands before what the server says of itself.
  const [own] = (store.servers.namespaces(row.accountId) ?? session.namespaces())?.personal ?? []
  const isTop = row.delimiter === '' || !row.path.includes(row.delimiter)
  const isOutside = own !== undefined && isTop && !row.path.startsWith(own.prefix)
  const path = isOutside ? own.prefix + row.path : row.path
  try {
    await session.createMailbox(path)
    rename(store, row, path)
  } catch (error) {
    if (!(error instanceof SiegelError) || error.code !== 'server-refused') throw error
    const listed = new Map((await session.list()).map(each => [each.path, each.selectable]))
    // It is there already: an earlier answer was lost, or another program made it.
    if (listed.get(path) === true) return rename(store, row, path)
    if (listed.get(path) === false && (await takesOtherName(session, store, row, { path, listed }))) return
    const below = belowInbox(store, row, path)
    if (below === null) throw error
    await createInstead(session, below.prefix + row.path, error)
    rename(store, row, below.prefix + row.path)
    store.servers.learnNamespace(row.accountId, below)
  }
}

/** For a name that is a level without mail: true when another name of the same part was free or can be opened. */
async function takesOtherName(
  session: MailSession,
  store: Pick<Store, 'mailboxes'>,
  row: MailboxRow,
  { path, listed }: { path: string; listed: ReadonlyMap<string, boolean> },
): Promise<boolean> {
  const end = row.delimiter === '' ? -1 : path.lastIndexOf(row.delimiter)
  const role = roleOfName(path.slice(end + 1))?.role
  for (const name of role === undefined ? [] : namesFor(role)) {
    const other = path.slice(0, end + 1) + name
    const there = listed.get(other)
    if (other === path || there === false) continue
    if (store.mailboxes.byPath(row.accountId, other)) continue
    if (there !== true && !(await isCreated(session, other))) continue
    // What lies below the level stays below it.
    if (store.mailboxes.row(row.id)?.path === row.path) store.mailboxes.setPath(row.id, other)
    return true
  }
  return false
}

async function isCreated(session: MailSession, path: string): Promise<boolean> {
  try {
    await session.createMailbox(path)
    return true
  } catch (error) {
    if (error instanceof SiegelError && error.code === 'server-refused') return false
    throw error
  }
}

/** The namespace below INBOX, where it has levels, the path is not there yet, and nothing is beside INBOX. */
function belowInbox(store: Pick<Store, 'mailboxes'>, row: MailboxRow, path: string): Namespace | null {
  const others = store.mailboxes.rows(row.accountId).filter(({ missingCount }) => missingCount === 0)
  const inbox = others.find(({ role }) => role === 'inbox')
  const delimiter = inbox?.delimiter || row.delimiter
  const prefix = `INBOX${delimiter}`
  if (!inbox || delimiter === '' || path.startsWith(prefix)) return null
  const isOnServer = ({ id, uidValidity }: MailboxRow) => id !== row.id && uidValidity !== null
  const beside = others.filter(
    other => other.role !== 'inbox' && isOnServer(other) && !other.path.startsWith(prefix),
  )
  return beside.length === 0 ? { prefix, delimiter } : null
}

async function createInstead(session: MailSession, path: string, refusal: SiegelError): Promise<void> {
  try {
    await session.createMailbox(path)
  } catch (error) {
    // The refusal of what was asked for says more than that of a guess; a broken connection is neither.
    throw error instanceof SiegelError && error.code === 'server-refused' ? refusal : error
  }
}

/** A renaming that waits names the path from before; then the next listing tells. */
function rename(store: Pick<Store, 'mailboxes'>, row: MailboxRow, path: string): void {
  if (path !== row.path && store.mailboxes.row(row.id)?.path === row.path)
    store.mailboxes.rename(row.id, path)
}
