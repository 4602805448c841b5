import type { XmppReport, XmppService } from '../../../shared/features/accounts/model'
import { domainOf, isSwitchedOff, xmppServiceOf } from '../../../shared/features/accounts/services'
import type { AccountId } from '../../../shared/kit/ids'
import { parseJid } from '../../../shared/kit/jid'
import { asError, SiegelError, toFailure } from '../../../shared/kit/result'
import { AccountWait } from '../kit/waiting/account-wait'
import type { Pace } from '../kit/waiting/back-off'
import { Bell } from '../kit/waiting/bell'
import type { Clock, Log, Random } from '../ports/basics'
import type { StreamStore } from '../ports/chat/stream-store'
import type { XmppHandler, XmppState } from '../ports/chat/xmpp-session'
import type { NetworkGate, WayForSetUp } from '../ports/net/gate'
import type { GateRequest } from '../ports/net/gate-request'
import type { ServiceBoard } from '../ports/status-board'
import type { Store } from '../ports/store'
import { type OpenStream, openStream, type StreamLoss, StreamNotOpened } from './open-stream'
import { Session } from './session/session'
import type { NegotiationSetup } from './stream/negotiation'
import { type Target, targetsFor } from './targets'

/** People notice a chat that is away; its servers know clients that come back soon. */
const pace: Pace = { firstMs: 3_000, longestMs: 300_000, factor: 1.6 }
/** A stream that held so long was a good one. */
const goodAfterMs = 60_000
/** Another connection of the account took ours: at once again, the two would throw each other out for ever. */
const afterConflictMs = 60_000
const conflictsTogetherMs = 10 * 60_000
/** How often a server may send us on to another. */
const mostHops = 2

export type XmppDeps = Readonly<{
  store: Pick<Store, 'accounts' | 'settings'>
  streams: StreamStore
  gate: NetworkGate
  permitDuring: <T>(requests: readonly GateRequest[], work: () => Promise<T>) => Promise<T>
  /** Whether the account goes through a proxy. */
  isSlow: (request: GateRequest) => boolean
  clock: Clock
  random: Random
  log: Log
  board: ServiceBoard
  handler: () => XmppHandler
}>

/** As whom, and how, one connection is made. */
export type Dial = Readonly<{
  service: XmppService
  password: string
  accountId: AccountId | null
  way: WayForSetUp
  publicOnly: boolean
  lastGood: Target | null
  known: Pick<NegotiationSetup, 'pins' | 'userAgentId' | 'fast' | 'resume'>
  signal: AbortSignal
  onAuthenticating: () => void
}>

/** Codes after which the next place may do better; what the person has to settle is settled at the first. */
const placeIsDead = new Set([
  'connection-refused',
  'connection-timeout',
  'connection-lost',
  'tls-failed',
  'name-unresolved',
  'not-permitted',
])

/** Tries the places of an account until one takes us. Throws `StreamNotOpened` and what looking for places throws. */
export async function dialAccount(
  deps: Pick<XmppDeps, 'gate' | 'permitDuring' | 'isSlow' | 'clock' | 'random'>,
  dial: Dial,
): Promise<{ stream: OpenStream; target: Target }> {
  const { service, accountId, way } = dial
  const domain = domainOf(service.userName)
  // A set-up goes the way that it was given, whichever service that is of.
  const asked: WayForSetUp = accountId === null ? way : { ...way, service: 'xmpp' }
  const names = ['_xmpps-client', '_xmpp-client'].map(name => `${name}._tcp.${domain}`)
  const questions = names.map(host => ({ ...asked, accountId, purpose: 'dns' as const, host, port: 53 }))
  let targets = await deps.permitDuring(questions, () =>
    targetsFor(deps, service, { accountId, way: asked, lastGood: dial.lastGood }),
  )
  let first: unknown = null
  let hops = 0
  for (let at = 0; at < targets.length; at++) {
    const target = targets[at]
    if (!target) break
    try {
      return { stream: await dialTarget(deps, dial, target), target }
    } catch (error) {
      if (!(error instanceof StreamNotOpened)) throw error
      const { otherHost } = error.loss
      const other = otherHost === null ? null : targetIn(otherHost, target)
      if (other && hops++ < mostHops) {
        targets = [other]
        at = -1
        continue
      }
      first ??= error
      if (!placeIsDead.has(error.loss.error.code)) throw error
    }
  }
  throw first
}

/** Where a server sends us after the login (RFC 6120 §4.9.3.19). A stranger named it, so it is never near this machine. */
function targetIn(text: string, from: Target): Target | null {
  const [, host, port] = /^\[?([A-Za-z0-9.-]+|[0-9a-fA-F:]+)\]?(?::(\d{1,5}))?$/.exec(text) ?? []
  if (host === undefined) return null
  return {
    host,
    port: port === undefined ? from.port : Number(port),
    security: from.security,
    by: 'server',
  }
}

