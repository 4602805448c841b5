/** The double ratchet (signal.org/docs/specifications/doubleratchet) as both versions of OMEMO use it. */
import { createCipheriv, createDecipheriv, timingSafeEqual } from 'node:crypto'
import { agree, createKeyPair, isWellFormedKey, type KeyPair } from '../curve/x25519'
import { coveredBytes, type RatchetMessage, writeMessage } from '../wire/messages'
import type { Variant } from '../wire/variant'
import { chainStep, cipherKeys, hmac, rootStep } from './derive'
import type { Session } from './session'

/** Messages that may be missing before one that comes, and keys of missing ones that are kept: the double ratchet's MAX_SKIP. */
export const mostSkipped = 1000
/** By how many bytes a ratchet key of the past is known, and how many are. */
const pastBytes = 8
const mostPast = 256
const mostGuesses = 100

export type RatchetRefusal = 'repeated' | 'too-far' | 'weak-key' | 'not-opened'

/** Whose message it is decides in which order the two identities stand in the associated data. */
export type Identities = Readonly<{ own: Uint8Array; their: Uint8Array }>

function associatedData(
  variant: Variant,
  session: Session,
  { own, their }: Identities,
  isOurs: boolean,
): Buffer {
  // `omemo` says sender and receiver of each message, `omemo2` who began the session.
  const ownFirst = variant.version === 'omemo' ? isOurs : session.isInitiator
  const [first, second] = ownFirst ? [own, their] : [their, own]
  return Buffer.concat([variant.keyHead, first, variant.keyHead, second])
}

/** Begins a sending chain against the other's present ratchet key. False: the key is a point of low order. */
export function beginSending(variant: Variant, session: Session, own: KeyPair): boolean {
  const shared = session.theirs && agree(own.secret, session.theirs)
  if (shared === null) return false
  const { root, chain } = rootStep(session.root, shared, variant.rootInfo)
  shared.fill(0)
  session.previous = session.sending?.next ?? 0
  session.root = root
  session.own = own
  session.sending = { key: chain, next: 0 }
  return true
}

/** Encrypts with the next key of the sending chain, which must have begun; changes the session. */
export function ratchetEncrypt(
  variant: Variant,
  session: Session,
  plaintext: Uint8Array,
  identities: Identities,
): Buffer {
  const { sending } = session
  if (sending === null) throw new Error('no sending chain')
  const { messageKey, next } = chainStep(sending.key)
  const keys = cipherKeys(messageKey, variant.messageInfo)
  const cipher = createCipheriv('aes-256-cbc', keys.cipher, keys.iv)
  const ciphertext = Buffer.concat([cipher.update(plaintext), cipher.final()])
  const covered = coveredBytes(variant, {
    ratchetKey: session.own.key,
    counter: sending.next,
    previous: session.previous,
    ciphertext,
  })
  const mac = hmac(keys.mac, associatedData(variant, session, identities, true), covered)
  sending.key.fill(0)
  session.sending = { key: next, next: sending.next + 1 }
  messageKey.fill(0)
  keys.bytes.fill(0)
  return writeMessage(variant, covered, mac.subarray(0, variant.macBytes))
}

/** Keeps the keys of the receiving chain before number `until`, no more than `limit` of them. */
function keepSkipped(session: Session, until: number, limit: number): void {
  const { receiving, theirs } = session
  if (receiving === null || theirs === null) return
  for (let kept = 0; receiving.next < until && kept < limit; kept++) {
    const { messageKey, next } = chainStep(receiving.key)
    session.skipped.push({ ratchetKey: theirs, counter: receiving.next, messageKey, isGuess: false })
    receiving.key.fill(0)
    receiving.key = next
    receiving.next++
  }
  for (const { messageKey } of session.skipped.splice(0, session.skipped.length - mostSkipped))
    messageKey.fill(0)
}

