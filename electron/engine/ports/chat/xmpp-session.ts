import type { XmppReport, XmppService } from '../../../../shared/features/accounts/model'
import type { AccountId } from '../../../../shared/kit/ids'
import type { Failure } from '../../../../shared/kit/result'
import type { WayForSetUp } from '../net/gate'
import type { Element } from './element'

/**
 * What the connection of an account is doing.
 * `catching-up`: bound, and `caughtUp` was not called yet. `waiting`: tried again by itself. `refused`: waits for the person.
 */
export type XmppState = Readonly<
  | { kind: 'offline' }
  | { kind: 'connecting' }
  | { kind: 'authenticating' }
  | { kind: 'catching-up' }
  | { kind: 'online' }
  | { kind: 'waiting'; untilMs: number; problem: Failure }
  | { kind: 'refused'; problem: Failure }
>

/** A stream that is there. */
export type Bound = Readonly<{
  /** The stream before goes on (XEP-0198 §5): nothing was lost, rooms are still joined, presence still stands. */
  resumed: boolean
  /** The full JID. */
  jid: string
  /** What the server and the own account say of themselves in disco#info: `urn:xmpp:mam:2`, `urn:xmpp:blocking` ... */
  features: Readonly<{ server: ReadonlySet<string>; account: ReadonlySet<string> }>
  /** Namespaces of what the stream itself offers. */
  offers: ReadonlySet<string>
  /** Id of the newest row of the own archive when this stream began, as bind2 told it (XEP-0386); null where nobody said. */
  archiveEdge: string | null
  /** Largest stanza that the server takes, in bytes (XEP-0478), or what is believed of a server that does not say. */
  maxStanzaBytes: number
}>

/** How one asks. `to` null: the own account. `timeoutMs` absent: 60 s, three times that through Tor. */
export type IqOptions = Readonly<{ to?: string | null; type?: 'get' | 'set'; timeoutMs?: number }>

/** The connection of one account, as chat sees it. */
export type XmppSession = Readonly<{
  accountId: AccountId
  /** The bare JID of the account. */
  bareJid: string
  state(): XmppState
  /** The stream that is there; null without one. */
  bound(): Bound | null
  /**
   * Sends a message whose bytes are in the store already. It is put into the session's own queue, in the store as well, and written again
   * on a resumed stream until the server acknowledged it; then `acked` is told, or `unsent` when the stream could not be resumed.
   * False without a stream, and nothing was taken. Twice with one id: once. Throws `too-large` for what the server would end the stream for.
   */
  send(stanza: Uint8Array, options: Readonly<{ id: string }>): boolean
  /** Ids of messages that wait for their acknowledgement, oldest first; from the store, so that it is true after a kill. */
  unacked(): readonly string[]
  /** Sends what is worth nothing later (presence, typing) and is not kept; false without a stream. */
  tell(stanza: Element): boolean
  /**
   * Asks and answers with the `iq` of type result. Throws `server-refused` with the condition of the stanza error (RFC 6120 §8.3.3) in
   * `serverCode` and its text in `detail`, `connection-timeout`, `connection-lost` when the stream ended before the answer, `offline`
   * without one. An answer counts from whom it was asked of only.
   */
  iq(payload: Element, options?: IqOptions): Promise<Element>
  /** The archives were read up to their edges: `catching-up` becomes `online`. */
  caughtUp(): void
  /** Whether somebody looks at the program (XEP-0352). */
  setActive(isActive: boolean): void
}>

/** What takes in what comes. One for all accounts. */
export type XmppHandler = Readonly<{
  /** Told before any stanza of that stream. Never throws. */
  bound(session: XmppSession, bound: Bound): void
  /**
   * A message or presence, in the order of the stream; the next comes when the promise is resolved. `commit` is called once, inside the
   * transaction that stores what came of the stanza: it writes the new count of handled stanzas into the store, and what was not committed
   * comes again on a resumed stream. Where it was never called it is committed after the promise. Whoever wants to know something of the
   * server asks later: answers are not waited for in here.
   */
  stanza(session: XmppSession, stanza: Element, commit: () => void): Promise<void>
  /** A request of the server or of a peer that the session has no answer for; null: refused with `service-unavailable`. */
  request(session: XmppSession, request: Element): Element | null
  /** The server has them. In the transaction in which they leave the session's queue. */
  acked(session: XmppSession, ids: readonly string[]): void
  /** They may or may not have reached the server: the archive tells. In the transaction in which they leave the session's queue. */
  unsent(session: XmppSession, ids: readonly string[]): void
  state(session: XmppSession, state: XmppState): void
}>

/** The connections of all accounts; `electron/engine/xmpp/xmpp-control.ts` is the real one. */
export type XmppControl = Readonly<{
  /** Whoever takes in what comes; given once, before the first `start`. */
  handledBy(handler: XmppHandler): void
  /** Null for an account without chat. */
  session(accountId: AccountId): XmppSession | null
  /** Connects, and again after each loss, until stopped. Does nothing for an account whose chat is off. */
  start(accountId: AccountId): void
  /** Ends the stream; what waits for its acknowledgement stays in the store. */
  stop(accountId: AccountId): Promise<void>
  /** For good. */
  close(): Promise<void>
  /**
   * Work with a stream that is bound: that of the account where it runs, else one for this work alone. Throws what keeps it from there:
   * `service-off`, `offline`, `login-refused`, and the failures of the way.
   */
  withSession<T>(accountId: AccountId, work: (session: XmppSession) => Promise<T>): Promise<T>
  /** By the person's word: tried now; null: all accounts. */
  syncNow(accountId: AccountId | null): void
  /** The machine slept or the network changed: tried at once, and an open stream is asked whether it is alive. */
  wake(): void
  /** Whether somebody can see the program now: told on every stream, and on those to come (XEP-0352). */
  setActive(isActive: boolean): void
  /** What an account waited for on its way out is there. */
  wayOpened(accountId: AccountId): void
  /** Signs in with what is stored, and tells what is there. Throws as `withSession`. */
  test(accountId: AccountId): Promise<XmppReport>
  /** The same before it is anybody's. Nothing is kept. */
  tryOut(
    asked: Readonly<{ xmpp: XmppService; password: string; way: WayForSetUp; publicOnly: boolean }>,
  ): Promise<XmppReport>
}>
