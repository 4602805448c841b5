import {
  fingerprint,
  type KeyFacts,
  type KeyProblem,
  type KeyUserId,
} from '../../../../shared/features/keys/model'
import {
  enums,
  type Key,
  config as libraryConfig,
  type PartialConfig,
  type Subkey,
  type User,
} from '../library'
import {
  clockToleranceMs,
  isBrokenHash,
  legacyKeyConfig,
  maxUserIds,
  readingConfig,
  sha1UserIdsUntilMs,
  strictConfig,
} from '../policy'
import { algorithmWord } from './key-words'

const full = (config: PartialConfig) => ({ ...libraryConfig, ...config })
const strict = full(strictConfig)
const legacy = full(legacyKeyConfig)
const reading = full(readingConfig)

/** The answer of a question of the library that throws for "no". */
const orNull = async <T>(answer: Promise<T>): Promise<T | null> => answer.catch(() => null)

export const fingerprintOf = (key: Key) => fingerprint.parse(key.getFingerprint())

export const timeOf = (date: Date | typeof Infinity | null): number | null =>
  date instanceof Date ? date.getTime() : null

// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is taken out
const unprintable = /[\u0000-\u001f\u007f-\u009f\u200e\u200f\u202a-\u202e\u2066-\u2069]/g
const clean = (text: string, limit: number): string => text.replace(unprintable, '').slice(0, limit)

/** The address a user ID names, in lower case; empty when it names none. */
export const addressOf = ({ email }: { email: string }): string => clean(email, 320).toLowerCase()

/** Whether the owner made it and did not take it back, with whatever hash but MD5. */
const stands = async (user: User, now: Date): Promise<boolean> =>
  (await orNull(user.verify(now, legacy))) === true

/**
 * Whether the owner stands by a user ID now: neither revoked nor expired, and certified with a hash that counts. A SHA-1
 * certification counts only from the time when there was hardly another (policy.ts).
 */
export const isValidUser = async (user: User, now: Date): Promise<boolean> => {
  if (!(await stands(user, now))) return false
  if ((await orNull(user.verify(now, strict))) === true) return true
  return user.selfCertifications.some(
    ({ created, hashAlgorithm }) =>
      isBrokenHash(hashAlgorithm) && created !== null && created.getTime() < sha1UserIdsUntilMs,
  )
}

const userIdsOf = async (key: Key, now: Date, isValid = isValidUser): Promise<KeyUserId[]> => {
  const found: KeyUserId[] = []
  for (const user of key.users.slice(0, maxUserIds)) {
    if (!user.userID) continue
    const { name, userID } = user.userID
    const address = addressOf(user.userID)
    found.push({
      name: clean(name || (address === '' ? userID : ''), 500),
      address,
      valid: await isValid(user, now),
    })
  }
  return found
}

/** User IDs that are bound anew when the owner changes the key, those among them whose hash counts no longer. */
export const userIdsToKeep = async (key: Key, nowMs: number): Promise<KeyUserId[]> =>
  (await userIdsOf(key, momentOf(key, nowMs), stands)).filter(({ valid }) => valid)

type KeyPart = Key | Subkey

/** Names of curves as the library answers them, which its numbers do not list in the types. */
const refusesCurve = (curve: string): boolean =>
  [...strict.rejectCurves].some(refused => enums.curve[curve as keyof typeof enums.curve] === refused)

/** Whether the algorithm of a part is refused, or its key too short: asked of the part alone. */
export const isWeak = (part: KeyPart): boolean => {
  const { bits, curve } = part.getAlgorithmInfo()
  const { algorithm } = part.keyPacket
  return (
    strict.rejectPublicKeyAlgorithms.has(algorithm) ||
    (curve !== undefined && refusesCurve(curve)) ||
    ([enums.publicKey.rsaEncryptSign, enums.publicKey.rsaEncrypt, enums.publicKey.rsaSign].includes(
      algorithm,
    ) &&
      (bits ?? 0) < strict.minRSABits)
  )
}

/** When each encryption subkey ends that is usable now; the primary's end bounds them all. */
const encryptionEnd = async (key: Key, now: Date, primaryEnd: number | null): Promise<number | null> => {
  let latest = 0
  for (const part of [...key.subkeys, key]) {
    const usable = await orNull(key.getEncryptionKey(part.getKeyID(), now, undefined, legacy))
    if (!usable || usable.getKeyID().toHex() !== part.getKeyID().toHex()) continue
    const end = 'mainKey' in usable ? await usable.getExpirationTime(now, legacy) : Infinity
    latest = Math.max(latest, timeOf(end) ?? Infinity)
  }
  const bounded = Math.min(latest, primaryEnd ?? Infinity)
  return latest === 0 || bounded === Infinity ? null : bounded
}

