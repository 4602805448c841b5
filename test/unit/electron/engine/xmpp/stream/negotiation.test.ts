import { pbkdf2Sync } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  beginNegotiation,
  type Negotiated,
  type NegotiationAction,
  type NegotiationEvent,
  type NegotiationSetup,
  type NegotiationState,
  negotiate,
} from '../../../../../../electron/engine/xmpp/stream/negotiation'
import { StreamParser } from '../../../../../../electron/engine/xmpp/xml/stream-parser'
import {
  newMemory,
  type ServerMemory,
  type ServerScript,
  type Stage,
  XmppServerSide,
} from '../../../../../wire/support/xmpp-server-side'

const bindings = (type: string) =>
  ['tls-exporter', 'tls-server-end-point'].includes(type) ? Buffer.from(`bytes of ${type}`) : null
const setup: NegotiationSetup = {
  ...{ local: 'alice', domain: 'rig.test', password: 'alice-pw', security: 'tls', allowsPlain: false },
  ...{ pins: { scram: false, downgradeHash: false }, userAgentId: 'uuid', resource: 'r', nonce: 'nonce' },
  ...{ fast: null, resume: null },
}
const sasl2: ServerScript = {
  profile: 'sasl2',
  mechanisms: ['SCRAM-SHA-256', 'SCRAM-SHA-256-PLUS'],
  bindingTypes: ['tls-exporter'],
  hash: true,
}

type Outcome = {
  bound: Negotiated | null
  code: string | null
  reason: unknown
  written: string[]
  forgets: boolean
  otherHost: string | null
}

/** Both halves, without a socket between them. */
function talk(
  script: ServerScript,
  change: Partial<NegotiationSetup> = {},
  memory: ServerMemory = newMemory(),
): Outcome {
  const own = { ...setup, ...change }
  const server = new XmppServerSide(
    { binding: bindings, isClear: own.security === 'starttls', ...script },
    memory,
  )
  let parser = new StreamParser()
  let state = beginNegotiation(own)
  const outcome: Outcome = {
    bound: null,
    code: null,
    reason: null,
    written: [],
    forgets: false,
    otherHost: null,
  }
  const events: NegotiationEvent[] = [
    { kind: 'connected', binding: own.security === 'tls' ? bindings : null },
  ]
  const act = (action: NegotiationAction): void => {
    switch (action.kind) {
      case 'write': {
        outcome.written.push(action.text)
        const { text } = server.take(Buffer.from(action.text))
        try {
          for (const part of parser.feed(Buffer.from(text))) events.push({ kind: 'part', part })
        } catch {
          events.push({ kind: 'closed' })
        }
        return
      }
      case 'restart':
        parser = new StreamParser()
        return
      case 'upgrade':
        server.secured()
        events.push({ kind: 'secured', binding: bindings })
        return
      case 'salt': {
        const { salt, iterations, hash } = action
        events.push({
          kind: 'salted',
          key: pbkdf2Sync(own.password, salt, iterations, hash === 'sha1' ? 20 : 32, hash),
        })
        return
      }
      case 'forget-resume':
        outcome.forgets = true
        return
      case 'bound':
        outcome.bound = action.bound
        return
      case 'fail':
        outcome.code = action.error.code
        outcome.reason = action.error.params['reason'] ?? action.error.params['detail']
        outcome.otherHost = action.otherHost
    }
  }
  for (let turn = 0; turn < 100; turn++) {
    const event = events.shift() ?? { kind: 'closed' as const }
    const step = negotiate(state, event)
    state = step.state
    for (const action of step.actions) act(action)
    if (outcome.bound || outcome.code) return outcome
  }
  throw new Error('it never ends')
}

const alterAt =
  (stage: Stage, text: string | ((usual: string) => string)): NonNullable<ServerScript['alter']> =>
  (at, usual) =>
    at === stage ? (typeof text === 'string' ? text : text(usual)) : usual

