import type { AccountSummary } from '../../shared/features/accounts/model'
import { hasMailServer } from '../../shared/features/accounts/services'
import type { MailboxSummary, MessageSummary } from '../../shared/features/mail/model'
import { showsRecipients, writtenMailboxes } from '../../shared/features/mail/shows-recipients'
import { type MessageId, messageId } from '../../shared/kit/ids'
import { SiegelError } from '../../shared/kit/result'
import { UsageError } from './exit'
import type { Session } from './session'

/** Accounts and mailboxes under the names the command line uses: `account-address/path`, `local/path`. */
export type Folders = Readonly<{
  accounts: readonly AccountSummary[]
  mailboxes: readonly MailboxSummary[]
  nameOf(mailbox: MailboxSummary): string
  nameOfId(id: number): string
  /** Whether a message is one's own, so that its line shows to whom it goes. */
  isOwn(summary: MessageSummary): boolean
  /** Throws `mailbox-missing`. */
  find(name: string): MailboxSummary
  /** Throws `not-found`. */
  account(address: string): AccountSummary
}>

export async function loadFolders(session: Session): Promise<Folders> {
  const accounts = await session.call('accounts.list', {})
  const mailboxes = await session.call('mailboxes.list', {})
  const addressOf = new Map(accounts.map(each => [each.id, each.config.address]))
  const nameOf = (mailbox: MailboxSummary) => {
    const { path, delimiter } = mailbox
    const slashed = delimiter === '' || delimiter === '/' ? path : path.split(delimiter).join('/')
    return `${addressOf.get(mailbox.accountId) ?? '?'}/${slashed}`
  }
  const byName = new Map(mailboxes.map(each => [nameOf(each), each]))
  const written = writtenMailboxes(mailboxes)
  const own = new Set(accounts.map(each => each.config.address.toLowerCase()))
  const names = new Map(mailboxes.map(each => [each.id as number, nameOf(each)]))
  return {
    accounts,
    mailboxes,
    nameOf,
    nameOfId: id => names.get(id) ?? '',
    isOwn: summary => showsRecipients(summary, written, own),
    find(name) {
      const exact = byName.get(name)
      if (exact) return exact
      const folded = [...byName].filter(([each]) => each.toLowerCase() === name.toLowerCase())
      const only = folded.length === 1 ? folded[0] : undefined
      if (!only) throw new SiegelError('mailbox-missing', { mailbox: name })
      return only[1]
    },
    account(address) {
      const wanted = address.toLowerCase()
      // One without mail is known by the name that it was given; an address comes before a name.
      const byName = accounts.filter(
        each => !hasMailServer(each) && each.config.displayName.toLowerCase() === wanted,
      )
      const found =
        accounts.find(each => each.config.address.toLowerCase() === wanted) ??
        (byName.length === 1 ? byName[0] : undefined)
      if (!found) throw new SiegelError('not-found', { what: 'account', name: address })
      return found
    },
  }
}

/** Ids from the command line. */
export function parseIds(texts: readonly string[]): MessageId[] {
  if (texts.length === 0) throw new UsageError('an ID is missing')
  return texts.map(text => {
    const id = messageId.safeParse(Number(text))
    if (!id.success) throw new UsageError(`"${text}" is not an ID`)
    return id.data
  })
}

/** Throws `not-found` naming the first id that is no message here. */
export async function requireMessages(session: Session, ids: readonly MessageId[]): Promise<void> {
  const page = 500
  for (let at = 0; at < ids.length; at += page) {
    const wanted = ids.slice(at, at + page)
    const here = new Set((await session.call('messages.summaries', { ids: wanted })).map(({ id }) => id))
    const missing = wanted.find(id => !here.has(id))
    if (missing !== undefined) throw new SiegelError('not-found', { what: 'message', name: String(missing) })
  }
}

export function oneId(texts: readonly string[]): MessageId {
  const [id, ...more] = parseIds(texts)
  if (id === undefined || more.length > 0) throw new UsageError('exactly one ID is wanted')
  return id
}

/** Name and address of one person. */
export const person = ({ name, address }: { name: string; address: string }) =>
  name ? `${name} <${address}>` : address

/** A message as the command line tells it; names are a contract. */
export function messageJson(summary: MessageSummary, folders: Folders) {
  return {
    id: summary.id,
    messageId: summary.messageIdHeader,
    from: summary.from.map(person).join(', '),
    to: summary.to.map(person),
    subject: summary.subject,
    date: new Date(summary.dateMs).toISOString(),
    flags: [...summary.flags, ...summary.keywords],
    folder: folders.nameOfId(summary.mailboxId),
    size: summary.sizeBytes,
    hasAttachments: summary.hasAttachments,
    snippet: summary.snippet,
    threadId: summary.threadId,
    body: summary.bodyState,
    pending: summary.pending,
  }
}

/** Text in a column; a longer one ends in a sign that says so. `--json` has it whole. */
const column = (text: string, width: number): string =>
  [...text].length > width ? `${[...text].slice(0, width - 1).join('')}…` : text.padEnd(width)

/** One line a message: id, date, marks, sender (of what one wrote: recipients), subject. */
export function messageLine(summary: MessageSummary, folders: Folders): string {
  const marks = [
    summary.flags.includes('seen') ? ' ' : 'N',
    summary.flags.includes('flagged') ? '!' : ' ',
    summary.hasAttachments ? '@' : ' ',
    summary.pending ? '~' : ' ',
  ].join('')
  const names = folders.isOwn(summary)
    ? `To: ${summary.to.map(each => each.name || each.address).join(', ')}`
    : summary.from[0]?.name || summary.from[0]?.address || ''
  const date = new Date(summary.dateMs).toISOString().slice(0, 16).replace('T', ' ')
  return `${String(summary.id).padStart(7)}  ${date}  ${marks}  ${column(names, 24)}  ${summary.subject}`
}
