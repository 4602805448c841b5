import { SiegelError } from '../../../../shared/kit/result'
import { attributeOf, childOf, childrenOf, type Element, el, textOf } from '../../ports/chat/element'
import { ns } from '../namespaces'
import type { Offer } from '../sasl/mechanisms'

/** What the features of a stream (RFC 6120 §4.3.2) offer for signing in; SASL2 where there is both. Null where there is neither. */
export function offerIn(features: Element): Offer | null {
  const bindings = childOf(features, 'sasl-channel-binding', ns.bindingTypes)
  const bindingTypes = bindings
    ? childrenOf(bindings, ns.bindingTypes, 'channel-binding').flatMap(
        each => attributeOf(each, 'type') ?? [],
      )
    : null
  const second = childOf(features, 'authentication', ns.sasl2)
  if (second) return { profile: 'sasl2', mechanisms: namesIn(second, ns.sasl2), bindingTypes }
  const first = childOf(features, 'mechanisms', ns.sasl)
  return first ? { profile: 'sasl', mechanisms: namesIn(first, ns.sasl), bindingTypes } : null
}

const namesIn = (parent: Element, namespace: string): string[] =>
  childrenOf(parent, namespace, 'mechanism').map(each => textOf(each).trim())

/** What can be asked for inside a SASL2 login (XEP-0388 §2.3). */
export type Inline = Readonly<{
  bind: boolean
  management: boolean
  carbons: boolean
  activity: boolean
  fast: readonly string[]
}>

export function inlineIn(features: Element): Inline {
  const inline = childOf(childOf(features, 'authentication', ns.sasl2), 'inline', ns.sasl2)
  const bind = childOf(inline, 'bind', ns.bind2)
  const vars = childrenOf(childOf(bind, 'inline', ns.bind2), ns.bind2, 'feature').map(each =>
    attributeOf(each, 'var'),
  )
  const fast = childOf(inline, 'fast', ns.fast)
  return {
    bind: bind !== undefined,
    management: childrenOf(inline, ns.management).length > 0 || vars.includes(ns.management),
    carbons: vars.includes(ns.carbons),
    activity: vars.includes(ns.activity),
    fast: fast ? childrenOf(fast, ns.fast, 'mechanism').map(each => textOf(each).trim()) : [],
  }
}

/** What a login in the second profile carries beside the mechanism. */
export type SecondLogin = Readonly<{
  inline: Inline
  userAgentId: string
  resume: Readonly<{ id: string; handled: number }> | null
  /** Mechanism of a token to ask for. */
  tokenFor: string | null
  /** The token in use. */
  fastCount: number | null
}>

/** Begins a login: `auth` (RFC 6120 §6.4.2), or `authenticate` (XEP-0388 §2.2) with all that is to happen at once. */
export function beginLogin(mechanism: string, initial: Uint8Array, second: SecondLogin | null): Element {
  const data = Buffer.from(initial).toString('base64')
  if (second === null) return el('auth', ns.sasl, { mechanism }, data)
  const { inline, resume, tokenFor, fastCount } = second
  return el(
    'authenticate',
    ns.sasl2,
    { mechanism },
    el('initial-response', ns.sasl2, {}, data),
    // Neither software nor device: only so much that the server knows it is the one from before.
    el('user-agent', ns.sasl2, { id: second.userAgentId }),
    ...(fastCount === null ? [] : [el('fast', ns.fast, { count: String(fastCount) })]),
    ...(tokenFor === null ? [] : [el('request-token', ns.fast, { mechanism: tokenFor })]),
    ...(resume && inline.management
      ? [el('resume', ns.management, { h: String(resume.handled), previd: resume.id })]
      : []),
    ...(inline.bind
      ? [
          // No `tag`: it would be shown in the resource to everybody we write to.
          el(
            'bind',
            ns.bind2,
            {},
            ...(inline.management ? [el('enable', ns.management, { resume: 'true' })] : []),
            ...(inline.carbons ? [el('enable', ns.carbons)] : []),
          ),
        ]
      : []),
  )
}

/** Base64 in an element (RFC 6120 §6.4.2: `=` is nothing at all); null where there is none. Throws `protocol-violation`. */
export function dataIn(element: Element | undefined): Uint8Array | null {
  const text = textOf(element).trim()
  if (text === '') return null
  if (text === '=') return new Uint8Array()
  if (!/^[A-Za-z0-9+/]+={0,2}$/.test(text))
    throw new SiegelError('protocol-violation', { detail: 'SASL: not base64' })
  return Buffer.from(text, 'base64')
}

/** Conditions (RFC 6120 §6.5) that mean another time, and those that mean another way. */
const notNow: ReadonlySet<string> = new Set(['temporary-auth-failure'])
const anotherWay: ReadonlySet<string> = new Set([
  'invalid-mechanism',
  'mechanism-too-weak',
  'encryption-required',
])
const nonsense: ReadonlySet<string> = new Set(['aborted', 'incorrect-encoding', 'malformed-request'])

/** Why a login was refused. */
export function readSaslFailure(failure: Element): SiegelError {
  // In both profiles the conditions are those of the first (XEP-0388 §2.6.1).
  const condition = (childrenOf(failure, ns.sasl).find(({ name }) => name !== 'text')?.name ?? '').slice(
    0,
    60,
  )
  const said = childrenOf(failure).find(({ name }) => name === 'text')
  const detail = textOf(said).slice(0, 200)
  const facts = { ...(condition ? { serverCode: condition } : {}), ...(detail ? { detail } : {}) }
  if (notNow.has(condition)) return new SiegelError('server-unavailable', facts)
  if (anotherWay.has(condition)) return new SiegelError('login-unsupported', facts)
  if (nonsense.has(condition)) return new SiegelError('protocol-violation', { detail: `SASL: ${condition}` })
  return new SiegelError('login-refused', facts)
}