/** Bit of the features subpacket: reads version 2 of protected data (RFC 9580 §5.2.3.32). */
const seipdv2Feature = 0x08

/** Asked of the self-signature that counts. */
const readsAead = async (key: Key, now: Date): Promise<boolean> => {
  const self = await orNull(primarySelfSignature(key, now))
  return ((self?.features?.[0] ?? 0) & seipdv2Feature) !== 0
}

/** The library has this method without naming it in its types. */
const primarySelfSignature = (key: Key, now: Date) =>
  (
    key as Key & {
      getPrimarySelfSignature(
        date: Date,
        userId: undefined,
        config: typeof legacy,
      ): Promise<{ features: Uint8Array | null }>
    }
  ).getPrimarySelfSignature(now, undefined, legacy)

const isRevoked = (key: Key, now: Date) => key.isRevoked(undefined, undefined, now, reading)

/**
 * Makes revocations that are dated later than `nowMs` count all the same, for questions about now: the library compares
 * the time of those that name a harmless reason, and a clock that runs ahead must not keep a revoked key in use. Without a
 * reason a revocation counts for every time (RFC 9580 §5.2.3.31). The bytes of the key stay as they are.
 */
export const heedRevocations = (key: Key, nowMs: number): void => {
  const parts = [key, ...key.users, ...key.subkeys]
  for (const revocation of parts.flatMap(({ revocationSignatures }) => revocationSignatures))
    if ((revocation.created?.getTime() ?? 0) > nowMs)
      (revocation as { reasonForRevocationFlag: number | null }).reasonForRevocationFlag = null
}

/**
 * The moment a key is judged at: now, or, when it was made or changed on a machine whose clock is ahead of this one, the
 * time of its newest self-signature within the tolerance.
 */
export const momentOf = (key: Key, nowMs: number): Date => {
  heedRevocations(key, nowMs)
  const own = [
    ...key.users.flatMap(({ selfCertifications }) => selfCertifications),
    ...key.subkeys.flatMap(({ bindingSignatures }) => bindingSignatures),
  ]
  const ahead = own
    .map(({ created }) => created?.getTime() ?? 0)
    .filter(time => time > nowMs && time <= nowMs + clockToleranceMs)
  return new Date(Math.max(nowMs, ...ahead))
}

/** What a canonical key says of itself now. */
export const keyFactsOf = async (key: Key, nowMs: number): Promise<KeyFacts> => {
  const now = momentOf(key, nowMs)
  const createdAtMs = key.getCreationTime().getTime()
  const end = await orNull(key.getExpirationTime(undefined, reading))
  const expiresAtMs = timeOf(end)
  const isAhead = createdAtMs > nowMs + clockToleranceMs
  // It names its owner already, though nothing may be done with it.
  const userIds = await userIdsOf(key, isAhead ? momentOf(key, createdAtMs) : now)

  const encryptsStrictly = await orNull(key.getEncryptionKey(undefined, now, undefined, strict))
  const signsStrictly = await orNull(key.getSigningKey(undefined, now, undefined, strict))
  const encrypts = encryptsStrictly ?? (await orNull(key.getEncryptionKey(undefined, now, undefined, legacy)))
  const signs = signsStrictly ?? (await orNull(key.getSigningKey(undefined, now, undefined, legacy)))

  const problems = new Set<KeyProblem>()
  if (await isRevoked(key, now)) problems.add('revoked')
  if (expiresAtMs !== null && expiresAtMs <= nowMs) problems.add('expired')
  if (isAhead) problems.add('not-yet-valid')
  if (isWeak(key) || (!encrypts && key.subkeys.length > 0 && key.subkeys.every(isWeak))) problems.add('weak')
  if ((encrypts && !encryptsStrictly) || (signs && !signsStrictly)) problems.add('weak-hash')
  if (!encrypts) problems.add('no-encryption-subkey')
  if (!signs) problems.add('no-signing-key')
  if (!userIds.some(({ valid }) => valid)) problems.add('no-valid-user-id')

  const words = [key, encrypts ?? key.subkeys[0] ?? key].map(part => algorithmWord(part.getAlgorithmInfo()))
  return {
    fingerprint: fingerprintOf(key),
    keyIds: key.getKeyIDs().map(id => id.toHex()),
    version: key.keyPacket.version,
    algorithm: [...new Set(words)].join(' / ').slice(0, 100),
    createdAtMs,
    expiresAtMs,
    encryptionExpiresAtMs: encrypts ? await encryptionEnd(key, now, expiresAtMs) : null,
    userIds,
    canEncrypt: encrypts !== null,
    canSign: signs !== null,
    readsAead: await readsAead(key, now),
    problems: [...problems],
  }
}
