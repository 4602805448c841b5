import { SiegelError } from '../../../../shared/kit/result'
import { childrenOf, type Element, textOf } from '../../ports/chat/element'
import { ns } from '../namespaces'

/** Conditions (RFC 6120 §4.9.3) that stay until a person changes something: the address, the server, the account. */
const forThePerson: ReadonlySet<string> = new Set([
  'host-unknown',
  'host-gone',
  'policy-violation',
  'not-authorized',
  'invalid-from',
  'improper-addressing',
])
/** Conditions that mean that one of us writes nonsense. */
const nonsense: ReadonlySet<string> = new Set([
  'bad-format',
  'bad-namespace-prefix',
  'invalid-namespace',
  'invalid-xml',
  'not-well-formed',
  'restricted-xml',
  'unsupported-encoding',
  'unsupported-feature',
  'unsupported-stanza-type',
  'unsupported-version',
])

/** What ended a stream, and what the end asks for. */
export type StreamEnd = Readonly<{
  condition: string
  /** Where else the server wants us, `host` or `host:port` as it wrote it; null where it does not. */
  otherHost: string | null
  error: SiegelError
}>

export const isStreamError = (element: Element): boolean =>
  element.name === 'error' && element.namespace === ns.streams

/** Reads a `stream:error`. */
export function readStreamError(element: Element): StreamEnd {
  const found = childrenOf(element, ns.streamErrors).find(({ name }) => name !== 'text')
  const condition = (found?.name ?? 'undefined-condition').slice(0, 60)
  const words = textOf(childrenOf(element, ns.streamErrors, 'text')[0]).slice(0, 200)
  const facts = { serverCode: condition, ...(words ? { detail: words } : {}) }
  const otherHost = condition === 'see-other-host' ? textOf(found).trim().slice(0, 300) : ''
  return { condition, otherHost: otherHost || null, error: errorFor(condition, facts) }
}

function errorFor(condition: string, facts: { serverCode: string; detail?: string }): SiegelError {
  if (forThePerson.has(condition)) return new SiegelError('stream-refused', facts)
  if (nonsense.has(condition))
    return new SiegelError('protocol-violation', { detail: `the server says ${condition}` })
  // `conflict`: another connection of this account took the resource; the next one takes another.
  return new SiegelError('server-unavailable', facts)
}
