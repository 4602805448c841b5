import type { Namespaces } from '../../../../../../shared/features/mail/namespace'
import { namespacesOfListing, parentOf } from '../../../../../../shared/features/mail/namespaces'
import { SiegelError } from '../../../../../../shared/kit/result'
import { limits } from '../../../../ports/limits'
import type { ListedMailbox, ListedStatus } from '../../../../ports/mail/mail-backend'
import type { ImapContext } from '../context'
import { withIdentity } from '../identity'
import { roleOfAttributes } from '../mailbox-role'
import { bytesOf, type Token, textOf, textsOf } from '../tokens'
import { type Argument, atom, text } from '../wire'
import { readStatus, statusItems } from './list-status'

type Entry = { wire: string; path: string; delimiter: string; attributes: ReadonlySet<string> }

/** Longest name the store and the interface carry; longer ones are left out and said so in the log. */
const nameCharacters = 1_000
/** Mailboxes of a namespace that LIST "" "*" leaves out (`#shared/`); more is a server's whole news spool. */
const hiddenMailboxes = 2_000

/**
 * LIST "" "*" (RFC 3501 §6.3.8), once plainly, as it alone decides what there is, and once with what RFC 5258, 6154 and
 * 5819 add: there are servers whose RETURN (SUBSCRIBED) leaves out what is not subscribed. A parent that is not listed
 * appears as one that cannot be opened. Throws `protocol-violation` on an empty list (INBOX always exists,
 * RFC 3501 §5.1) and on more than `limits.mailboxes`.
 */
export async function list(context: ImapContext): Promise<readonly ListedMailbox[]> {
  const plain = await withIdentity(context, () => runList(context, 'LIST', '*', []))
  if (plain.length === 0) throw new SiegelError('protocol-violation', { detail: 'empty LIST' })
  const { statuses, entries: extended } = await extendedList(context)
  const subscribed = extended === null ? await subscribedNames(context) : null
  const hidden = await hiddenNamespaces(context, plain)

  const byPath = new Map<string, Entry>()
  for (const entry of [...plain, ...hidden, ...(extended ?? [])]) {
    const known = byPath.get(entry.path)
    // A name listed twice (RFC 3501 forbids it, servers do it) is one mailbox; the one that can be opened counts.
    if (!known) byPath.set(entry.path, entry)
    else byPath.set(entry.path, merged(known, entry))
  }
  const unique = [...byPath.values()].filter(entry => !entry.attributes.has('\\nonexistent'))
  const namespaces = context.namespaces ?? namespacesOfListing(unique)
  context.listedNamespaces = namespaces
  const listed = unique.map(
    (entry): ListedMailbox => ({
      path: entry.path,
      delimiter: entry.delimiter,
      selectable: isSelectable(entry),
      subscribed: subscribed ? subscribed.has(entry.wire) : isSubscribed(entry, extended),
      role: entry.path === 'INBOX' ? 'inbox' : roleOfAttributes(entry.attributes),
      status: statuses.get(entry.wire) ?? null,
    }),
  )
  return [...listed, ...unlistedParents(listed, namespaces)]
}

const isSelectable = (entry: Entry) =>
  !entry.attributes.has('\\noselect') && !entry.attributes.has('\\nonexistent')

// Without any answer about subscriptions all count as subscribed.
const isSubscribed = (entry: Entry, extended: readonly Entry[] | null) =>
  extended === null || extended.length === 0 || entry.attributes.has('\\subscribed')

function merged(known: Entry, again: Entry): Entry {
  const attributes = new Set([...known.attributes, ...again.attributes])
  if (isSelectable(known) || isSelectable(again)) {
    attributes.delete('\\noselect')
    attributes.delete('\\nonexistent')
  }
  return { ...known, delimiter: known.delimiter || again.delimiter, attributes }
}

/** Attributes, subscriptions and states on servers with LIST-EXTENDED; `entries` null where that cannot be asked. */
async function extendedList(
  context: ImapContext,
): Promise<{ entries: readonly Entry[] | null; statuses: ReadonlyMap<string, ListedStatus> }> {
  const { wire, capabilities } = context
  const statuses = new Map<string, ListedStatus>()
  if (!wire.has('LIST-EXTENDED')) return { entries: null, statuses }
  const returning: Argument[] = [
    atom('SUBSCRIBED'),
    ...(wire.has('SPECIAL-USE') ? [atom('SPECIAL-USE')] : []),
    // Without mod-sequences a state does not tell of changed flags and saves nothing.
    ...(wire.has('LIST-STATUS') && capabilities.condstore ? [atom('STATUS'), statusItems] : []),
  ]
  const entries = await orRefused(context, () => runList(context, 'LIST', '*', returning, statuses))
  return { entries, statuses }
}