describe('signing in', () => {
  it.each([
    ['by the first profile', {}],
    ['with STARTTLS', {}, { security: 'starttls' as const }],
    ['bound', { mechanisms: ['SCRAM-SHA-1-PLUS', 'SCRAM-SHA-1'], bindingTypes: ['tls-exporter'] }],
    ['with the server’s word in a challenge of its own', { alter: alterAt('success', usual => usual) }],
    ['with a proved list', { hash: true }],
    ['by the second profile, bound at once', sasl2],
    ['without stream management', { hasManagement: false }],
  ] as [string, ServerScript, Partial<NegotiationSetup>?][])('%s', (_name, script, change) => {
    const { bound, code, reason } = talk(script, change)
    expect({ code, reason }).toEqual({ code: null, reason: null })
    expect(bound?.jid).toBe('alice@rig.test/x1')
    expect(bound?.pins).toEqual({ scram: true, downgradeHash: script.hash === true })
    expect(bound?.management?.id ?? null).toBe(script.hasManagement === false ? null : 'stream-1')
  })

  it('says in clear neither who we are nor anything else than that TLS is wanted', () => {
    const { written } = talk({}, { security: 'starttls' })
    const clear = written.slice(0, 2).join('')
    expect(clear).not.toContain('alice')
    expect(clear).toMatch(
      /^<\?xml version='1.0'\?><stream:stream to='rig.test' version='1.0' xml:lang='en' [^>]*><starttls /,
    )
    // Only inside TLS.
    expect(written.slice(2).join('')).toContain("from='alice@rig.test'")
  })

  it('tells the server nothing of program and machine', () => {
    const text = talk(sasl2).written.join('')
    expect(text).toContain("<user-agent id='uuid'/>")
    expect(text).not.toMatch(/<tag|software|device|siegel/i)
  })

  it('knows the edge of the archive and what is done already from bind2', () => {
    const { bound } = talk(sasl2)
    expect(bound).toMatchObject({ archiveEdge: 'edge', carbons: true, resumed: null })
  })

  it('gets a token, signs in by it, and by the password when it is refused', () => {
    const memory = newMemory()
    const script = { ...sasl2, hasFast: true }
    const { token } = talk(script, {}, memory).bound ?? {}
    expect(token).toMatchObject({ mechanism: 'HT-SHA-256-EXPR', token: 'secret-token', count: 1 })
    const again = talk(script, { fast: token ?? null, password: 'unknown' }, memory)
    expect(again.bound?.token).toMatchObject({ count: 2 })
    expect(again.written.join('')).not.toContain('SCRAM')
    memory.tokens.clear()
    const other = talk(script, { fast: token ?? null }, memory)
    expect(other.bound?.token).toMatchObject({ count: 1 })
    expect(other.written.join('')).toContain('SCRAM')
  })

  it('a token is believed by both or by nobody', () => {
    const memory = newMemory()
    const script = { ...sasl2, hasFast: true }
    const { token } = talk(script, {}, memory).bound ?? {}
    const lying = {
      ...script,
      alter: alterAt('success', usual => usual.replace(/<additional-data>.*?<\/additional-data>/, '')),
    }
    expect(talk(lying, { fast: token ?? null }, memory)).toMatchObject({
      code: 'login-downgraded',
      bound: null,
    })
  })

  it('sends the password itself only where that was agreed, and nothing better was ever there', () => {
    const plain = { mechanisms: ['PLAIN'] }
    expect(talk(plain)).toMatchObject({ code: 'login-unsupported' })
    expect(talk(plain, { allowsPlain: true }).bound?.pins).toEqual({ scram: false, downgradeHash: false })
    const pinned = talk(plain, { allowsPlain: true, pins: { scram: true, downgradeHash: false } })
    expect(pinned).toMatchObject({ code: 'login-downgraded', bound: null })
    expect(pinned.written.join('')).not.toContain(Buffer.from('\0alice\0alice-pw').toString('base64'))
  })
})

