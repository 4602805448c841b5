import type { Namespace, Namespaces } from '../../../../../../shared/features/mail/namespace'
import { decodeMailboxName } from '../mailbox-name'
import type { Wire } from '../wire'

/** Namespaces of one kind that are looked at; servers name one or two. */
const perKind = 20
const prefixCharacters = 500

/** What the server answered to NAMESPACE after the login (RFC 2342), names decoded; null without the extension. */
export function toldNamespaces(wire: Wire): Namespaces | null {
  if (!wire.has('NAMESPACE')) return null
  const told = wire.client.namespaces
  // imapflow puts an empty prefix where the answer was refused, or names no personal namespace.
  if (!told) return null
  const { personal, other, shared } = told
  return { personal: read(personal), others: read(other), shared: read(shared) }
}

function read(list: unknown): Namespace[] {
  if (!Array.isArray(list)) return []
  return list.slice(0, perKind).flatMap((entry: unknown) => {
    if (typeof entry !== 'object' || entry === null) return []
    const { prefix, delimiter } = entry as Readonly<Record<string, unknown>>
    const wirePrefix = typeof prefix === 'string' ? prefix : ''
    // NUL, CR and LF cannot be sent back in a name (RFC 3501 §9).
    if (wirePrefix.length > prefixCharacters || /[\0\r\n]/.test(wirePrefix)) return []
    return [
      {
        prefix: decodeMailboxName(wirePrefix) ?? wirePrefix,
        delimiter: typeof delimiter === 'string' && delimiter.length === 1 ? delimiter : '',
      },
    ]
  })
}
