import { SiegelError } from '../../../../shared/kit/result'
import { attributeOf, childOf, childrenOf, type Element, el, isNamed, textOf } from '../../ports/chat/element'
import { serialize } from '../../ports/chat/serialize'
import { ns } from '../namespaces'
import { checkFastAnswer, type FastToken, fastLogin, fastMechanismFor } from '../sasl/fast'
import {
  type BindingOf,
  type Choice,
  checkDowngradeHash,
  chooseMechanism,
  type LoginPins,
  type Offer,
} from '../sasl/mechanisms'
import {
  checkServerFinal,
  clientFinal,
  clientFirstBare,
  gs2Header,
  readServerFirst,
  type ScramHash,
  type ServerFirst,
} from '../sasl/scram'
import type { StreamPart } from '../xml/stream-parser'
import { type BindResult, boundIn, type Management, readBindResult } from './bind'
import { beginLogin, dataIn, inlineIn, offerIn, readSaslFailure, type SecondLogin } from './sign-in'
import { isStreamError, readStreamError } from './stream-error'

/** Who signs in, with what, and what is known from before. Everything random was made by the caller. */
export type NegotiationSetup = Readonly<{
  local: string
  domain: string
  password: string
  security: 'tls' | 'starttls'
  allowsPlain: boolean
  pins: LoginPins
  /** One UUID an account (XEP-0388 §2.2.1). */
  userAgentId: string
  resource: string
  nonce: string
  fast: FastToken | null
  /** The stream to go on with. `acked`, `queued`: what the server told last to have, and what it may tell beyond. */
  resume: Readonly<{ id: string; handled: number; acked: number; queued: number }> | null
}>

export type NegotiationEvent =
  | Readonly<{ kind: 'connected'; binding: BindingOf | null }>
  | Readonly<{ kind: 'secured'; binding: BindingOf }>
  | Readonly<{ kind: 'part'; part: StreamPart }>
  /** PBKDF2 is done. */
  | Readonly<{ kind: 'salted'; key: Uint8Array }>
  | Readonly<{ kind: 'closed' }>

/** A stream that is ready for stanzas. */
export type Negotiated = Readonly<{
  jid: string
  /** `h` of the server, where the stream before goes on. */
  resumed: Readonly<{ h: number }> | null
  /** The stream before is gone; `h` where the server still knew what it had got. */
  refused: Readonly<{ h: number | null }> | null
  management: Management | null
  carbons: boolean
  archiveEdge: string | null
  /** Namespaces of all that the stream offers. */
  offers: ReadonlySet<string>
  maxStanzaBytes: number
  pins: LoginPins
  /** A new token (FAST); undefined: the one before stays, null: it is gone. */
  token: FastToken | null | undefined
  /** What came before this was told, in its order. */
  early: readonly Element[]
}>

export type NegotiationAction =
  | Readonly<{ kind: 'write'; text: string }>
  /** What comes next is a stream of its own. */
  | Readonly<{ kind: 'restart' }>
  | Readonly<{ kind: 'upgrade' }>
  | Readonly<{ kind: 'salt'; hash: ScramHash; salt: Uint8Array; iterations: number }>
  /** The stream to go on with is not worth anything; before `fail`. */
  | Readonly<{ kind: 'forget-resume' }>
  | Readonly<{ kind: 'bound'; bound: Negotiated }>
  | Readonly<{ kind: 'fail'; error: SiegelError; otherHost: string | null }>

type Scram = Readonly<{ choice: Choice & { kind: 'scram' }; bare: string; server: ServerFirst | null }>
type Login = Readonly<{ features: Element; offer: Offer; second: SecondLogin | null }>

type Phase =
  | Readonly<{
      at: 'start' | 'clear-header' | 'clear-features' | 'proceed' | 'handshake' | 'header' | 'features'
    }>
  | Readonly<{ at: 'challenge' | 'salting'; login: Login; scram: Scram }>
  | Readonly<{ at: 'final'; login: Login; expected: Uint8Array; isHashed: boolean }>
  /** The server proved itself in a challenge of its own; what is left is its word. */
  | Readonly<{ at: 'proven'; login: Login; isHashed: boolean }>
  | Readonly<{ at: 'plain'; login: Login }>
  | Readonly<{ at: 'fast'; login: Login; expected: Uint8Array; token: FastToken }>
  | Readonly<{ at: 'second-header' | 'second-features' }>
  | Readonly<{ at: 'resume' | 'bind' | 'session' | 'enable' }>
  | Readonly<{ at: 'done' | 'failed' }>

