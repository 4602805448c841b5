import type { KeyPair } from '../curve/x25519'

/** A chain of message keys, and the number of the next. */
export type Chain = { key: Buffer; next: number }

/** The key of a message that has not come yet. */
type SkippedKey = Readonly<{
  ratchetKey: Buffer
  counter: number
  messageKey: Buffer
  /** Perhaps there never was such a message. */
  isGuess: boolean
}>

/** One session with one device. Changed in place: whoever tries something works on a copy. */
export type Session = {
  readonly isInitiator: boolean
  /** As the version writes it. */
  readonly theirIdentity: Buffer
  /** The same in its X25519 form. */
  readonly theirAgreementKey: Buffer
  /** The initiator's ephemeral key, which tells exchanges apart. */
  readonly ephemeralKey: Buffer
  /** Which of the other's prekeys it was built with: sent along until they answered. */
  pending: Readonly<{ preKeyId: number; signedPreKeyId: number }> | null
  root: Buffer
  own: KeyPair
  theirs: Buffer | null
  sending: Chain | null
  receiving: Chain | null
  /** How many messages the sending chain before this one had. */
  previous: number
  /** In the order in which they were skipped. */
  skipped: SkippedKey[]
  /** The beginnings of ratchet keys that the other does not use any more. */
  past: Buffer[]
  /** When it was built, or last received with. */
  usedAtMs: number
}

const copyOf = (bytes: Buffer): Buffer => Buffer.from(bytes)
const copyOfChain = (chain: Chain | null): Chain | null =>
  chain && { key: copyOf(chain.key), next: chain.next }

/** Its own memory through and through. */
export const copySession = (session: Session): Session => ({
  ...session,
  root: copyOf(session.root),
  own: { secret: copyOf(session.own.secret), key: session.own.key },
  sending: copyOfChain(session.sending),
  receiving: copyOfChain(session.receiving),
  skipped: session.skipped.map(each => ({ ...each, messageKey: copyOf(each.messageKey) })),
  past: [...session.past],
})

/** Overwrites what must not stay in memory. */
export function wipeSession(session: Session): void {
  session.root.fill(0)
  session.own.secret.fill(0)
  session.sending?.key.fill(0)
  session.receiving?.key.fill(0)
  for (const { messageKey } of session.skipped) messageKey.fill(0)
}