/** Mailboxes of namespaces that are not among those of LIST "" "*". */
async function hiddenNamespaces(context: ImapContext, plain: readonly Entry[]): Promise<readonly Entry[]> {
  const { namespaces } = context
  if (!namespaces) return []
  const found: Entry[] = []
  for (const { prefix } of [...namespaces.personal, ...namespaces.others, ...namespaces.shared]) {
    if (prefix === '' || plain.some(entry => entry.path.startsWith(prefix))) continue
    const more = await orRefused(context, () =>
      runList(context, 'LIST', `${context.names.toWire(prefix)}*`, []),
    )
    if (more === null || more.length > hiddenMailboxes) {
      context.log.warn('the mailboxes of a namespace are left out', { found: more?.length ?? 0 })
      continue
    }
    // A server that ignores the pattern answers with everything.
    found.push(...more.filter(entry => entry.path.startsWith(prefix)))
  }
  return found
}

/** The levels between listed mailboxes and the top that the server does not list (RFC 3501 §6.3.8 allows it). */
function unlistedParents(
  listed: readonly ListedMailbox[],
  namespaces: Namespaces | null,
): readonly ListedMailbox[] {
  const known = new Set(listed.map(({ path }) => path))
  const parents: ListedMailbox[] = []
  for (const { path, delimiter } of listed) {
    for (
      let at = parentOf(path, delimiter, namespaces);
      at !== null;
      at = parentOf(at, delimiter, namespaces)
    ) {
      if (known.has(at)) break
      known.add(at)
      if (listed.length + parents.length >= limits.mailboxes) return parents
      parents.push({ path: at, delimiter, selectable: false, subscribed: true, role: 'none', status: null })
    }
  }
  return parents
}

async function runList(
  context: ImapContext,
  command: 'LIST' | 'LSUB',
  pattern: string,
  returning: readonly Argument[],
  statuses?: Map<string, ListedStatus>,
): Promise<Entry[]> {
  const entries: Entry[] = []
  let count = 0
  await context.wire.run(
    command,
    [text(''), text(pattern), ...(returning.length > 0 ? [atom('RETURN'), returning] : [])],
    {
      untagged: {
        [command]: response => {
          count++
          if (count > limits.mailboxes) return
          const entry = readEntry(context, response.attributes ?? [])
          if (entry) entries.push(entry)
        },
        STATUS: response => {
          const status = statuses && statuses.size < limits.mailboxes ? readStatus(response) : null
          if (status) statuses?.set(status.wire, status.status)
        },
      },
    },
  )
  if (count > limits.mailboxes) throw new SiegelError('protocol-violation', { detail: 'too many mailboxes' })
  return entries
}

function readEntry(context: ImapContext, attributes: readonly Token[]): Entry | null {
  const name = bytesOf(attributes[2])?.toString('utf8') ?? null
  const delimiter = textOf(attributes[1]) ?? ''
  // NUL, CR and LF cannot be sent back in a command at all (RFC 3501 §9).
  if (
    name === null ||
    name === '' ||
    delimiter.length > 1 ||
    /[\0\r\n]/.test(name) ||
    name.length > nameCharacters
  ) {
    context.log.warn('mailbox left out: its name cannot be used', { length: name?.length ?? 0 })
    return null
  }
  return {
    wire: name,
    path: context.names.toPath(name),
    delimiter,
    attributes: new Set(textsOf(attributes[0]).map(attribute => attribute.toLowerCase())),
  }
}

/** LSUB on servers without LIST-EXTENDED. Subscriptions are a hint: without them all count as subscribed. */
async function subscribedNames(context: ImapContext): Promise<ReadonlySet<string> | null> {
  const entries = await orRefused(context, () => runList(context, 'LSUB', '*', []))
  return entries && entries.length > 0 ? new Set(entries.map(entry => entry.wire)) : null
}

/** For what only adds to the listing: null where the server will not, or answers nonsense. */
async function orRefused<T>(context: ImapContext, work: () => Promise<T>): Promise<T | null> {
  try {
    return await work()
  } catch (error) {
    if (
      error instanceof SiegelError &&
      (error.code === 'server-refused' || error.code === 'protocol-violation') &&
      !context.wire.closed
    )
      return null
    throw error
  }
}