async function dialTarget(
  deps: Pick<XmppDeps, 'gate' | 'permitDuring' | 'isSlow' | 'clock' | 'random'>,
  dial: Dial,
  target: Target,
): Promise<OpenStream> {
  const { service, accountId, way, publicOnly } = dial
  const jid = parseJid(service.userName)
  if (jid === null || jid.local === null) throw new SiegelError('bad-address', { address: service.userName })
  const request: GateRequest = {
    ...{ accountId, ...way, purpose: 'xmpp', host: target.host, port: target.port },
    // A server names no place in the network around this machine.
    ...(publicOnly || target.by === 'server' ? { publicOnly: true as const } : {}),
    ...(target.by === 'unproved' || target.by === 'server' ? { namedUnproved: true as const } : {}),
  }
  const alpn = target.security === 'tls' && target.port === 443 ? { alpn: ['xmpp-client'] } : {}
  return deps.permitDuring([request], () =>
    openStream({
      ...{ gate: deps.gate, clock: deps.clock, request, signal: dial.signal, isSlow: deps.isSlow(request) },
      trust: { serverName: jid.domain, caPem: service.caPem, ...alpn },
      setup: {
        ...dial.known,
        ...{ local: jid.local ?? '', domain: jid.domain, password: dial.password, security: target.security },
        allowsPlain: service.allowsPlain === true,
        resource: Buffer.from(deps.random.bytes(9)).toString('base64url'),
        nonce: Buffer.from(deps.random.bytes(24)).toString('base64'),
      },
      onAuthenticating: dial.onAuthenticating,
    }),
  )
}

/** What there is to tell of a stream, for a test of the connection. */
export const reportOf = ({ stream, target }: { stream: OpenStream; target: Target }): XmppReport => ({
  ...{ host: target.host, port: target.port, security: target.security },
  tls: { version: stream.socket.tls?.version ?? '', cipher: stream.socket.tls?.cipher ?? '' },
  jid: stream.negotiated.jid,
  features: [...stream.negotiated.offers].sort(),
  canResume: stream.negotiated.management?.id != null,
})

/** The chat of one account between `start` and `stop`: connected, and again after each loss. */
export class AccountConnection {
  readonly session: Session
  readonly #id: AccountId
  readonly #deps: XmppDeps
  readonly #bell = new Bell()
  readonly #wait: AccountWait
  #stopping = new AbortController()
  #loop: Promise<void> | null = null
  #lastGood: Target | null = null
  #conflictMs: number | null = null
  readonly #waiting = new Set<() => void>()

