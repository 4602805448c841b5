import type { AccountId } from '../../../../shared/kit/ids'
import { isSameJid, parseJid } from '../../../../shared/kit/jid'
import { SiegelError, toFailure } from '../../../../shared/kit/result'
import type { Clock, Log, Random } from '../../ports/basics'
import { attributeOf, childOf, childrenOf, type Element, el } from '../../ports/chat/element'
import { serialize } from '../../ports/chat/serialize'
import type { StreamStore } from '../../ports/chat/stream-store'
import type { Bound, IqOptions, XmppHandler, XmppSession, XmppState } from '../../ports/chat/xmpp-session'
import { ns } from '../namespaces'
import type { Negotiated } from '../stream/negotiation'
import { ackedWith, HandledCount, wrapped } from './counter'
import { IqTable, refuse } from './iq-table'
import { Pulse } from './pulse'

/** Stanzas that wait to be taken in; then the server waits. */
const mostInbox = 500
const inboxAgain = 100
/** The server keeps what was not acknowledged, and ends the stream of who keeps too much waiting. */
const ackAfter = 50
/** How many stanzas are counted ahead in the store, so that not each of them is a write. */
const promiseAhead = 200
const iqTimeoutMs = 60_000
/** Answers to requests of others, in each ten seconds. */
const mostAnswers = 50
const answerWindowMs = 10_000
/** A message after which the stream broke this often is what breaks it. */
const mostTries = 3

/** What a stream is written to. */
export type Wire = Readonly<{
  write(text: string | Uint8Array): void
  pause(): void
  resume(): void
  /** Says goodbye, and ends the stream when that is written. */
  finish(): void
  /** Ends the stream for this reason. */
  fail(error: SiegelError): void
  /** Through a proxy everything takes longer. */
  isSlow: boolean
}>

type Deps = Readonly<{
  accountId: AccountId
  bareJid: string
  store: StreamStore
  clock: Clock
  random: Random
  log: Log
  handler: () => XmppHandler
  /** Told of every change of state. */
  onState: (state: XmppState) => void
  /** Told when a stream is bound, after the handler was. */
  onBound: () => void
}>

/** What there is only while a stream is. */
type Live = {
  readonly wire: Wire
  readonly negotiated: Negotiated
  readonly iq: IqTable
  readonly counted: HandledCount | null
  readonly pulse: Pulse
  bound: Bound | null
  sent: number
  acked: number
  promised: number
  /** Of `counted`, what the store and the server know. */
  stored: number
  told: number
}

/** The session of one account, over all its streams (RFC 6120, XEP-0198). */
export class Session implements XmppSession {
  readonly accountId: AccountId
  readonly bareJid: string
  readonly #deps: Deps
  #live: Live | null = null
  #state: XmppState = { kind: 'offline' }
  #features: Bound['features'] | null = null
  #isActive = true
  readonly #inbox: { element: Element; number: number | null }[] = []
  #isDraining = false
  #isPaused = false
  #answers = { sinceMs: 0, count: 0 }

  constructor(deps: Deps) {
    this.#deps = deps
    this.accountId = deps.accountId
    this.bareJid = deps.bareJid
  }

  state = (): XmppState => this.#state
  bound = (): Bound | null => this.#live?.bound ?? null

  setState(state: XmppState): void {
    this.#state = state
    this.#deps.onState(state)
    this.#deps.handler().state(this, state)
  }

  send(stanza: Uint8Array, { id }: Readonly<{ id: string }>): boolean {
    const live = this.#live
    if (!live?.bound) return false
    const limitBytes = live.negotiated.maxStanzaBytes
    if (stanza.length > limitBytes)
      throw new SiegelError('too-large', { limitBytes, sizeBytes: stanza.length })
    const { store } = this.#deps
    const isNew = store.transaction(() => {
      if (!store.push(this.accountId, { id, counter: wrapped(live.sent + 1), stanza })) return false
      this.#count(live)
      return true
    })
    if (!isNew) return true
    live.wire.write(stanza)
    this.#askForAck(live)
    return true
  }

  unacked = (): readonly string[] => this.#deps.store.unacked(this.accountId).map(({ id }) => id)

  tell(stanza: Element): boolean {
    const live = this.#live
    if (!live?.bound) return false
    this.#write(live, stanza)
    return true
  }

