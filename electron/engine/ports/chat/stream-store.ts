import type { AccountId } from '../../../../shared/kit/ids'

/** A login token (XEP-0484). */
export type StoredToken = Readonly<{ mechanism: string; token: string; expiresAtMs: number; count: number }>

/** A stream that may be resumed (XEP-0198 §5). Counters begin again at 2^32. */
export type StoredStream = Readonly<{
  id: string
  jid: string
  /** Stanzas of the server whose effect is stored here. */
  handled: number
  /** What the server said last to have of ours. */
  acked: number
  /** No more than this was sent. */
  promised: number
}>

/** A message that the server may not have. */
type Unacked = Readonly<{ id: string; counter: number; tries: number; stanza: Uint8Array }>

/** Part of the store: what is remembered of the stream of each account. Nothing of it is worth anything in a copy of the profile. */
export type StreamStore = {
  /** A UUID, made at the first call. */
  userAgent(accountId: AccountId): string
  pins(accountId: AccountId): Readonly<{ scram: boolean; downgradeHash: boolean }>
  pin(accountId: AccountId, pins: Readonly<{ scram: boolean; downgradeHash: boolean }>): void
  token(accountId: AccountId): StoredToken | null
  setToken(accountId: AccountId, token: StoredToken | null): void
  stream(accountId: AccountId): StoredStream | null
  /** Begins another one, or none. Messages that wait stay. */
  setStream(accountId: AccountId, stream: StoredStream | null): void
  setHandled(accountId: AccountId, handled: number): void
  setAcked(accountId: AccountId, acked: number): void
  setPromised(accountId: AccountId, promised: number): void
  unacked(accountId: AccountId): readonly Unacked[]
  /** False where one of that id waits already. */
  push(accountId: AccountId, message: Readonly<{ id: string; counter: number; stanza: Uint8Array }>): boolean
  /** It is written again, under another count. */
  again(accountId: AccountId, id: string, counter: number): void
  remove(accountId: AccountId, ids: readonly string[]): void
  /** Pins and token go, for a password that was entered anew. */
  forgetLogin(accountId: AccountId): void
  /** All of an account. */
  forget(accountId: AccountId): void
  transaction<T>(work: () => T): T
}