describe('a stream that is taken up again', () => {
  const resume = { id: 'stream-1', handled: 7, acked: 2, queued: 3 }
  const memoryWith = (received: number): ServerMemory => {
    const memory = newMemory()
    memory.streams.set('stream-1', { received, out: [], acked: 0 })
    return memory
  }
  it.each([
    ['sasl', {}],
    ['sasl2', sasl2],
  ] as const)('goes on in %s where both count the same', (_name, script) => {
    for (const received of [2, 4, 5])
      expect(talk(script, { resume }, memoryWith(received)).bound?.resumed).toEqual({ h: received })
    const nearTheEnd = { ...resume, acked: 2 ** 32 - 1 }
    expect(talk(script, { resume: nearTheEnd }, memoryWith(2 ** 32 + 1)).bound?.resumed).toEqual({ h: 1 })
  })
  it.each([
    ['more than was ever sent', 6],
    ['less than it said before', 1],
  ])('is forgotten where the server claims %s', (_name, received) => {
    expect(talk({}, { resume }, memoryWith(received))).toMatchObject({
      code: 'protocol-violation',
      forgets: true,
    })
    expect(talk(sasl2, { resume }, memoryWith(received))).toMatchObject({
      code: 'protocol-violation',
      forgets: true,
    })
  })
  it.each([
    ['without a count', (usual: string) => usual.replace(/ h='\d+'/, ''), true],
    ['of somebody else', (usual: string) => usual.replace('stream-1', 'stream-9'), false],
  ])('%s is none', (_name, change, forgets) => {
    for (const script of [{}, sasl2])
      expect(talk({ ...script, alter: alterAt('resumed', change) }, { resume }, memoryWith(3))).toMatchObject(
        {
          ...{ code: 'protocol-violation', forgets },
        },
      )
  })
  it('that the server has forgotten begins anew, and says so', () => {
    for (const script of [{}, sasl2]) {
      const { bound } = talk(script, { resume })
      expect(bound).toMatchObject({ resumed: null, refused: { h: null }, jid: 'alice@rig.test/x1' })
    }
  })
  it('never is bound and resumed at once', () => {
    const both = alterAt('success', usual =>
      usual.replace('</success>', "<bound xmlns='urn:xmpp:bind:0'/></success>"),
    )
    expect(talk({ ...sasl2, alter: both }, { resume }, memoryWith(3))).toMatchObject({
      code: 'protocol-violation',
    })
  })
})

