import { specialUse } from 'imapflow/lib/special-use.js'
import type { MailboxRole } from '../../../../../shared/features/mail/model'
import type { Namespace, Namespaces } from '../../../../../shared/features/mail/namespace'
import { namespaceOf } from '../../../../../shared/features/mail/namespaces'

type Candidate = Readonly<{ path: string; delimiter: string; attributes: ReadonlySet<string> }>

const roleOfAttribute: Readonly<Record<string, MailboxRole>> = {
  '\\all': 'all',
  '\\archive': 'archive',
  '\\drafts': 'drafts',
  '\\flagged': 'flagged',
  '\\junk': 'junk',
  '\\sent': 'sent',
  '\\trash': 'trash',
}

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
 * One role a mailbox and one mailbox a role. SPECIAL-USE attributes (RFC 6154) count first; a role nobody carries
 * goes to the well-known name nearest to the top. INBOX is the inbox, whatever else a server says, and nobody else's
 * mailbox plays a part here.
 */
export function assignRoles(
  all: readonly Candidate[],
  namespaces: Namespaces | null,
): ReadonlyMap<string, MailboxRole> {
  const own = all.map(mailbox => ({ ...mailbox, ...namespaceOf(mailbox.path, namespaces) }))
  const mailboxes = own.filter(({ kind }) => kind === 'personal')
  const roles = new Map<string, MailboxRole>()
  const taken = new Set<MailboxRole>()
  const give = (path: string, role: MailboxRole) => {
    if (roles.has(path) || taken.has(role)) return
    roles.set(path, role)
    taken.add(role)
  }
  for (const { path } of mailboxes) if (path === 'INBOX') give(path, 'inbox')
  for (const { path, attributes } of mailboxes) {
    for (const attribute of attributes) {
      const role = roleOfAttribute[attribute]
      if (role) give(path, role)
    }
  }
  const named = mailboxes
    .map(mailbox => ({ mailbox, depth: depthOf(mailbox), guess: roleOfName(lastSegment(mailbox)) }))
    .filter(
      ({ mailbox, depth }) =>
        depth === 0 || (depth === 1 && mailbox.path.startsWith(`INBOX${mailbox.delimiter}`)),
    )
    .sort((a, b) => a.depth - b.depth)
  for (const exact of [true, false]) {
    for (const { mailbox, guess } of named) {
      if (guess && guess.exact === exact && !mailbox.attributes.has('\\noselect'))
        give(mailbox.path, guess.role)
    }
  }
  return roles
}

function lastSegment({ path, delimiter }: Candidate): string {
  return delimiter === '' ? path : (path.split(delimiter).at(-1) ?? path)
}

/** Levels below the top of its namespace. */
function depthOf({ path, delimiter, namespace }: Candidate & { namespace: Namespace | null }): number {
  return delimiter === '' ? 0 : path.slice(namespace?.prefix.length ?? 0).split(delimiter).length - 1
}

function roleOfName(name: string): { role: MailboxRole; exact: boolean } | null {
  const more = moreNames[name.trim().toLowerCase().normalize('NFC')]
  if (more) return { role: more, exact: true }
  const { flag, source } = specialUse(false, { flags: new Set(), name })
  const role = flag === null ? undefined : roleOfAttribute[flag.toLowerCase()]
  return role ? { role, exact: source === 'name' } : null
}