  async iq(payload: Element, options?: IqOptions): Promise<Element> {
    if (!this.#live) throw new SiegelError('offline')
    return this.#live.iq.ask(payload, options)
  }

  caughtUp(): void {
    if (this.#state.kind === 'catching-up') this.setState({ kind: 'online' })
  }

  setActive(isActive: boolean): void {
    if (this.#isActive === isActive) return
    this.#isActive = isActive
    if (this.#live?.bound) this.#tellActivity(this.#live)
  }

  /** A stream that was negotiated. Its stanzas come by `receive`, in their order. */
  attach(wire: Wire, negotiated: Negotiated): void {
    const { store, clock, random, bareJid } = this.#deps
    const before = store.stream(this.accountId)
    const usualTimeoutMs = wire.isSlow ? iqTimeoutMs * 3 : iqTimeoutMs
    const goesOn = negotiated.resumed !== null && before !== null
    const live: Live = {
      ...{ wire, negotiated, bound: null, sent: 0, acked: 0, promised: 0, stored: 0, told: 0 },
      iq: new IqTable({
        clock,
        random,
        bareJid,
        usualTimeoutMs,
        write: element => this.#write(live, element),
      }),
      counted: goesOn ? new HandledCount(before.handled) : negotiated.management ? new HandledCount(0) : null,
      pulse: new Pulse({
        clock,
        isSlow: wire.isSlow,
        probe: () => this.#probe(live),
        dead: error => wire.fail(error),
      }),
    }
    this.#live = live
    this.#inbox.length = 0
    this.setState({ kind: 'catching-up' })
    if (goesOn) this.#goOn(live, before, negotiated.resumed.h)
    else this.#beginAnew(live, before)
    for (const element of negotiated.early) this.#take(live, element, null)
    live.pulse.start()
    this.#introduce(live, goesOn).catch(error => {
      if (this.#live !== live) return
      wire.fail(
        error instanceof SiegelError ? error : new SiegelError('internal', { fault: toFailure(error).code }),
      )
    })
  }

  /** The stream is gone. */
  detach(error: SiegelError): void {
    const live = this.#live
    this.#live = null
    this.#inbox.length = 0
    this.#isPaused = false
    live?.pulse.stop()
    live?.iq.fail(
      error.code === 'connection-lost' ? error : new SiegelError('connection-lost', {}, { cause: error }),
    )
  }

  /** Before goodbye: what is stored is acknowledged, so that it does not come again. */
  close(): void {
    const live = this.#live
    if (!live) return
    this.#ack(live)
  }

  /** Asks whether the other end is there. */
  wake(): void {
    this.#live?.pulse.ask()
  }

  receive(element: Element): void {
    const live = this.#live
    if (!live) return
    live.pulse.heard()
    if (element.namespace === ns.management) this.#managed(live, element)
    else if (element.namespace === ns.client) this.#take(live, element, live.counted?.receive() ?? null)
  }

  #managed(live: Live, element: Element): void {
    if (element.name === 'r') this.#ack(live)
    if (element.name !== 'a') return
    const text = attributeOf(element, 'h') ?? ''
    const acked = /^\d{1,10}$/.test(text) ? ackedWith(Number(text), live.acked, live.sent) : null
    if (acked === null) {
      // Whoever counts otherwise would lose or double messages at the next resume.
      this.#deps.store.setStream(this.accountId, null)
      live.wire.fail(new SiegelError('protocol-violation', { detail: 'it acknowledged what was never sent' }))
      return
    }
    live.pulse.answered()
    this.#acknowledged(live, acked)
    if (live.acked < live.sent && this.#hasUnacked()) this.#askForAck(live)
  }

  #hasUnacked = (): boolean => this.#deps.store.unacked(this.accountId).length > 0

  #acknowledged(live: Live, acked: number): void {
    if (acked === live.acked) return
    const { store } = this.#deps
    const before = live.acked
    live.acked = acked
    const ids = store
      .unacked(this.accountId)
      .filter(({ counter }) => wrapped(counter - wrapped(before)) - 1 < acked - before)
      .map(({ id }) => id)
    store.transaction(() => {
      store.setAcked(this.accountId, wrapped(acked))
      store.remove(this.accountId, ids)
      if (ids.length > 0) this.#deps.handler().acked(this, ids)
    })
  }

  /** XEP-0198 §5: what the server has not is written again, the same bytes in the same order. */
  #goOn(live: Live, before: { acked: number; promised: number; handled: number }, h: number): void {
    const { store } = this.#deps
    live.acked = before.acked
    live.stored = live.told = before.handled
    live.sent = before.acked + wrapped(before.promised - before.acked)
    const acked = ackedWith(h, live.acked, live.sent)
    if (acked !== null) this.#acknowledged(live, acked)
    // What else was on its way and is not kept is gone, so counting begins where the server is.
    live.sent = live.acked
    live.promised = live.acked
    const waiting = store.unacked(this.accountId)
    const poison = waiting.filter(({ tries }) => tries >= mostTries).map(({ id }) => id)
    if (poison.length > 0) this.#giveUp(poison)
    for (const { id, stanza } of waiting) {
      if (poison.includes(id)) continue
      store.again(this.accountId, id, wrapped(live.sent + 1))
      this.#count(live)
      live.wire.write(stanza)
    }
    if (live.sent > live.acked) this.#askForAck(live)
  }

  #beginAnew(live: Live, before: { acked: number; promised: number } | null): void {
    const { store } = this.#deps
    const { management, refused, jid } = live.negotiated
    store.transaction(() => {
      if (before && refused && refused.h !== null) {
        // It no longer holds the stream, and still knows how far it had come.
        const queued = wrapped(before.promised - before.acked)
        const acked = ackedWith(refused.h, before.acked, before.acked + queued)
        live.acked = before.acked
        if (acked !== null) this.#acknowledged(live, acked)
        live.acked = 0
      }
      const left = this.unacked()
      if (left.length > 0) this.#giveUp(left)
      store.setStream(
        this.accountId,
        management && management.id !== null
          ? { id: management.id, jid, handled: 0, acked: 0, promised: 0 }
          : null,
      )
    })
  }

