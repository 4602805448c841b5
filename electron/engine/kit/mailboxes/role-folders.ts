import { specialUse } from 'imapflow/lib/special-use.js'
import type { MailboxRole } from '../../../../shared/features/mail/model'
import type { Namespaces } from '../../../../shared/features/mail/namespace'
import { namespaceOf } from '../../../../shared/features/mail/namespaces'
import { roleOfAttribute } from '../../ports/mail/special-use'

/** A mailbox as it is judged: `role` is what the server says of it (SPECIAL-USE, RFC 6154), `none` where it says nothing. */
export type RoleCandidate = Readonly<{
  path: string
  delimiter: string
  selectable: boolean
  role: MailboxRole
}>

/** Paths that the user named for a part. */
export type RoleChoices = Readonly<Partial<Record<MailboxRole, string>>>

/** Names that imapflow's table (Thunderbird's translations) does not have, seen at German providers. */
const moreNames: Readonly<Record<string, MailboxRole>> = {
  'gesendete objekte': 'sent',
  'gesendete elemente': 'sent',
  postausgang: 'sent',
  'gelöschte objekte': 'trash',
  'gelöschte elemente': 'trash',
  spamverdacht: 'junk',
  unerwünscht: 'junk',
  'junk-e-mail': 'junk',
}

/**
 * Names under which a missing one is made, the usual one first; the others are for servers where that name is taken by
 * something that cannot hold mail. Each is known to `roleOfName`, so that it keeps its part at the next listing.
 */
const namesOfRole: Partial<Record<MailboxRole, readonly string[]>> = {
  archive: ['Archive', 'Archives', 'Archiv'],
  trash: ['Trash', 'Deleted Items', 'Deleted Messages'],
  junk: ['Junk', 'Spam', 'Junk Mail'],
  sent: ['Sent', 'Sent Items', 'Sent Messages'],
  drafts: ['Drafts', 'Draft', 'Entwürfe'],
}

export const namesFor = (role: MailboxRole): readonly string[] => namesOfRole[role] ?? []

/** The level of Gmail below which its own folders lie; it is no mailbox itself. */
const gmailLevel = /^\[(Gmail|Google Mail)\]$/

/**
 * The one judgement of which mailbox plays which part: one role a mailbox, one mailbox a role, and never one that cannot be
 * opened. INBOX is the inbox, whatever else is said. Then the user's own choice, then what the server says, then the
 * well-known name nearest to the top. Nobody else's mailbox plays a part, unless the user chose it.
 */
export function roleFolders(
  all: readonly RoleCandidate[],
  namespaces: Namespaces | null,
  chosen: RoleChoices = {},
): ReadonlyMap<string, MailboxRole> {
  const open = all.filter(({ selectable }) => selectable)
  const mailboxes = open
    .map(mailbox => ({ ...mailbox, ...namespaceOf(mailbox.path, namespaces) }))
    .filter(({ kind }) => kind === 'personal')
  const roles = new Map<string, MailboxRole>()
  const taken = new Set<MailboxRole>()
  const give = (path: string, role: MailboxRole) => {
    if (role === 'none' || roles.has(path) || taken.has(role)) return
    roles.set(path, role)
    taken.add(role)
  }
  const inbox =
    mailboxes.find(({ path }) => path === 'INBOX') ?? mailboxes.find(({ role }) => role === 'inbox')
  if (inbox) give(inbox.path, 'inbox')
  for (const [role, path] of Object.entries(chosen))
    if (open.some(each => each.path === path)) give(path, role as MailboxRole)
  for (const { path, role } of mailboxes) if (role !== 'inbox') give(path, role)
  const named = mailboxes
    .map(mailbox => ({ path: mailbox.path, depth: depthOf(mailbox), guess: roleOfName(leafOf(mailbox)) }))
    .filter(({ depth }) => depth <= 1)
    .sort((a, b) => a.depth - b.depth)
  for (const exact of [true, false])
    for (const { path, guess } of named) if (guess?.exact === exact) give(path, guess.role)
  return roles
}

/**
 * Gmail has no archive: what leaves its inbox is still in "All Mail" (`\All`), and mail that is moved there is archived.
 * Elsewhere `\All` may be a virtual mailbox that takes nothing.
 */
export function gmailArchive<M extends RoleCandidate>(all: readonly M[]): M | null {
  const isGmail = ({ path, delimiter }: M) =>
    delimiter !== '' && gmailLevel.test(path.split(delimiter)[0] ?? '')
  return all.find(each => each.role === 'all' && each.selectable && isGmail(each)) ?? null
}

const leafOf = ({ path, delimiter }: RoleCandidate): string =>
  delimiter === '' ? path : (path.split(delimiter).at(-1) ?? path)

/** Levels below the top of its namespace; below INBOX and below Gmail's own level count as one, all else as two or more. */
function depthOf({ path, delimiter, ...mailbox }: RoleCandidate & ReturnType<typeof namespaceOf>): number {
  if (delimiter === '') return 0
  const [top = '', ...rest] = path.slice(mailbox.namespace?.prefix.length ?? 0).split(delimiter)
  if (rest.length === 0) return 0
  return top.toUpperCase() === 'INBOX' || gmailLevel.test(top) ? rest.length : rest.length + 1
}

/** The part that a well-known name stands for; `exact`: the whole name, not only a word of it. */
export function roleOfName(name: string): { role: MailboxRole; exact: boolean } | null {
  const more = moreNames[name.trim().toLowerCase().normalize('NFC')]
  if (more) return { role: more, exact: true }
  const { flag, source } = specialUse(false, { flags: new Set(), name })
  const role = flag === null ? undefined : roleOfAttribute[flag.toLowerCase()]
  return role ? { role, exact: source === 'name' } : null
}
