import { createHash, createHmac, pbkdf2Sync } from 'node:crypto'
import {
  attributeOf,
  childOf,
  childrenOf,
  type Element,
  textOf,
} from '../../../electron/engine/ports/chat/element'
import { downgradeHash } from '../../../electron/engine/xmpp/sasl/mechanisms'
import { StreamParser } from '../../../electron/engine/xmpp/xml/stream-parser'

/** Where in its part of the conversation a server is; what it says there can be replaced. */
export type Stage =
  | 'header'
  | 'clear-features'
  | 'proceed'
  | 'features'
  | 'challenge'
  | 'success'
  | 'second-features'
  | 'resumed'
  | 'bound'
  | 'enabled'
  | 'answer'
  | 'ack'

export type ServerScript = Readonly<{
  profile?: 'sasl' | 'sasl2'
  mechanisms?: readonly string[]
  bindingTypes?: readonly string[] | null
  /** XEP-0474: says what it offers, hashed; text: says this instead. */
  hash?: boolean | string
  hasFast?: boolean
  hasManagement?: boolean
  password?: string
  iterations?: number
  /** Whether it begins in clear. */
  isClear?: boolean
  /** What is said at a stage in the place of the usual; null: nothing. */
  alter?: (stage: Stage, usual: string, asked: Element | null) => string | null
  /** The binding of the connection, by type. */
  binding?: (type: string) => Buffer | null
}>

/** What a server keeps over connections. */
export type ServerMemory = {
  tokens: Map<string, string>
  streams: Map<string, { received: number; out: string[]; acked: number }>
  /** Names of elements that clients sent, in their order; `iq` with what is in it. */
  heard: string[]
  userAgents: string[]
  messages: string[]
}
export const newMemory = (): ServerMemory => ({
  ...{ tokens: new Map(), streams: new Map(), heard: [], userAgents: [], messages: [] },
})

const header =
  "<?xml version='1.0'?><stream:stream from='rig.test' id='s' version='1.0' xmlns='jabber:client' xmlns:stream='http://etherx.jabber.org/streams'>"
const encode = (data: string | Uint8Array) => Buffer.from(data).toString('base64')
const saslSpace = { sasl: 'urn:ietf:params:xml:ns:xmpp-sasl', sasl2: 'urn:xmpp:sasl:2' } as const
const sm = 'urn:xmpp:sm:3'

/**
 * The server's half of one connection, for alice@rig.test: what it answers to what came. It does what XEP-0388, 0386, 0484, 0474 and 0198
 * ask of a server, as far as a client can notice, unless the script says otherwise.
 */
export class XmppServerSide {
  readonly #script: ServerScript
  readonly #memory: ServerMemory
  #parser = new StreamParser()
  #isSecure: boolean
  #isSignedIn = false
  #scram: { first: string; bare: string; server: string; hash: 'sha1' | 'sha256'; asked: Element } | null =
    null
  #stream: string | null = null
  #counting = false

  constructor(script: ServerScript, memory: ServerMemory) {
    this.#script = script
    this.#memory = memory
    this.#isSecure = script.isClear !== true
  }

  /** TLS was begun: another stream. */
  secured(): void {
    this.#isSecure = true
    this.#parser = new StreamParser()
  }

  /** Id of the stream that is managed now. */
  get stream(): string | null {
    return this.#stream
  }

