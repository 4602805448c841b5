import type { OmemoVersion } from '../../../shared/ipc/vault/omemo-calls'
import type { VaultCallOutput, VaultQuestion } from '../../../shared/ipc/vault/vault-calls'
import { fingerprintOf, lookAtBundle, takePreKey } from './bundles'
import { sealPayload } from './payload'
import { ratchetEncrypt } from './ratchet/double-ratchet'
import { initiate, publishedIdentity } from './ratchet/exchange'
import { type Session, wipeSession } from './ratchet/session'
import type { Device } from './state/device'
import type { SealPlace } from './state/seal'
import { openSessions, type SessionsOf, sealSessions, withFirst } from './state/session-list'
import { writeExchange } from './wire/messages'
import { variantOf } from './wire/variant'

type Question = VaultQuestion<'encryptOmemo'>
type Answer = VaultCallOutput<'encryptOmemo'>
type Recipient = Question['recipients'][number]
type Problem = Answer['failed'][number]['problem']

/** The sessions with one device, the one that is sent with first. */
type Ready = Readonly<{ sessions: Session[]; fingerprint: string; isNew: boolean }>

/** Builds a session where there is none, or where a new one is asked for. */
function prepare(
  device: Device,
  version: OmemoVersion,
  { sessions: sealed, bundle, fingerprint: known, renew }: Recipient,
  open: (sealed: Uint8Array) => Session[] | null,
  nowMs: number,
): Ready | Problem {
  const variant = variantOf(version)
  const stored = sealed === null ? [] : open(sealed)
  // What does not open is not silently begun anew: only where the caller gives a bundle, too.
  if (stored === null && bundle === null) return 'state-damaged'
  const sessions = stored ?? []
  const [active] = sessions
  if (active && !renew) {
    const fingerprint = fingerprintOf(active.theirAgreementKey)
    if (known !== null && known !== fingerprint) return 'other-identity'
    return { sessions, fingerprint, isNew: false }
  }
  if (bundle === null) return 'no-session'
  if (bundle.version !== version) return 'malformed'
  const looked = lookAtBundle(bundle, known)
  if (!looked.ok) return looked.problem
  const preKey = takePreKey(bundle)
  if (preKey === null) return 'no-prekeys'
  const session = initiate(variant, device.identity, { ...bundle, preKey }, nowMs)
  if (session === null) return 'weak-key'
  return { sessions: withFirst(sessions, session, nowMs), fingerprint: looked.fingerprint, isNew: true }
}

/** See `encrypt` of the port. */
export function encrypt(device: Device, question: Question, place: SealPlace): Answer {
  const { accountId, version, content, recipients, nowMs } = question
  const variant = variantOf(version)
  const own = publishedIdentity(variant, device.identity)
  const sealed = sealPayload(version, content)
  const answer: Answer = {
    version,
    deviceId: device.deviceId,
    keys: [],
    iv: sealed.iv && new Uint8Array(sealed.iv),
    payload: sealed.payload && new Uint8Array(sealed.payload),
    sessions: [],
    failed: [],
  }
  // A device that is named twice has one state, and would get one message key twice.
  const each = new Map(recipients.map(recipient => [`${recipient.deviceId} ${recipient.jid}`, recipient]))
  for (const recipient of each.values()) {
    const address = { jid: recipient.jid, deviceId: recipient.deviceId }
    const of: SessionsOf = { accountId, identity: device.identity.key, version, ...address }
    const ready = prepare(device, version, recipient, bytes => openSessions(bytes, place, of), nowMs)
    const session = typeof ready === 'string' ? undefined : ready.sessions[0]
    if (typeof ready === 'string' || !session) {
      answer.failed.push({ ...address, problem: typeof ready === 'string' ? ready : 'no-session' })
      continue
    }
    const message = ratchetEncrypt(variant, session, sealed.inside, { own, their: session.theirIdentity })
    const { pending, ephemeralKey } = session
    const data = pending
      ? writeExchange(variant, { ...pending, identityKey: own, ephemeralKey, message })
      : message
    answer.keys.push({ ...address, isKeyExchange: pending !== null, data: new Uint8Array(data) })
    answer.sessions.push({
      ...address,
      sessions: sealSessions(ready.sessions, place, of),
      fingerprint: ready.fingerprint,
      isNew: ready.isNew,
    })
    for (const used of ready.sessions) wipeSession(used)
  }
  sealed.inside.fill(0)
  return answer
}