export type NegotiationState = Readonly<{
  setup: NegotiationSetup
  phase: Phase
  binding: BindingOf | null
  pins: LoginPins
  token: FastToken | null | undefined
  features: Element | null
  refused: Readonly<{ h: number | null }> | null
  bound: BindResult | null
  early: readonly Element[]
}>

type Step = Readonly<{ state: NegotiationState; actions: readonly NegotiationAction[] }>

/** Until a server says: Prosody's limit, which is the smallest of the common ones after the login. */
const usualStanzaBytes = 262_144
const mostEarly = 1_000

export const beginNegotiation = (setup: NegotiationSetup): NegotiationState => ({
  ...{ setup, phase: { at: 'start' }, binding: null, pins: setup.pins },
  ...{ token: undefined, features: null, refused: null, bound: null, early: [] },
})

/**
 * From the open connection to a stream that is ready for stanzas (RFC 6120 §4 to §7, XEP-0388, 0386, 0484, 0198): what is to be done at an
 * event, and how things stand then. Pure. Every phase takes what belongs to it and nothing else: anything else ends the stream. After
 * `bound` or `fail` nothing more is done.
 */
export function negotiate(state: NegotiationState, event: NegotiationEvent): Step {
  if (state.phase.at === 'done' || state.phase.at === 'failed') return { state, actions: [] }
  try {
    if (event.kind === 'closed') throw new SiegelError('connection-lost')
    if (event.kind === 'part' && event.part.kind === 'element' && isStreamError(event.part.element)) {
      const { error, otherHost } = readStreamError(event.part.element)
      // Before the login anybody may have said it, so nobody is followed anywhere.
      return failed(state, error, isSignedIn(state.phase) ? otherHost : null)
    }
    if (event.kind === 'part' && event.part.kind === 'end') throw new SiegelError('connection-lost')
    return step(state, event)
  } catch (error) {
    if (error instanceof SiegelError) return failed(state, error, null)
    throw error
  }
}

const isSignedIn = ({ at }: Phase): boolean =>
  ['second-header', 'second-features', 'resume', 'bind', 'session', 'enable'].includes(at)

const failed = (state: NegotiationState, error: SiegelError, otherHost: string | null): Step => ({
  state: { ...state, phase: { at: 'failed' } },
  actions: [{ kind: 'fail', error, otherHost }],
})

const go = (state: NegotiationState, phase: Phase, ...actions: readonly NegotiationAction[]): Step => ({
  state: { ...state, phase },
  actions,
})

const write = (element: Element): NegotiationAction => ({ kind: 'write', text: serialize(element) })