  #giveUp(ids: readonly string[]): void {
    const { store } = this.#deps
    store.transaction(() => {
      store.remove(this.accountId, ids)
      this.#deps.handler().unsent(this, ids)
    })
  }

  /** What is asked before anybody is told of the stream. */
  async #introduce(live: Live, goesOn: boolean): Promise<void> {
    const { domain } = parseJid(this.bareJid) ?? { domain: '' }
    if (!goesOn && !live.negotiated.carbons)
      // A server without carbons has none; that is no reason to have no chat.
      await live.iq.ask(el('enable', ns.carbons), { type: 'set' }).catch(unlessRefused)
    if (!goesOn || this.#features === null) {
      const [server, account] = await Promise.all([
        this.#featuresOf(live, domain),
        this.#featuresOf(live, null),
      ])
      this.#features = { server, account }
    }
    if (this.#live !== live) return
    live.bound = {
      resumed: goesOn,
      jid: goesOn ? (this.#deps.store.stream(this.accountId)?.jid ?? this.bareJid) : live.negotiated.jid,
      features: this.#features,
      offers: live.negotiated.offers,
      archiveEdge: live.negotiated.archiveEdge,
      maxStanzaBytes: live.negotiated.maxStanzaBytes,
    }
    if (!this.#isActive) this.#tellActivity(live)
    this.#deps.handler().bound(this, live.bound)
    this.#deps.onBound()
    await this.#drain(live)
  }

  async #featuresOf(live: Live, to: string | null): Promise<ReadonlySet<string>> {
    const answer = await live.iq.ask(el('query', ns.discoInfo), { to }).catch(unlessRefused)
    const query = childOf(answer ?? undefined, 'query', ns.discoInfo)
    return new Set(childrenOf(query, ns.discoInfo, 'feature').flatMap(each => attributeOf(each, 'var') ?? []))
  }

  #take(live: Live, element: Element, number: number | null): void {
    if (element.name === 'iq') {
      const type = attributeOf(element, 'type')
      if (type === 'result' || type === 'error') live.iq.answer(element)
      else this.#answer(live, element)
      this.#done(live, number)
      return
    }
    if (element.name !== 'message' && element.name !== 'presence') {
      this.#done(live, number)
      return
    }
    this.#inbox.push({ element, number })
    if (this.#inbox.length >= mostInbox && !this.#isPaused) {
      this.#isPaused = true
      live.wire.pause()
    }
    if (live.bound) this.#drain(live).catch(() => undefined)
  }

  /** One after the other, in the order of the stream. */
  async #drain(live: Live): Promise<void> {
    if (this.#isDraining) return
    this.#isDraining = true
    try {
      for (;;) {
        const next = this.#live === live ? this.#inbox.shift() : undefined
        if (!next) break
        let isCommitted = false
        const commit = () => {
          if (isCommitted || this.#live !== live) return
          isCommitted = true
          this.#done(live, next.number)
          this.#storeHandled(live)
        }
        await this.#deps.handler().stanza(this, next.element, commit)
        commit()
        if (this.#isPaused && this.#inbox.length <= inboxAgain) {
          this.#isPaused = false
          live.wire.resume()
        }
      }
    } catch (error) {
      this.#deps.log.error('a stanza could not be taken in', {
        name: error instanceof Error ? error.name : typeof error,
      })
      // Nothing of it counts as handled: it comes again on the next stream.
      live.wire.fail(error instanceof SiegelError ? error : new SiegelError('internal', { fault: 'stanza' }))
    } finally {
      this.#isDraining = false
    }
    // A stream that came meanwhile has an inbox of its own.
    const now = this.#live
    if (now?.bound && now !== live && this.#inbox.length > 0) await this.#drain(now)
  }

  #done(live: Live, number: number | null): void {
    if (number === null || live.counted === null) return
    live.counted.done(number)
    if (live.counted.handled - live.told >= ackAfter) this.#ack(live)
  }

  #storeHandled(live: Live): void {
    if (live.counted === null || live.counted.handled === live.stored) return
    live.stored = live.counted.handled
    this.#deps.store.setHandled(this.accountId, wrapped(live.stored))
  }

  #ack(live: Live): void {
    if (live.counted === null) return
    // What is acknowledged never comes again, so it is in the store before.
    this.#storeHandled(live)
    live.told = live.counted.handled
    live.wire.write(serialize(el('a', ns.management, { h: String(wrapped(live.told)) })))
  }

  #answer(live: Live, request: Element): void {
    const nowMs = this.#deps.clock.now()
    if (nowMs - this.#answers.sinceMs >= answerWindowMs) this.#answers = { sinceMs: nowMs, count: 0 }
    // A flood is not answered with a flood.
    if (++this.#answers.count > mostAnswers) return
    this.#write(live, this.#answerTo(request))
  }

  #answerTo(request: Element): Element {
    const from = attributeOf(request, 'from')
    const isServer =
      from === undefined ||
      isSameJid(from, this.bareJid) ||
      isSameJid(from, parseJid(this.bareJid)?.domain ?? '')
    const payloads = childrenOf(request)
    if (payloads.length !== 1 || attributeOf(request, 'id') === undefined)
      return refuse(request, 'bad-request')
    if (isServer && childOf(request, 'ping', ns.ping))
      return el('iq', ns.client, { type: 'result', id: attributeOf(request, 'id'), to: from })
    return this.#deps.handler().request(this, request) ?? refuse(request, 'service-unavailable')
  }

  #write(live: Live, element: Element): void {
    this.#count(live)
    live.wire.write(serialize(element))
  }

  #count(live: Live): void {
    live.sent++
    if (!live.counted || live.sent <= live.promised) return
    live.promised = live.sent + promiseAhead
    this.#deps.store.setPromised(this.accountId, wrapped(live.promised))
  }

  #askForAck(live: Live): void {
    if (live.pulse.isAsking) return
    live.pulse.ask()
  }

  /** Something that the other end has to answer. */
  #probe(live: Live): void {
    if (live.counted) {
      live.wire.write(serialize(el('r', ns.management)))
      return
    }
    const sent = this.unacked()
    const { domain } = parseJid(this.bareJid) ?? { domain: this.bareJid }
    // Stanzas are handled in their order (RFC 6120 §10.1): who answers this has what came before.
    live.iq
      .ask(el('ping', ns.ping), { to: domain })
      .catch(unlessRefused)
      .then(
        () => {
          if (this.#live !== live) return
          live.pulse.answered()
          if (sent.length === 0) return
          const { store } = this.#deps
          store.transaction(() => {
            store.remove(this.accountId, sent)
            this.#deps.handler().acked(this, sent)
          })
          if (this.#hasUnacked()) this.#askForAck(live)
        },
        () => undefined,
      )
  }

  #tellActivity(live: Live): void {
    if (live.negotiated.offers.has(ns.activity))
      live.wire.write(serialize(el(this.#isActive ? 'active' : 'inactive', ns.activity)))
  }
}

/** A refusal is an answer too. */
const unlessRefused = (error: unknown): null => {
  if (error instanceof SiegelError && error.code === 'server-refused') return null
  throw error
}
