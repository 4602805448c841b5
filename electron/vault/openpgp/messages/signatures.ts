import type { Fingerprint, KeyProblem } from '../../../../shared/features/keys/model'
import type { SignatureFactsAnswer } from '../../../../shared/ipc/vault/vault-calls'
import { SiegelError } from '../../../../shared/kit/result'
import { fingerprintOf, isWeak, timeOf } from '../keys/key-facts'
import { kindOfSignature } from '../keys/unusable-kinds'
import { config, enums, type Key, type LiteralDataPacket, SignaturePacket } from '../library'
import { clockToleranceMs, isBrokenHash, maxSignatures, readingConfig, strictConfig } from '../policy'
import { intendedRecipientSubpacket, verifiesAlone } from './signature-arithmetic'
import { type AnySignature, unreadFacts } from './unread-signature'

const strict = { ...config, ...strictConfig }
const reading = { ...config, ...readingConfig }

type Part = ReturnType<Key['getKeys']>[number]

const overMessages: ReadonlySet<enums.signature | null> = new Set([
  enums.signature.binary,
  enums.signature.text,
])

/** Empty for a hash that is not known here; the library throws for one. */
const hashName = (hash: enums.hash | null): string => {
  try {
    return hash === null ? '' : (enums.read(enums.hash, hash) ?? '').slice(0, 20)
  } catch {
    return ''
  }
}

/** The key and the part of it that a signature names, by fingerprint where it says one (RFC 9580 §5.2.3.35). */
const signerOf = (signature: SignaturePacket, keys: readonly Key[]): { key: Key; part: Part } | null => {
  const named = signature.issuerFingerprint && Buffer.from(signature.issuerFingerprint).toString('hex')
  for (const key of keys)
    for (const part of key.getKeys(signature.issuerKeyID))
      if (!named || part.getFingerprint() === named) return { key, part }
  return null
}

/** Whether a key has no self-signature as old as `at`: renewed by a program that threw the older ones away. */
const lostItsHistory = (key: Key, part: Part, at: Date): boolean => {
  const own =
    'bindingSignatures' in part
      ? part.bindingSignatures
      : key.users.flatMap(({ selfCertifications }) => selfCertifications)
  const ofUsers = key.users.flatMap(({ selfCertifications }) => selfCertifications)
  const isLater = ({ created }: SignaturePacket) => created !== null && created > at
  return (own.length > 0 && own.every(isLater)) || (ofUsers.length > 0 && ofUsers.every(isLater))
}

const usableAt = async (key: Key, part: Part, at: Date, rules: typeof config): Promise<boolean> => {
  try {
    const found = await key.getSigningKey(part.getKeyID(), at, undefined, rules)
    return found.getFingerprint() === part.getFingerprint()
  } catch {
    return false
  }
}

/** Why a key could not sign at that time. A revocation for compromise counts for every time (RFC 9580 §5.2.3.31). */
const problemsAt = async (key: Key, part: Part, at: Date): Promise<KeyProblem[]> => {
  const problems: KeyProblem[] = []
  if (await key.isRevoked(undefined, undefined, at, reading)) problems.push('revoked')
  else if ('mainKey' in part && part.revocationSignatures.length > 0) problems.push('revoked')
  if (part.getCreationTime() > at || key.getCreationTime() > at) problems.push('not-yet-valid')
  const ends = [
    timeOf(await key.getExpirationTime(undefined, reading)),
    'mainKey' in part ? timeOf(await part.getExpirationTime(at, reading).catch(() => null)) : null,
  ]
  if (ends.some(end => end !== null && end <= at.getTime())) problems.push('expired')
  return problems.length > 0 ? problems : ['no-signing-key']
}

/** Fingerprints of the keys a message was meant for, if its signer said so (RFC 9580 §5.2.3.36). */
const intendedRecipients = (signature: SignaturePacket): readonly string[] =>
  signature.unknownSubpackets
    .filter(({ type }) => type === intendedRecipientSubpacket)
    .map(({ body }) => Buffer.from(body.subarray(1)).toString('hex'))

type Judgement = Pick<SignatureFactsAnswer, 'state' | 'problems'>

const judge = async (
  signature: SignaturePacket,
  { key, part }: { key: Key; part: Part },
  literal: LiteralDataPacket,
  { detached, nowMs, readers }: Circumstances,
): Promise<Judgement> => {
  const intended = intendedRecipients(signature)
  if (!overMessages.has(signature.signatureType) || !signature.created) return { state: 'bad', problems: [] }
  if (hashName(signature.hashAlgorithm) === '') return { state: 'unsupported', problems: [] }
  if (!(await verifiesAlone(signature, part.keyPacket, literal, detached)))
    return { state: 'bad', problems: [] }
  // Signed for somebody else and encrypted anew to this reader: it says nothing to them.
  if (readers !== null && intended.length > 0 && !readers.some(reader => intended.includes(reader)))
    return { state: 'bad', problems: [] }
  if (isBrokenHash(signature.hashAlgorithm)) return { state: 'weak', problems: ['weak-hash'] }
  if (isWeak(part) || isWeak(key)) return { state: 'weak', problems: ['weak'] }

  const at = signature.created
  if (at.getTime() > nowMs + clockToleranceMs) return { state: 'key-unusable', problems: ['not-yet-valid'] }
  const end = signature.getExpirationTime()
  if (end instanceof Date && end.getTime() <= nowMs) return { state: 'key-unusable', problems: ['expired'] }

  const moment = lostItsHistory(key, part, at) && part.getCreationTime() <= at ? new Date(nowMs) : at
  if (await usableAt(key, part, moment, strict)) return { state: 'good', problems: [] }
  if (await usableAt(key, part, moment, reading)) return { state: 'weak', problems: ['weak-hash'] }
  return { state: 'key-unusable', problems: await problemsAt(key, part, at) }
}

/**
 * `readers`: the key that opened the message the signature was in, or after a passphrase all own ones; null when it was not
 * encrypted.
 */
export type Circumstances = Readonly<{
  detached: boolean
  nowMs: number
  readers: readonly Fingerprint[] | null
}>

/** Each signature by the mathematics, the policy, and the state of its key when it signed. */
export const signatureFacts = async (
  signatures: readonly AnySignature[],
  literal: LiteralDataPacket,
  keys: readonly Key[],
  circumstances: Circumstances,
): Promise<SignatureFactsAnswer[]> => {
  if (signatures.length > maxSignatures) throw new SiegelError('too-large', { what: 'signature' })
  const facts: SignatureFactsAnswer[] = []
  for (const signature of signatures) {
    if (!(signature instanceof SignaturePacket)) {
      facts.push({
        state: 'unsupported',
        ...unreadFacts(signature),
        fingerprint: null,
        hash: '',
        kind: kindOfSignature(signature.body),
        problems: [],
      })
      continue
    }
    const signer = signerOf(signature, keys)
    const judgement: Judgement = signer
      ? await judge(signature, signer, literal, circumstances)
      : { state: 'unknown-key', problems: [] }
    facts.push({
      ...judgement,
      keyId: signature.issuerKeyID.toHex().padStart(16, '0'),
      fingerprint: signer ? fingerprintOf(signer.key) : null,
      createdAtMs: signature.created?.getTime() ?? null,
      hash: hashName(signature.hashAlgorithm),
      kind: judgement.state === 'unsupported' ? `OpenPGP hash ${signature.hashAlgorithm}` : '',
    })
  }
  return facts
}