function step(state: NegotiationState, event: NegotiationEvent): Step {
  const { phase } = state
  switch (phase.at) {
    case 'start': {
      if (event.kind !== 'connected') throw outOfTurn(phase)
      const isSecure = event.binding !== null
      if (isSecure !== (state.setup.security === 'tls')) throw outOfTurn(phase)
      return go(
        { ...state, binding: event.binding },
        { at: isSecure ? 'header' : 'clear-header' },
        opening(state, isSecure),
      )
    }
    case 'clear-header':
      headerIn(event, phase)
      return go(state, { at: 'clear-features' })
    case 'clear-features': {
      const features = featuresIn(event, phase)
      if (!childOf(features, 'starttls', ns.tls)) throw new SiegelError('starttls-missing')
      return go(state, { at: 'proceed' }, write(el('starttls', ns.tls)))
    }
    case 'proceed': {
      const { element, isLast } = elementIn(event, phase)
      if (isNamed(element, 'failure', ns.tls)) throw new SiegelError('starttls-missing')
      if (!isNamed(element, 'proceed', ns.tls)) throw outOfTurn(phase)
      // What was said before TLS must not be read as if it came after.
      if (!isLast) throw new SiegelError('starttls-injection')
      return go(state, { at: 'handshake' }, { kind: 'upgrade' })
    }
    case 'handshake':
      if (event.kind === 'part') throw new SiegelError('starttls-injection')
      if (event.kind !== 'secured') throw outOfTurn(phase)
      return go(
        { ...state, binding: event.binding },
        { at: 'header' },
        { kind: 'restart' },
        opening(state, true),
      )
    case 'header':
      headerIn(event, phase)
      return go(state, { at: 'features' })
    case 'features':
      return signIn(state, featuresIn(event, phase))
    case 'challenge':
      return challenged(state, phase, event)
    case 'salting': {
      if (event.kind !== 'salted' || phase.scram.server === null) throw outOfTurn(phase)
      const { choice, bare, server } = phase.scram
      const isHashed = checkDowngradeHash(server.downgradeHash, phase.login.offer, choice)
      const { text, serverSignature } = clientFinal({ ...choice, bare, server, salted: event.key })
      return go(
        state,
        { at: 'final', login: phase.login, expected: serverSignature, isHashed },
        write(el('response', profileOf(phase.login), {}, Buffer.from(text, 'utf8').toString('base64'))),
      )
    }
    case 'final': {
      const { element, isLast } = saslIn(event, phase, phase.login)
      const profile = profileOf(phase.login)
      if (isNamed(element, 'challenge', profile)) {
        checkServerFinal(textIn(element), phase.expected)
        return go(
          state,
          { at: 'proven', login: phase.login, isHashed: phase.isHashed },
          write(el('response', profile)),
        )
      }
      if (!isNamed(element, 'success', profile)) throw outOfTurn(phase)
      const said = phase.login.second ? childOf(element, 'additional-data', ns.sasl2) : element
      checkServerFinal(textIn(said), phase.expected)
      return signedIn(state, phase.login, element, isLast, { scram: true, downgradeHash: phase.isHashed })
    }
    case 'proven': {
      const { element, isLast } = saslIn(event, phase, phase.login)
      if (!isNamed(element, 'success', profileOf(phase.login))) throw outOfTurn(phase)
      return signedIn(state, phase.login, element, isLast, { scram: true, downgradeHash: phase.isHashed })
    }
    case 'plain': {
      const { element, isLast } = saslIn(event, phase, phase.login)
      if (!isNamed(element, 'success', profileOf(phase.login))) throw outOfTurn(phase)
      return signedIn(state, phase.login, element, isLast, { scram: false, downgradeHash: false })
    }
    case 'fast': {
      const { element, isLast } = elementIn(event, phase)
      // One token, one try: what is left is the password, on the same stream.
      if (isNamed(element, 'failure', ns.sasl2))
        return signIn({ ...state, token: null }, phase.login.features)
      if (!isNamed(element, 'success', ns.sasl2)) throw outOfTurn(phase)
      checkFastAnswer(dataIn(childOf(element, 'additional-data', ns.sasl2)), phase.expected)
      const token = { ...phase.token, count: phase.token.count + 1 }
      return signedIn({ ...state, token }, phase.login, element, isLast, {
        scram: false,
        downgradeHash: false,
      })
    }
    case 'second-header':
      headerIn(event, phase)
      return go(state, { at: 'second-features' })
    case 'second-features': {
      const features = featuresIn(event, phase)
      const { resume } = state.setup
      const next = { ...state, features }
      if (resume && state.refused === null && childOf(features, 'sm', ns.management))
        return go(
          next,
          { at: 'resume' },
          write(el('resume', ns.management, { h: String(resume.handled), previd: resume.id })),
        )
      // Nobody to go on with it any more.
      return bind(resume && state.refused === null ? { ...next, refused: { h: null } } : next)
    }
    case 'resume': {
      const { element } = elementIn(event, phase)
      if (isNamed(element, 'resumed', ns.management)) return resumed(state, element)
      if (!isNamed(element, 'failed', ns.management)) throw outOfTurn(phase)
      return bind({ ...state, refused: { h: countIn(element) } })
    }
    case 'bind': {
      const { element } = elementIn(event, phase)
      if (isStanza(element) && !isAnswer(element, 'bind')) return early(state, element)
      const bound = readBindResult(element, state.setup)
      const needsSession = childOf(state.features ?? undefined, 'session', ns.session)
      const next = { ...state, bound }
      // RFC 3921 §3, for servers that still want it and do not call it optional.
      if (needsSession && !childOf(needsSession, 'optional', ns.session))
        return go(
          next,
          { at: 'session' },
          write(el('iq', ns.client, { type: 'set', id: 'session' }, el('session', ns.session))),
        )
      return enable(next)
    }
    case 'session': {
      const { element } = elementIn(event, phase)
      if (!isStanza(element)) throw outOfTurn(phase)
      return isAnswer(element, 'session') ? enable(state) : early(state, element)
    }
    case 'enable': {
      const { element } = elementIn(event, phase)
      if (isStanza(element)) return early(state, element)
      if (isNamed(element, 'failed', ns.management)) return done(state)
      if (!isNamed(element, 'enabled', ns.management)) throw outOfTurn(phase)
      return done(state, element)
    }
    case 'done':
    case 'failed':
      return { state, actions: [] }
  }
}

