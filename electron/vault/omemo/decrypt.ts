import type { OmemoRefusal } from '../../../shared/ipc/vault/omemo-calls'
import type { VaultCallOutput, VaultQuestion } from '../../../shared/ipc/vault/vault-calls'
import { fingerprintOf } from './bundles'
import { keyPairOf } from './curve/x25519'
import { openPayload } from './payload'
import { type Identities, ratchetDecrypt } from './ratchet/double-ratchet'
import { agreementKeyOf, publishedIdentity, respond } from './ratchet/exchange'
import { copySession, type Session, wipeSession } from './ratchet/session'
import { type Device, sealDevice } from './state/device'
import type { SealPlace } from './state/seal'
import { openSessions, type SessionsOf, sealSessions, withFirst } from './state/session-list'
import { type KeyExchange, type RatchetMessage, readExchange, readMessage } from './wire/messages'
import { type Variant, variantOf } from './wire/variant'

type Question = VaultQuestion<'decryptOmemo'>
type Answer = VaultCallOutput<'decryptOmemo'>

/** What was inside of the header's key, and the sessions after it. */
type Opened = Readonly<{
  inside: Buffer
  sessions: Session[]
  session: Session
  isNewSession: boolean
  usedPreKey: boolean
}>

/** The refusal that says most: a used key is silent, whatever other sessions make of the message. */
const weight: Readonly<Partial<Record<OmemoRefusal, number>>> = { repeated: 3, 'too-far': 2, 'weak-key': 1 }

type Asked = Readonly<{ variant: Variant; own: Buffer; sessions: Session[]; nowMs: number }>

/** Tries one session on a copy, which is adopted when the MAC holds. */
function tryOn(session: Session, message: RatchetMessage, { variant, own }: Asked) {
  const copy = copySession(session)
  const identities: Identities = { own, their: session.theirIdentity }
  const inside = ratchetDecrypt(variant, copy, message, identities)
  if (typeof inside === 'string') {
    wipeSession(copy)
    return inside
  }
  return { copy, inside }
}

function adopt(asked: Asked, session: Session, copy: Session): Session[] {
  copy.pending = null
  copy.usedAtMs = asked.nowMs
  const others = asked.sessions.filter(each => each !== session)
  wipeSession(session)
  return withFirst([copy, ...others], copy, asked.nowMs)
}

function openWith(
  asked: Asked,
  candidates: readonly Session[],
  message: RatchetMessage,
): Opened | OmemoRefusal {
  // The one whose chain it is of first; the rest is tried because a step of the ratchet looks the same in all.
  const likely = candidates.filter(
    ({ theirs, skipped }) =>
      theirs?.equals(message.ratchetKey) || skipped.some(each => each.ratchetKey.equals(message.ratchetKey)),
  )
  let reason: OmemoRefusal = candidates.length === 0 ? 'no-session' : 'not-opened'
  for (const session of new Set([...likely, ...candidates])) {
    const tried = tryOn(session, message, asked)
    if (typeof tried !== 'string') {
      const { copy, inside } = tried
      const sessions = adopt(asked, session, copy)
      return { inside, sessions, session: copy, isNewSession: false, usedPreKey: false }
    }
    if ((weight[tried] ?? 0) > (weight[reason] ?? 0)) reason = tried
  }
  return reason
}

/** A session that the exchange begins; marks the prekey as used. */
function openExchange(
  device: Device,
  asked: Asked,
  exchange: KeyExchange,
  message: RatchetMessage,
): Opened | OmemoRefusal {
  const { variant, sessions, nowMs } = asked
  const keys = device.keys[variant.version]
  if (exchange.preKeyId === null) return 'no-prekey'
  const signed = keys.signed.find(({ id }) => id === exchange.signedPreKeyId)
  const preKey = keys.preKeys.find(({ id }) => id === exchange.preKeyId)
  if (!signed || !preKey) return 'unknown-prekey'
  const ours = { signedPreKey: keyPairOf(signed.secret), preKey: keyPairOf(preKey.secret) }
  const session = respond(variant, device.identity, ours, exchange, nowMs)
  if (session === null) return 'weak-key'
  const tried = tryOn(session, message, asked)
  wipeSession(session)
  if (typeof tried === 'string') return tried
  preKey.isUsed = true
  const { copy, inside } = tried
  return {
    inside,
    sessions: withFirst(sessions, copy, nowMs),
    session: copy,
    isNewSession: true,
    usedPreKey: true,
  }
}

/** See `decrypt` of the port. */
export function decrypt(device: Device, question: Question, place: SealPlace): Answer {
  const { accountId, message, nowMs } = question
  const { version, sender, key } = message
  const variant = variantOf(version)
  const refused = (reason: OmemoRefusal, fingerprint: string | null = null): Answer => ({
    kind: 'refused',
    reason,
    fingerprint,
  })
  const of: SessionsOf = { accountId, identity: device.identity.key, version, ...sender }
  const stored = message.sessions === null ? [] : openSessions(message.sessions, place, of)
  // An exchange can begin anew where what was stored is damaged; a message of a session cannot.
  if (stored === null && !key.isKeyExchange) return refused('state-damaged')
  const sessions = stored ?? []
  const data = Buffer.from(key.data)
  const exchange = key.isKeyExchange ? readExchange(variant, data) : null
  const ratchetMessage = readMessage(variant, exchange?.message ?? data)
  if ((key.isKeyExchange && exchange === null) || ratchetMessage === null) return refused('malformed')

  const asked: Asked = { variant, own: publishedIdentity(variant, device.identity), sessions, nowMs }
  const [active] = sessions
  if (!exchange && !active) return refused('no-session')
  const agreementKey = exchange
    ? agreementKeyOf(variant, exchange.identityKey)
    : (active?.theirAgreementKey ?? null)
  if (agreementKey === null) return refused('weak-key')
  const fingerprint = fingerprintOf(agreementKey)
  if (message.fingerprint !== null && message.fingerprint !== fingerprint)
    return refused('other-identity', fingerprint)
  if (active && exchange && !active.theirIdentity.equals(exchange.identityKey))
    return refused('other-identity', fingerprint)

  const begun = exchange
    ? sessions.filter(each => !each.isInitiator && each.ephemeralKey.equals(exchange.ephemeralKey))
    : sessions
  const opened =
    exchange && begun.length === 0
      ? openExchange(device, asked, exchange, ratchetMessage)
      : openWith(asked, begun, ratchetMessage)
  if (typeof opened === 'string') {
    for (const each of sessions) wipeSession(each)
    return refused(opened, fingerprint)
  }
  const content = openPayload(version, opened.inside, message)
  opened.inside.fill(0)
  const after = sealSessions(opened.sessions, place, of)
  for (const each of opened.sessions) wipeSession(each)
  // The key is not used up by a payload that somebody on the way changed: the right one may come yet.
  if (typeof content === 'string') return refused(content, fingerprint)
  return {
    kind: 'opened',
    content: content && new Uint8Array(content),
    sessions: after,
    device: opened.usedPreKey ? sealDevice(device, place, accountId) : null,
    fingerprint,
    isNewSession: opened.isNewSession,
    chain: ratchetMessage.ratchetKey.toString('hex'),
    counter: ratchetMessage.counter,
  }
}