/** Of peers that count, one key a turn is kept for a message that never was; only the newest of these stay. */
function dropGuesses(session: Session): void {
  const last = session.skipped.at(-1)
  if (last) session.skipped.splice(-1, 1, { ...last, isGuess: true })
  const guesses = session.skipped.filter(({ isGuess }) => isGuess)
  const [oldest] = guesses
  if (guesses.length <= mostGuesses || !oldest) return
  oldest.messageKey.fill(0)
  session.skipped.splice(session.skipped.indexOf(oldest), 1)
}

/** A step of the root chain with a ratchet key that was not seen before. */
function turn(variant: Variant, session: Session, message: RatchetMessage, newPair: () => KeyPair): boolean {
  if (!isWellFormedKey(message.ratchetKey)) return false
  keepSkipped(session, message.previous, mostSkipped)
  // Kin of libsignal say the number of the last message here and not how many there were, so the one with that number is kept as well.
  if (session.receiving?.next === message.previous) {
    keepSkipped(session, message.previous + 1, 1)
    dropGuesses(session)
  }
  if (session.theirs) {
    session.past.push(Buffer.from(session.theirs.subarray(0, pastBytes)))
    session.past.splice(0, session.past.length - mostPast)
  }
  const shared = agree(session.own.secret, message.ratchetKey)
  if (shared === null) return false
  const { root, chain } = rootStep(session.root, shared, variant.rootInfo)
  shared.fill(0)
  session.root = root
  session.theirs = Buffer.from(message.ratchetKey)
  session.receiving = { key: chain, next: 0 }
  return beginSending(variant, session, newPair())
}

/** The key of a message out of the session, which moves on past it; or why there is none. */
function takeMessageKey(
  variant: Variant,
  session: Session,
  message: RatchetMessage,
  newPair: () => KeyPair,
): Buffer | RatchetRefusal {
  const { ratchetKey, counter } = message
  const at = session.skipped.findIndex(each => each.counter === counter && each.ratchetKey.equals(ratchetKey))
  if (at >= 0) {
    const [taken] = session.skipped.splice(at, 1)
    if (taken) return taken.messageKey
  }
  if (!session.theirs?.equals(ratchetKey)) {
    if (session.past.some(each => each.equals(ratchetKey.subarray(0, pastBytes)))) return 'repeated'
    if (counter > mostSkipped) return 'too-far'
    if (!turn(variant, session, message, newPair)) return 'weak-key'
  }
  const { receiving } = session
  if (receiving === null) return 'not-opened'
  if (counter < receiving.next) return 'repeated'
  if (counter - receiving.next > mostSkipped) return 'too-far'
  keepSkipped(session, counter, mostSkipped)
  const { messageKey, next } = chainStep(receiving.key)
  receiving.key.fill(0)
  session.receiving = { key: next, next: counter + 1 }
  return messageKey
}

/**
 * What is inside, or why not. Changes the session in both cases: to be asked on a copy, which is thrown away when it says why not. `newPair`: the own
 * ratchet key of a turn, given in tests alone.
 */
export function ratchetDecrypt(
  variant: Variant,
  session: Session,
  message: RatchetMessage,
  identities: Identities,
  newPair: () => KeyPair = createKeyPair,
): Buffer | RatchetRefusal {
  const messageKey = takeMessageKey(variant, session, message, newPair)
  if (typeof messageKey === 'string') return messageKey
  const keys = cipherKeys(messageKey, variant.messageInfo)
  try {
    const mac = hmac(keys.mac, associatedData(variant, session, identities, false), message.covered)
    if (!timingSafeEqual(mac.subarray(0, variant.macBytes), message.mac)) return 'not-opened'
    const decipher = createDecipheriv('aes-256-cbc', keys.cipher, keys.iv)
    return Buffer.concat([decipher.update(message.ciphertext), decipher.final()])
  } catch {
    // The padding, under a right MAC: whoever wrote it does not keep to the form.
    return 'not-opened'
  } finally {
    messageKey.fill(0)
    keys.bytes.fill(0)
  }
}