/** The header of a stream (RFC 6120 §4.7). Whose stream it is, is said inside TLS alone. */
function opening({ setup: { local, domain } }: NegotiationState, isSecure: boolean): NegotiationAction {
  const quoted = (text: string) =>
    serialize(el('a', '', { v: text }), '').slice("<a v='".length, -"'/>".length)
  const from = isSecure ? ` from='${quoted(`${local}@${domain}`)}'` : ''
  return {
    kind: 'write',
    text: `<?xml version='1.0'?><stream:stream to='${quoted(domain)}'${from} version='1.0' xml:lang='en' xmlns='${ns.client}' xmlns:stream='${ns.streams}'>`,
  }
}

function signIn(state: NegotiationState, features: Element): Step {
  const { setup, pins } = state
  const binding: BindingOf = type => state.binding?.(type) ?? null
  const offer = offerIn(features)
  if (offer === null) throw new SiegelError('login-unsupported', { detail: 'no sign-in is offered' })
  const inline = inlineIn(features)
  const resume = setup.resume && { id: setup.resume.id, handled: setup.resume.handled }
  const second = (tokenFor: string | null, fastCount: number | null): SecondLogin | null =>
    offer.profile === 'sasl2' ? { inline, userAgentId: setup.userAgentId, resume, tokenFor, fastCount } : null
  const signing: NegotiationState = {
    ...state,
    features,
    // What a login without the answers of before proves is pinned only when it is through.
    pins,
  }
  const token = state.token === null ? null : setup.fast
  if (token && offer.profile === 'sasl2' && inline.fast.includes(token.mechanism)) {
    const login = fastLogin(token, setup.local, binding)
    if (login) {
      const with_ = second(null, token.count)
      return go(
        signing,
        { at: 'fast', login: { features, offer, second: with_ }, expected: login.expected, token },
        write(beginLogin(token.mechanism, login.message, with_)),
      )
    }
  }
  const choice = chooseMechanism(offer, pins, { binding, allowsPlain: setup.allowsPlain })
  if (choice.kind === 'plain') {
    const login = { features, offer, second: second(null, null) }
    const message = Buffer.from(`\0${setup.local}\0${setup.password}`, 'utf8')
    return go(signing, { at: 'plain', login }, write(beginLogin('PLAIN', message, login.second)))
  }
  const bound = choice.gs2.flag === 'p' ? choice.gs2.type : null
  const tokenFor = fastMechanismFor(inline.fast, binding, bound)
  const login = { features, offer, second: second(tokenFor, null) }
  const bare = clientFirstBare(setup.local, setup.nonce)
  return go(
    signing,
    { at: 'challenge', login, scram: { choice, bare, server: null } },
    write(beginLogin(choice.mechanism, Buffer.from(gs2Header(choice.gs2) + bare, 'utf8'), login.second)),
  )
}

function challenged(
  state: NegotiationState,
  phase: Phase & { at: 'challenge' | 'salting' },
  event: NegotiationEvent,
): Step {
  const { element } = refusedAsUnbound(phase, () => saslIn(event, phase, phase.login))
  // A success that proves nothing is no success.
  if (element.name === 'success') throw new SiegelError('login-downgraded', { reason: 'signature' })
  if (!isNamed(element, 'challenge', profileOf(phase.login))) throw outOfTurn(phase)
  const server = readServerFirst(textIn(element) ?? '', state.setup.nonce)
  // Before minutes are spent on the password.
  checkDowngradeHash(server.downgradeHash, phase.login.offer, phase.scram.choice)
  const { salt, iterations } = server
  return go(
    state,
    { at: 'salting', login: phase.login, scram: { ...phase.scram, server } },
    { kind: 'salt', hash: phase.scram.choice.hash, salt, iterations },
  )
}