describe('a hostile server', () => {
  const success = "<success xmlns='urn:ietf:params:xml:ns:xmpp-sasl'/>"
  it.each([
    ['no STARTTLS', 'clear-features', '<stream:features/>', 'starttls-missing', { security: 'starttls' }],
    [
      'a login in clear',
      'clear-features',
      "<stream:features><mechanisms xmlns='urn:ietf:params:xml:ns:xmpp-sasl'><mechanism>SCRAM-SHA-1</mechanism></mechanisms></stream:features>",
      'starttls-missing',
      { security: 'starttls' },
    ],
    ['a success before TLS', 'clear-features', success, 'protocol-violation', { security: 'starttls' }],
    [
      'TLS that is refused',
      'proceed',
      "<failure xmlns='urn:ietf:params:xml:ns:xmpp-tls'/>",
      'starttls-missing',
      { security: 'starttls' },
    ],
    [
      'features behind proceed',
      'proceed',
      (usual: string) => `${usual}<stream:features/>`,
      'starttls-injection',
      { security: 'starttls' },
    ],
    [
      'half of something behind proceed',
      'proceed',
      (usual: string) => `${usual}<strea`,
      'starttls-injection',
      { security: 'starttls' },
    ],
    [
      'a stanza before the login',
      'features',
      "<message from='bob@rig.test'><body>hi</body></message>",
      'protocol-violation',
      {},
    ],
    ['features that offer nothing', 'features', '<stream:features/>', 'login-unsupported', {}],
    ['success at once', 'challenge', success, 'login-downgraded', {}],
    ['success without its proof', 'success', success, 'login-downgraded', {}],
    [
      'a proof that is wrong',
      'success',
      `<success xmlns='urn:ietf:params:xml:ns:xmpp-sasl'>${Buffer.from('v=AAAA').toString('base64')}</success>`,
      'login-downgraded',
      {},
    ],
    [
      'a nonce of its own',
      'challenge',
      `<challenge xmlns='urn:ietf:params:xml:ns:xmpp-sasl'>${Buffer.from('r=other,s=c2FsdA==,i=4096').toString('base64')}</challenge>`,
      'protocol-violation',
      {},
    ],
    [
      'a challenge that is not base64',
      'challenge',
      "<challenge xmlns='urn:ietf:params:xml:ns:xmpp-sasl'>&#33;</challenge>",
      'protocol-violation',
      {},
    ],
    [
      'stanzas right behind success',
      'success',
      (usual: string) => `${usual}<message/>`,
      'protocol-violation',
      {},
    ],
    [
      'somebody else’s address',
      'bound',
      "<iq type='result' id='bind'><bind xmlns='urn:ietf:params:xml:ns:xmpp-bind'><jid>eve@rig.test/x</jid></bind></iq>",
      'protocol-violation',
      {},
    ],
    [
      'an address without a resource',
      'bound',
      "<iq type='result' id='bind'><bind xmlns='urn:ietf:params:xml:ns:xmpp-bind'><jid>alice@rig.test</jid></bind></iq>",
      'protocol-violation',
      {},
    ],
    [
      'no address',
      'bound',
      "<iq type='error' id='bind'><error type='cancel'><not-allowed xmlns='urn:ietf:params:xml:ns:xmpp-stanzas'/></error></iq>",
      'server-refused',
      {},
    ],
    [
      'an old protocol',
      'header',
      (usual: string) => usual.replace(" version='1.0' xmlns", ' xmlns'),
      'protocol-violation',
      {},
    ],
    ['the end', 'features', '</stream:stream>', 'connection-lost', {}],
    [
      'host-unknown',
      'features',
      "<stream:error><host-unknown xmlns='urn:ietf:params:xml:ns:xmpp-streams'/></stream:error>",
      'stream-refused',
      {},
    ],
    [
      'a shutdown',
      'features',
      "<stream:error><system-shutdown xmlns='urn:ietf:params:xml:ns:xmpp-streams'/></stream:error>",
      'server-unavailable',
      {},
    ],
    [
      'account-disabled',
      'challenge',
      "<failure xmlns='urn:ietf:params:xml:ns:xmpp-sasl'><account-disabled/></failure>",
      'login-refused',
      {},
    ],
    [
      'not now',
      'challenge',
      "<failure xmlns='urn:ietf:params:xml:ns:xmpp-sasl'><temporary-auth-failure/></failure>",
      'server-unavailable',
      {},
    ],
  ] as [string, Stage, string | ((usual: string) => string), string, Partial<NegotiationSetup>][])(
    '%s: refused',
    (_name, stage, text, code, change) => {
      const outcome = talk({ alter: alterAt(stage, text) }, change)
      expect(outcome).toMatchObject({ bound: null, code })
    },
  )

  it.each([1, 4095, 1_000_001, 1_000_000_000])('%i rounds are not done', iterations => {
    expect(talk({ iterations })).toMatchObject({ code: 'protocol-violation', bound: null })
  })

  it('a list that was changed on its way is noticed, and one that is no longer proved', () => {
    expect(talk({ hash: 'AAAA' })).toMatchObject({ code: 'login-downgraded', reason: 'hash' })
    expect(talk({}, { pins: { scram: true, downgradeHash: true } })).toMatchObject({ reason: 'hash-missing' })
    const taken = alterAt('features', usual => usual.replace('<mechanism>SCRAM-SHA-256</mechanism>', ''))
    expect(talk({ hash: true, alter: taken })).toMatchObject({ code: 'login-downgraded', reason: 'hash' })
  })

  it('another connection than ours is noticed by what the login is bound to', () => {
    const other = { ...sasl2, binding: () => Buffer.from('another') }
    expect(talk(other)).toMatchObject({ code: 'login-refused', bound: null })
  })

  it('sends nobody elsewhere before the login, and says where to after it', () => {
    const away =
      "<stream:error><see-other-host xmlns='urn:ietf:params:xml:ns:xmpp-streams'>127.0.0.1</see-other-host></stream:error>"
    expect(talk({ alter: alterAt('features', away) })).toMatchObject({ otherHost: null, bound: null })
    expect(talk({ alter: alterAt('challenge', away) })).toMatchObject({ otherHost: null, bound: null })
    expect(talk({ alter: alterAt('second-features', away) })).toMatchObject({
      otherHost: '127.0.0.1',
      bound: null,
    })
  })

  it('asks for a second factor in vain', () => {
    const more = alterAt(
      'success',
      "<continue xmlns='urn:xmpp:sasl:2'><tasks><task>TOTP</task></tasks></continue>",
    )
    expect(talk({ ...sasl2, alter: more })).toMatchObject({ code: 'login-unsupported' })
  })

  it('whatever it says in whatever order: bound only with its proof, nothing secret in clear, and silent after the end', () => {
    const pieces = [
      "<stream:features><starttls xmlns='urn:ietf:params:xml:ns:xmpp-tls'/><mechanisms xmlns='urn:ietf:params:xml:ns:xmpp-sasl'><mechanism>SCRAM-SHA-1</mechanism><mechanism>PLAIN</mechanism></mechanisms><bind xmlns='urn:ietf:params:xml:ns:xmpp-bind'/></stream:features>",
      "<stream:features><authentication xmlns='urn:xmpp:sasl:2'><mechanism>SCRAM-SHA-1</mechanism><inline><bind xmlns='urn:xmpp:bind:0'/></inline></authentication></stream:features>",
      "<proceed xmlns='urn:ietf:params:xml:ns:xmpp-tls'/>",
      `<challenge xmlns='urn:ietf:params:xml:ns:xmpp-sasl'>${Buffer.from('r=noncex,s=c2FsdA==,i=4096').toString('base64')}</challenge>`,
      `<challenge xmlns='urn:xmpp:sasl:2'>${Buffer.from('r=noncex,s=c2FsdA==,i=4096').toString('base64')}</challenge>`,
      `<challenge xmlns='urn:ietf:params:xml:ns:xmpp-sasl'>${Buffer.from('v=AAAA').toString('base64')}</challenge>`,
      success,
      "<success xmlns='urn:xmpp:sasl:2'><authorization-identifier>alice@rig.test/x</authorization-identifier><bound xmlns='urn:xmpp:bind:0'/></success>",
      "<resumed xmlns='urn:xmpp:sm:3' previd='stream-1' h='3'/>",
      "<enabled xmlns='urn:xmpp:sm:3' id='i' resume='true'/>",
      "<iq type='result' id='bind'><bind xmlns='urn:ietf:params:xml:ns:xmpp-bind'><jid>alice@rig.test/x</jid></bind></iq>",
      "<message from='alice@rig.test'/>",
      "<failure xmlns='urn:ietf:params:xml:ns:xmpp-sasl'><not-authorized/></failure>",
      "<stream:error><conflict xmlns='urn:ietf:params:xml:ns:xmpp-streams'/></stream:error>",
    ]
    const root =
      "<stream:stream version='1.0' xmlns='jabber:client' xmlns:stream='http://etherx.jabber.org/streams'>"
    const partOf = (text: string): NegotiationEvent[] =>
      new StreamParser()
        .feed(Buffer.from(root + text))
        .slice(1)
        .map(part => ({ kind: 'part', part }))
    const headerEvent = new StreamParser().feed(Buffer.from(root))[0]
    if (!headerEvent) throw new Error('no header')
    const events: NegotiationEvent[] = [
      ...pieces.flatMap(partOf),
      { kind: 'part', part: headerEvent },
      { kind: 'secured', binding: bindings },
      { kind: 'salted', key: Buffer.alloc(20, 1) },
      { kind: 'closed' },
      { kind: 'connected', binding: null },
      { kind: 'connected', binding: bindings },
    ]
    const secret = Buffer.from('\0alice\0alice-pw').toString('base64')
    fc.assert(
      fc.property(
        fc.constantFrom('tls' as const, 'starttls' as const),
        fc.array(fc.constantFrom(...events), { maxLength: 25 }),
        fc.boolean(),
        (security, order, resumes) => {
          let state: NegotiationState = beginNegotiation({
            ...{ ...setup, security },
            resume: resumes ? { id: 'stream-1', handled: 0, acked: 0, queued: 5 } : null,
          })
          let isOver = false
          let isSecure = security === 'tls'
          const opened: NegotiationEvent = {
            kind: 'connected',
            binding: security === 'tls' ? bindings : null,
          }
          for (const event of [opened, ...order]) {
            const { state: next, actions } = negotiate(state, event)
            if (isOver) expect(actions).toEqual([])
            if (event.kind === 'secured' && state.phase.at === 'handshake') isSecure = true
            state = next
            for (const action of actions) {
              expect(action.kind).not.toBe('bound')
              if (action.kind === 'fail') isOver = true
              if (action.kind !== 'write') continue
              expect(action.text).not.toContain(secret)
              if (!isSecure)
                expect(action.text).toMatch(
                  /^(<\?xml version='1.0'\?><stream:stream to='rig.test' version|<starttls )/,
                )
            }
          }
        },
      ),
      { numRuns: 3_000 },
    )
  })
})
