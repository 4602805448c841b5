import { SiegelError } from '../../../../shared/ipc/result'
import type { ListedMailbox } from '../../ports/mail-backend'
import { limits } from '../limits'
import type { ImapContext } from './context'
import { assignRoles } from './mailbox-role'
import { bytesOf, type Token, textOf, textsOf } from './tokens'
import { type Argument, atom, text } from './wire'

type Entry = { wire: string; path: string; delimiter: string; attributes: ReadonlySet<string> }

/** Longest name the store and the interface carry; longer ones are left out and said so in the log. */
const nameCharacters = 1_000

/**
 * LIST "" "*" (RFC 3501 §6.3.8, RFC 5258, RFC 6154). Throws `protocol-violation` on an empty list (INBOX always
 * exists, RFC 3501 §5.1) and on more than `limits.mailboxes`.
 */
export async function list(context: ImapContext): Promise<readonly ListedMailbox[]> {
  const { wire } = context
  const extended = wire.has('LIST-EXTENDED')
  const returning: Argument[] = extended
    ? [atom('SUBSCRIBED'), ...(wire.has('SPECIAL-USE') ? [atom('SPECIAL-USE')] : [])]
    : []
  const entries = await runList(context, 'LIST', returning)
  if (entries.length === 0) throw new SiegelError('protocol-violation', { detail: 'empty LIST' })
  const subscribed = extended ? null : await subscribedNames(context)

  const byPath = new Map<string, Entry>()
  for (const entry of entries) {
    const known = byPath.get(entry.path)
    // A name listed twice (RFC 3501 forbids it, servers do it) is one mailbox; the one that can be opened counts.
    if (!known || (!isSelectable(known) && isSelectable(entry))) byPath.set(entry.path, entry)
  }
  const unique = [...byPath.values()].filter(entry => !entry.attributes.has('\\nonexistent'))
  const roles = assignRoles(unique)
  return unique.map(entry => ({
    path: entry.path,
    delimiter: entry.delimiter,
    selectable: isSelectable(entry),
    subscribed: subscribed ? subscribed.has(entry.wire) : entry.attributes.has('\\subscribed'),
    role: roles.get(entry.path) ?? 'none',
  }))
}

const isSelectable = (entry: Entry) =>
  !entry.attributes.has('\\noselect') && !entry.attributes.has('\\nonexistent')

async function runList(
  context: ImapContext,
  command: 'LIST' | 'LSUB',
  returning: readonly Argument[],
): Promise<Entry[]> {
  const entries: Entry[] = []
  let count = 0
  await context.wire.run(
    command,
    [text(''), text('*'), ...(returning.length > 0 ? [atom('RETURN'), returning] : [])],
    {
      untagged: {
        [command]: response => {
          count++
          if (count > limits.mailboxes) return
          const entry = readEntry(context, response.attributes ?? [])
          if (entry) entries.push(entry)
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
  try {
    const entries = await runList(context, 'LSUB', [])
    return entries.length > 0 ? new Set(entries.map(entry => entry.wire)) : null
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