/** `y` says that its bindings were not offered: a server that has them then knows that somebody took them away (RFC 5802 §6). */
function refusedAsUnbound<T>(phase: Phase & { at: 'challenge' | 'salting' }, work: () => T): T {
  try {
    return work()
  } catch (error) {
    const isNonsense = error instanceof SiegelError && error.code === 'protocol-violation'
    if (!isNonsense || phase.scram.choice.gs2.flag !== 'y') throw error
    throw new SiegelError('login-downgraded', { reason: 'bindings' }, { cause: error })
  }
}

/** The server let us in, and where the mechanism can tell, it is the right one. */
function signedIn(
  state: NegotiationState,
  login: Login,
  success: Element,
  isLast: boolean,
  seen: LoginPins,
): Step {
  const pins = {
    scram: state.pins.scram || seen.scram,
    downgradeHash: state.pins.downgradeHash || seen.downgradeHash,
  }
  const next: NegotiationState = { ...state, pins }
  if (login.second === null) {
    if (!isLast)
      throw new SiegelError('protocol-violation', { detail: 'stanzas before the stream was opened' })
    return go(next, { at: 'second-header' }, { kind: 'restart' }, opening(state, true))
  }
  const withToken = { ...next, token: tokenIn(success, login.second.tokenFor) ?? next.token }
  const resumedElement = childOf(success, 'resumed', ns.management)
  const boundElement = childOf(success, 'bound', ns.bind2)
  if (resumedElement && boundElement)
    throw new SiegelError('protocol-violation', { detail: 'bound and resumed at once' })
  if (resumedElement) return resumed(withToken, resumedElement)
  const refusedElement = childOf(success, 'failed', ns.management)
  const refused =
    state.setup.resume && login.second.inline.management
      ? { h: refusedElement ? countIn(refusedElement) : null }
      : null
  if (!boundElement) return go({ ...withToken, refused }, { at: 'second-features' })
  const identifier = textOf(childOf(success, 'authorization-identifier', ns.sasl2)).trim()
  const bound = boundIn(boundElement, identifier, state.setup)
  const enabled = childOf(boundElement, 'enabled', ns.management)
  const wasRefused = state.setup.resume ? (refused ?? { h: null }) : null
  return done(
    { ...withToken, bound: { ...bound, carbons: login.second.inline.carbons }, refused: wasRefused },
    enabled,
  )
}

function tokenIn(success: Element, mechanism: string | null): FastToken | undefined {
  const found = childOf(success, 'token', ns.fast)
  const token = attributeOf(found, 'token')
  const expiresAtMs = Date.parse(attributeOf(found, 'expiry') ?? '')
  if (mechanism === null || token === undefined || token.length > 1_000 || Number.isNaN(expiresAtMs))
    return undefined
  return { mechanism, token, expiresAtMs, count: 1 }
}

function bind(state: NegotiationState): Step {
  if (!childOf(state.features ?? undefined, 'bind', ns.bind))
    throw new SiegelError('protocol-violation', { detail: 'no resource can be bound' })
  const { resource } = state.setup
  return go(
    state,
    { at: 'bind' },
    write(
      el(
        'iq',
        ns.client,
        { type: 'set', id: 'bind' },
        el('bind', ns.bind, {}, el('resource', ns.bind, {}, resource)),
      ),
    ),
  )
}

function enable(state: NegotiationState): Step {
  if (!childOf(state.features ?? undefined, 'sm', ns.management)) return done(state)
  return go(state, { at: 'enable' }, write(el('enable', ns.management, { resume: 'true' })))
}

/** XEP-0198 §5: the stream before goes on, if the server speaks of the same and counts as we do. */
function resumed(state: NegotiationState, element: Element): Step {
  const { resume } = state.setup
  const h = countIn(element)
  if (!resume || attributeOf(element, 'previd') !== resume.id)
    throw new SiegelError('protocol-violation', { detail: 'another stream was resumed' })
  if (h === null || (h - resume.acked) >>> 0 > resume.queued) {
    const lost = failed(
      state,
      new SiegelError('protocol-violation', {
        detail: `it has ${h ?? 'nothing'} of ${resume.acked} + ${resume.queued}`,
      }),
      null,
    )
    return { ...lost, actions: [{ kind: 'forget-resume' }, ...lost.actions] }
  }
  return finish(state, { resumed: { h }, jid: '', management: null, carbons: false, archiveEdge: null })
}