  constructor(id: AccountId, deps: XmppDeps, bareJid: string) {
    this.#id = id
    this.#deps = deps
    this.#wait = new AccountWait(id, { ...deps, pace }, this.#bell, () => this.#stopping.signal.aborted)
    const { streams: store, clock, random, log, handler } = deps
    const tell = () => {
      for (const each of [...this.#waiting]) each()
    }
    this.session = new Session({
      ...{ accountId: id, bareJid, store, clock, random, log, handler },
      onState: state => {
        this.#show(state)
        tell()
      },
      onBound: tell,
    })
  }

  get isRunning(): boolean {
    return this.#loop !== null
  }

  start(): void {
    if (this.#loop) return
    this.#stopping = new AbortController()
    this.#loop = this.#run().finally(() => {
      this.#loop = null
    })
  }

  async stop(): Promise<void> {
    this.#stopping.abort()
    this.#bell.ring('stop')
    await this.#loop
    this.#bell.take()
    this.session.setState({ kind: 'offline' })
    this.#deps.board.remove(this.#id)
  }

  /** By the person's word: tried now. */
  syncNow(): void {
    this.#bell.ring('sync')
  }

  /** The machine woke, or the network changed: an open stream has to answer, and who waits goes again. */
  wake(): void {
    this.#wait.reset()
    this.#bell.ring('wake')
    this.session.wake()
  }

  /** The way out is open now. */
  wayOpened(): void {
    if (this.session.bound() !== null) return
    this.#wait.reset()
    this.#bell.ring('wake')
  }

  /** Resolves when the stream is bound; rejects with what stands in the way. */
  whenBound(): Promise<void> {
    return new Promise((resolve, reject) => {
      const look = () => {
        const state = this.session.state()
        const isHere = this.session.bound() !== null
        const problem = state.kind === 'waiting' || state.kind === 'refused' ? state.problem : null
        if (!isHere && problem === null && this.#loop !== null) return
        this.#waiting.delete(look)
        if (isHere) resolve()
        else reject(problem ? asError(problem) : new SiegelError('offline'))
      }
      this.#waiting.add(look)
      look()
    })
  }

  #show(state: XmppState): void {
    const { board, clock } = this.#deps
    const rest = { mailboxId: null, phase: null, done: 0, total: 0 } as const
    if (state.kind === 'connecting' || state.kind === 'authenticating')
      board.set(this.#id, { ...rest, state: 'connecting', nextAttemptAtMs: null })
    if (state.kind === 'catching-up')
      board.set(this.#id, { ...rest, state: 'syncing', nextAttemptAtMs: null, problem: null })
    if (state.kind === 'online')
      board.set(this.#id, {
        ...rest,
        state: 'watching',
        lastCheckedAtMs: clock.now(),
        nextAttemptAtMs: null,
        problem: null,
      })
  }

  async #run(): Promise<void> {
    const { signal } = this.#stopping
    while (!signal.aborted) {
      const beganMs = this.#deps.clock.now()
      let error: unknown
      try {
        this.#bell.take()
        error = (await this.#once()).error
        if (this.#deps.clock.now() - beganMs >= goodAfterMs) this.#wait.reset()
      } catch (thrown) {
        error = thrown instanceof StreamNotOpened ? thrown.loss.error : thrown
      }
      if (signal.aborted) return
      // After a wake what broke was suspect anyway.
      if (this.#bell.take().has('wake')) continue
      await this.#pause(error)
    }
  }

  /** Waits, and says for how long or for whom. */
  async #pause(error: unknown): Promise<void> {
    const { board, store, clock } = this.#deps
    const problem = store.settings.get().offline ? new SiegelError('offline').toFailure() : toFailure(error)
    if (problem.params['serverCode'] === 'conflict') {
      const isAgain = this.#conflictMs !== null && clock.now() - this.#conflictMs < conflictsTogetherMs
      this.#conflictMs = clock.now()
      if (isAgain)
        return this.#pauseFor(
          new SiegelError('chat-elsewhere', { host: String(problem.params['host'] ?? '') }),
        )
      board.set(this.#id, { state: 'waiting', problem, nextAttemptAtMs: clock.now() + afterConflictMs })
      this.session.setState({ kind: 'waiting', untilMs: clock.now() + afterConflictMs, problem })
      await this.#bell.wait(afterConflictMs)
      return
    }
    await this.#pauseFor(error)
  }

  async #pauseFor(error: unknown): Promise<void> {
    const waiting = this.#wait.after(error)
    const { state, nextAttemptAtMs } = this.#deps.board.get(this.#id)
    const failure = toFailure(error)
    if (state === 'offline') this.session.setState({ kind: 'offline' })
    else if (nextAttemptAtMs !== null)
      this.session.setState({ kind: 'waiting', untilMs: nextAttemptAtMs, problem: failure })
    else this.session.setState({ kind: 'refused', problem: failure })
    await waiting
  }

  /** One connection, from the first packet to its end. */
  async #once(): Promise<StreamLoss> {
    const { store, streams, clock } = this.#deps
    const account = store.accounts.get(this.#id)
    const service = xmppServiceOf(account)
    if (service === null) throw new SiegelError('not-found', { what: 'service', name: 'xmpp' })
    if (isSwitchedOff(account, 'xmpp'))
      throw new SiegelError('service-off', { name: account?.config.address ?? '', service: 'xmpp' })
    if (store.settings.get().offline) throw new SiegelError('offline')
    const password = store.accounts.password(this.#id, 'xmpp')
    if (password === null) throw new SiegelError('login-refused', { detail: 'no password is stored' })
    this.session.setState({ kind: 'connecting' })
    const before = streams.stream(this.#id)
    const token = streams.token(this.#id)
    let opened: Awaited<ReturnType<typeof dialAccount>>
    try {
      opened = await dialAccount(this.#deps, {
        ...{ service, password, accountId: this.#id, way: {}, publicOnly: false, lastGood: this.#lastGood },
        known: {
          pins: streams.pins(this.#id),
          userAgentId: streams.userAgent(this.#id),
          fast: token && token.expiresAtMs > clock.now() ? token : null,
          resume: before && {
            ...{ id: before.id, handled: before.handled, acked: before.acked },
            queued: (before.promised - before.acked) >>> 0,
          },
        },
        signal: this.#stopping.signal,
        onAuthenticating: () => this.session.setState({ kind: 'authenticating' }),
      })
    } catch (error) {
      if (error instanceof StreamNotOpened && error.loss.forgetsResume) streams.setStream(this.#id, null)
      throw error
    }
    const { stream, target } = opened
    if (target.by !== 'server') this.#lastGood = target
    streams.pin(this.#id, stream.negotiated.pins)
    if (stream.negotiated.token !== undefined) streams.setToken(this.#id, stream.negotiated.token)
    const { signal } = this.#stopping
    const goodbye = () => {
      this.session.close()
      stream.wire.finish()
    }
    this.session.attach(stream.wire, stream.negotiated)
    if (signal.aborted) goodbye()
    else signal.addEventListener('abort', goodbye, { once: true })
    stream.begin(element => this.session.receive(element))
    const loss = await stream.ended
    signal.removeEventListener('abort', goodbye)
    this.session.detach(loss.error)
    return loss
  }
}