  /** What is said to these bytes. `startTls`: TLS begins after it. */
  take(bytes: Uint8Array): { text: string; startTls: boolean } {
    let text = ''
    let startTls = false
    for (const part of this.#parser.feed(bytes)) {
      if (part.kind === 'header') text += this.#say('header', header) + this.#features()
      else if (part.kind === 'element') {
        const { element } = part
        this.#memory.heard.push(
          element.name === 'iq' ? `iq:${childrenOf(element)[0]?.name ?? ''}` : element.name,
        )
        if (element.name === 'starttls') {
          text += this.#say('proceed', "<proceed xmlns='urn:ietf:params:xml:ns:xmpp-tls'/>")
          startTls = true
        } else text += this.#answer(element)
      } else {
        this.#memory.heard.push('end')
        text += '</stream:stream>'
      }
    }
    return { text, startTls }
  }

  /** A stanza of the server's own, counted and kept until it is acknowledged. */
  push(stanza: string): string {
    const kept = this.#stream === null ? undefined : this.#memory.streams.get(this.#stream)
    kept?.out.push(stanza)
    return stanza
  }

  #say(stage: Stage, usual: string, asked: Element | null = null): string {
    return this.#script.alter ? (this.#script.alter(stage, usual, asked) ?? '') : usual
  }

  #offer() {
    const { mechanisms = ['SCRAM-SHA-1', 'SCRAM-SHA-256', 'PLAIN'], bindingTypes = null } = this.#script
    return { profile: this.#script.profile ?? 'sasl', mechanisms, bindingTypes } as const
  }

  #features(): string {
    const wrapped = (stage: Stage, inside: string) =>
      this.#say(stage, `<stream:features>${inside}</stream:features>`)
    if (!this.#isSecure)
      return wrapped(
        'clear-features',
        "<starttls xmlns='urn:ietf:params:xml:ns:xmpp-tls'><required/></starttls>",
      )
    const managed = this.#script.hasManagement === false ? '' : `<sm xmlns='${sm}'/>`
    if (this.#isSignedIn)
      return wrapped('second-features', `<bind xmlns='urn:ietf:params:xml:ns:xmpp-bind'/>${managed}`)
    const { profile, mechanisms, bindingTypes } = this.#offer()
    const names = mechanisms.map(name => `<mechanism>${name}</mechanism>`).join('')
    const types = bindingTypes
      ? `<sasl-channel-binding xmlns='urn:xmpp:sasl-cb:0'>${bindingTypes.map(type => `<channel-binding type='${type}'/>`).join('')}</sasl-channel-binding>`
      : ''
    const fast = this.#script.hasFast
      ? "<fast xmlns='urn:xmpp:fast:0'><mechanism>HT-SHA-256-EXPR</mechanism></fast>"
      : ''
    return wrapped(
      'features',
      profile === 'sasl'
        ? `<mechanisms xmlns='${saslSpace.sasl}'>${names}</mechanisms>${types}`
        : `<authentication xmlns='${saslSpace.sasl2}'>${names}<inline>${managed}${fast}<bind xmlns='urn:xmpp:bind:0'><inline><feature var='urn:xmpp:carbons:2'/><feature var='${sm}'/></inline></bind></inline></authentication>${types}`,
    )
  }

  #answer(element: Element): string {
    const space = saslSpace[this.#offer().profile]
    if (element.name === 'auth' || element.name === 'authenticate') return this.#begin(element)
    if (element.name === 'response' && this.#scram) {
      const { hash, bare, server, first, asked } = this.#scram
      const text = Buffer.from(textOf(element), 'base64').toString()
      const without = text.slice(0, text.lastIndexOf(',p='))
      const { password = 'alice-pw', iterations = 4096 } = this.#script
      const [, salt = ''] = /,s=([^,]+)/.exec(server) ?? []
      const salted = pbkdf2Sync(
        password,
        Buffer.from(salt, 'base64'),
        iterations,
        hash === 'sha1' ? 20 : 32,
        hash,
      )
      const hmac = (key: Uint8Array, data: string) => createHmac(hash, key).update(data).digest()
      const message = `${bare},${server},${without}`
      const clientKey = hmac(salted, 'Client Key')
      const signature = hmac(createHash(hash).update(clientKey).digest(), message)
      const proof = Buffer.from(clientKey.map((byte, at) => byte ^ (signature[at] ?? 0))).toString('base64')
      const gs2 = first.slice(0, first.indexOf(',,') + 2)
      const [, type] = /^p=([^,]+)/.exec(gs2) ?? []
      const bound = Buffer.concat([
        Buffer.from(gs2),
        type === undefined ? Buffer.alloc(0) : (this.#script.binding?.(type) ?? Buffer.from('none')),
      ])
      if (text !== `${without},p=${proof}` || !without.startsWith(`c=${encode(bound)},`))
        return `<failure xmlns='${space}'><not-authorized xmlns='${saslSpace.sasl}'/></failure>`
      return this.#success(encode(`v=${hmac(hmac(salted, 'Server Key'), message).toString('base64')}`), asked)
    }
    if (element.namespace === sm) return this.#managed(element)
    return this.#stanza(element)
  }

  #begin(element: Element): string {
    const { profile } = this.#offer()
    const space = saslSpace[profile]
    const mechanism = attributeOf(element, 'mechanism') ?? ''
    this.#memory.userAgents.push(
      ...childrenOf(element, space, 'user-agent').flatMap(each => attributeOf(each, 'id') ?? []),
    )
    const initial = Buffer.from(
      profile === 'sasl' ? textOf(element) : textOf(childOf(element, 'initial-response', space)),
      'base64',
    )
    const refusal = `<failure xmlns='${space}'><not-authorized xmlns='${saslSpace.sasl}'/></failure>`
    if (mechanism === 'PLAIN')
      return initial.toString() === `\0alice\0${this.#script.password ?? 'alice-pw'}`
        ? this.#success('', element)
        : refusal
    if (mechanism.startsWith('HT-')) {
      const token = this.#memory.tokens.get('alice')
      const data = this.#script.binding?.('tls-exporter') ?? Buffer.from('none')
      const mac = (role: string) =>
        createHmac('sha256', token ?? '')
          .update(role)
          .update(data)
          .digest()
      const isRight =
        token !== undefined && initial.equals(Buffer.concat([Buffer.from('alice\0'), mac('Initiator')]))
      return isRight ? this.#success(encode(mac('Responder')), element) : refusal
    }
    const first = initial.toString()
    const bare = first.slice(first.indexOf(',,') + 2)
    const hash = mechanism.includes('256') ? 'sha256' : 'sha1'
    const said = this.#script.hash === true ? downgradeHash(this.#offer(), hash) : this.#script.hash
    const server = `${bare.slice(bare.indexOf('r='))}server,s=${encode('salted salt')},i=${this.#script.iterations ?? 4096}${said ? `,h=${said}` : ''}`
    this.#scram = { first, bare, server, hash, asked: element }
    return this.#say('challenge', `<challenge xmlns='${space}'>${encode(server)}</challenge>`)
  }

  #success(data: string, asked: Element): string {
    this.#isSignedIn = true
    if (this.#offer().profile === 'sasl') {
      this.#parser = new StreamParser()
      return this.#say('success', `<success xmlns='${saslSpace.sasl}'>${data}</success>`, asked)
    }
    const resume = childOf(asked, 'resume', sm)
    const bind = childOf(asked, 'bind', 'urn:xmpp:bind:0')
    const isToken = childOf(asked, 'request-token', 'urn:xmpp:fast:0') !== undefined
    if (isToken) this.#memory.tokens.set('alice', 'secret-token')
    const token = isToken
      ? "<token xmlns='urn:xmpp:fast:0' token='secret-token' expiry='2099-01-01T00:00:00Z'/>"
      : ''
    const back = resume ? this.#resume(resume) : null
    const bound =
      bind && back === null
        ? `<bound xmlns='urn:xmpp:bind:0'><metadata xmlns='urn:xmpp:mam:2'><start id='a' timestamp='2026-01-01T00:00:00Z'/><end id='edge' timestamp='2026-01-02T00:00:00Z'/></metadata>${childOf(bind, 'enable', sm) ? this.#enable() : ''}</bound>`
        : ''
    const said = this.#say(
      'success',
      `<success xmlns='${saslSpace.sasl2}'><additional-data>${data}</additional-data><authorization-identifier>alice@rig.test/x1</authorization-identifier>${token}${back?.element ?? (resume ? `<failed xmlns='${sm}'/>` : '')}${bound}</success>`,
      asked,
    )
    return `${said}${back ? back.rest : bound ? '' : this.#features()}`
  }

  #managed(element: Element): string {
    const kept = this.#stream === null ? undefined : this.#memory.streams.get(this.#stream)
    if (element.name === 'enable') return this.#say('enabled', this.#enable())
    if (element.name === 'r')
      return this.#say('ack', `<a xmlns='${sm}' h='${(kept?.received ?? 0) % 2 ** 32}'/>`)
    if (element.name === 'a' && kept) kept.acked = Number(attributeOf(element, 'h'))
    if (element.name !== 'resume') return ''
    const back = this.#resume(element)
    return back === null
      ? `<failed xmlns='${sm}'><item-not-found xmlns='urn:ietf:params:xml:ns:xmpp-stanzas'/></failed>`
      : back.element + back.rest
  }

  #enable(): string {
    this.#stream = `stream-${this.#memory.streams.size + 1}`
    this.#counting = true
    this.#memory.streams.set(this.#stream, { received: 0, out: [], acked: 0 })
    return `<enabled xmlns='${sm}' resume='true' id='${this.#stream}' max='300'/>`
  }

  #resume(element: Element): { element: string; rest: string } | null {
    const id = attributeOf(element, 'previd') ?? ''
    const kept = this.#memory.streams.get(id)
    if (!kept) return null
    this.#stream = id
    this.#counting = true
    return {
      element: this.#say(
        'resumed',
        `<resumed xmlns='${sm}' previd='${id}' h='${kept.received % 2 ** 32}'/>`,
        element,
      ),
      rest: kept.out.slice(Number(attributeOf(element, 'h'))).join(''),
    }
  }

  #stanza(element: Element): string {
    const kept = this.#stream === null ? undefined : this.#memory.streams.get(this.#stream)
    if (kept && this.#counting) kept.received += 1
    if (element.name === 'message') this.#memory.messages.push(attributeOf(element, 'id') ?? '')
    if (element.name !== 'iq' || !['get', 'set'].includes(attributeOf(element, 'type') ?? '')) return ''
    const id = attributeOf(element, 'id') ?? ''
    if (childOf(element, 'bind', 'urn:ietf:params:xml:ns:xmpp-bind')) {
      return this.#say(
        'bound',
        `<iq type='result' id='${id}'><bind xmlns='urn:ietf:params:xml:ns:xmpp-bind'><jid>alice@rig.test/x1</jid></bind></iq>`,
        element,
      )
    }
    const to = attributeOf(element, 'to')
    const query = childrenOf(element)[0]
    const inside =
      query?.namespace === 'http://jabber.org/protocol/disco#info'
        ? "<query xmlns='http://jabber.org/protocol/disco#info'><feature var='urn:xmpp:mam:2'/></query>"
        : ''
    return this.#say(
      'answer',
      this.push(`<iq type='result' id='${id}'${to === undefined ? '' : ` from='${to}'`}>${inside}</iq>`),
      element,
    )
  }
}