function done(state: NegotiationState, enabled?: Element): Step {
  const { bound } = state
  if (!bound) throw new Error('nothing was bound')
  return finish(state, { ...bound, resumed: null, management: enabled ? managementIn(enabled) : null })
}

function finish(
  state: NegotiationState,
  result: Pick<Negotiated, 'jid' | 'resumed' | 'management' | 'carbons' | 'archiveEdge'>,
): Step {
  const features = state.features ?? undefined
  const limit = Number(
    textOf(childOf(childOf(features, 'limits', ns.streamLimits), 'max-bytes', ns.streamLimits)),
  )
  const bound: Negotiated = {
    ...result,
    refused: result.resumed ? null : state.refused,
    offers: new Set(childrenOf(features).map(({ namespace }) => namespace)),
    maxStanzaBytes: Number.isSafeInteger(limit) && limit >= 10_000 ? limit : usualStanzaBytes,
    ...{ pins: state.pins, token: state.token, early: state.early },
  }
  return go(state, { at: 'done' }, { kind: 'bound', bound })
}

function early(state: NegotiationState, element: Element): Step {
  if (state.early.length >= mostEarly)
    throw new SiegelError('protocol-violation', { detail: 'a flood before the stream is ready' })
  return go({ ...state, early: [...state.early, element] }, state.phase)
}

const managementIn = (enabled: Element): Management => ({
  id: ['true', '1'].includes(attributeOf(enabled, 'resume') ?? '')
    ? (attributeOf(enabled, 'id') ?? null)
    : null,
  maxSeconds: Number(attributeOf(enabled, 'max')) || null,
})

/** A count of stanzas (XEP-0198 §4), null for what is none. */
function countIn(element: Element): number | null {
  const text = attributeOf(element, 'h') ?? ''
  const count = /^\d{1,10}$/.test(text) ? Number(text) : Number.NaN
  return count <= 0xffff_ffff ? count : null
}

const profileOf = ({ second }: Login): string => (second ? ns.sasl2 : ns.sasl)

const isStanza = ({ namespace, name }: Element): boolean =>
  namespace === ns.client && ['message', 'presence', 'iq'].includes(name)

const isAnswer = (element: Element, id: string): boolean =>
  element.name === 'iq' &&
  attributeOf(element, 'id') === id &&
  ['result', 'error'].includes(attributeOf(element, 'type') ?? '')

function textIn(element: Element | undefined): string | null {
  const data = dataIn(element)
  return data === null ? null : Buffer.from(data).toString('utf8')
}

function headerIn(event: NegotiationEvent, phase: Phase): void {
  if (event.kind !== 'part' || event.part.kind !== 'header') throw outOfTurn(phase)
  // Before 1.0 there were neither features nor SASL.
  if (!/^1\.\d+$/.test(event.part.attributes.get('version') ?? ''))
    throw new SiegelError('protocol-violation', { detail: 'not version 1.0 of the protocol' })
}

function elementIn(event: NegotiationEvent, phase: Phase): { element: Element; isLast: boolean } {
  if (event.kind !== 'part' || event.part.kind !== 'element') throw outOfTurn(phase)
  return event.part
}

/** What the server says while we sign in; its refusal is thrown. */
function saslIn(event: NegotiationEvent, phase: Phase, login: Login): { element: Element; isLast: boolean } {
  const found = elementIn(event, phase)
  if (isNamed(found.element, 'failure', profileOf(login))) throw readSaslFailure(found.element)
  // A second factor, or a task before we are let in (XEP-0388 §2.6.3).
  if (isNamed(found.element, 'continue', ns.sasl2))
    throw new SiegelError('login-unsupported', { detail: 'the server asks for more than a password' })
  return found
}

function featuresIn(event: NegotiationEvent, phase: Phase): Element {
  const { element } = elementIn(event, phase)
  if (!isNamed(element, 'features', ns.streams)) throw outOfTurn(phase)
  return element
}

const outOfTurn = ({ at }: Phase) => new SiegelError('protocol-violation', { detail: `unexpected at ${at}` })
