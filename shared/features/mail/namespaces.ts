import type { Namespace, NamespaceKind, Namespaces } from './namespace'

const kinds: readonly NamespaceKind[] = ['personal', 'others', 'shared']

const isInbox = (path: string) => path.toUpperCase() === 'INBOX'

/**
 * The namespace a mailbox lies in: the one with the longest prefix that its path begins with. INBOX is personal
 * wherever it lies (RFC 2342 §5), and so is what no namespace claims.
 */
export function namespaceOf(
  path: string,
  known: Namespaces | null,
): Readonly<{ kind: NamespaceKind; namespace: Namespace | null }> {
  let best: { kind: NamespaceKind; namespace: Namespace | null } = { kind: 'personal', namespace: null }
  if (known === null) return best
  for (const kind of kinds) {
    for (const namespace of known[kind]) {
      const { prefix, delimiter } = namespace
      // The mailbox that a prefix is the inside of ("Public" of "Public/") belongs to it.
      const isRoot = delimiter !== '' && prefix.endsWith(delimiter) && path === prefix.slice(0, -1)
      if (!path.startsWith(prefix) && !isRoot) continue
      if (best.namespace === null || prefix.length > best.namespace.prefix.length) best = { kind, namespace }
    }
  }
  return isInbox(path) ? { kind: 'personal', namespace: best.namespace } : best
}

/** Path and delimiter of a new mailbox at the top of the personal namespace. */
export function personalPath(
  name: string,
  known: Namespaces | null,
  delimiter: string,
): Namespace & { path: string } {
  const own = known?.personal[0] ?? { prefix: '', delimiter }
  return { ...own, path: own.prefix + name }
}

/** True when something may be made under this path: it is in a personal namespace, not merely unclaimed. */
export function isInPersonalNamespace(path: string, known: Namespaces | null): boolean {
  const { kind } = namespaceOf(path, known)
  if (kind !== 'personal') return false
  const own = known?.personal ?? []
  return own.length === 0 || own.some(({ prefix }) => path.startsWith(prefix) && path !== prefix)
}

/**
 * What a listing says where the server does not tell (no NAMESPACE): when everything but INBOX lies below INBOX,
 * nothing can be made beside it (Courier, old Cyrus). Null when the listing says nothing of the kind.
 */
export function namespacesOfListing(
  listed: readonly Readonly<{ path: string; delimiter: string }>[],
): Namespaces | null {
  const inbox = listed.find(({ path }) => isInbox(path))
  const others = listed.filter(({ path }) => !isInbox(path))
  const delimiter = inbox?.delimiter || others[0]?.delimiter || ''
  if (delimiter === '' || others.length === 0) return null
  const prefix = `INBOX${delimiter}`
  if (!others.every(({ path }) => path.slice(0, prefix.length).toUpperCase() === prefix.toUpperCase()))
    return null
  return { personal: [{ prefix, delimiter }], others: [], shared: [] }
}

/** Path of the mailbox one level up, or null at the top. A namespace that is no mailbox itself is no level. */
export function parentOf(path: string, delimiter: string, known: Namespaces | null): string | null {
  const end = delimiter === '' ? -1 : path.lastIndexOf(delimiter)
  if (end <= 0) return null
  const parent = path.slice(0, end)
  const isOwnRoot = (known?.personal ?? []).some(({ prefix }) => prefix === parent + delimiter)
  return isOwnRoot && !isInbox(parent) ? null : parent
}
