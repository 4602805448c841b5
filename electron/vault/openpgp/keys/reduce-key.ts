import type { VaultCallOutput, VaultQuestion } from '../../../../shared/ipc/vault/vault-calls'
import { SiegelError } from '../../../../shared/kit/result'
import {
  type AnyPacket,
  enums,
  type Key,
  config as libraryConfig,
  PublicKey,
  SignaturePacket,
} from '../library'
import { isBrokenHash, legacyKeyConfig, strictConfig } from '../policy'
import { addressOf, isValidUser, keyFactsOf, momentOf } from './key-facts'
import { canonical, onePublicKey, packetList, publicBytes } from './public-key'

/** The statement that counts: the newest with a hash of today, else the newest. */
const counting = (signatures: readonly SignaturePacket[], now: Date): SignaturePacket[] => {
  const made = signatures.filter(({ created }) => created !== null && created <= now)
  const sound = made.filter(({ hashAlgorithm }) => !isBrokenHash(hashAlgorithm))
  const timeOf = ({ created }: SignaturePacket) => created?.getTime() ?? 0
  return [...(sound.length > 0 ? sound : made)].sort((one, other) => timeOf(other) - timeOf(one)).slice(0, 1)
}

/** Key IDs of the parts that are encrypted to and signed with now. */
const currentParts = async (key: Key, now: Date): Promise<ReadonlySet<string>> => {
  const asked = [strictConfig, legacyKeyConfig].map(async config => {
    const full = { ...libraryConfig, ...config }
    const encrypts = await key.getEncryptionKey(undefined, now, undefined, full).catch(() => null)
    const signs = await key.getSigningKey(undefined, now, undefined, full).catch(() => null)
    return { encrypts, signs }
  })
  const [strictly, loosely] = await Promise.all(asked)
  const used = [strictly?.encrypts ?? loosely?.encrypts, strictly?.signs ?? loosely?.signs]
  return new Set(used.flatMap(part => (part ? [part.getKeyID().toHex()] : [])))
}

/**
 * A public key as one address shows it: the other addresses of its owner are no business of who gets it. With
 * `subkeys: 'current'` also without subkeys that are no longer used; `all` keeps them, for old signatures.
 * Revocations and what is said of the primary key itself stay. Throws `no-key` when no user ID names the address.
 */
export const reduceKey = async ({
  key: bytes,
  address,
  subkeys,
  nowMs,
}: VaultQuestion<'reduceKey'>): Promise<VaultCallOutput<'reduceKey'>> => {
  const key = await canonical(await onePublicKey(bytes))
  const now = momentOf(key, nowMs)
  const isAll = subkeys === 'all'
  const pick = (signatures: readonly SignaturePacket[]) => (isAll ? signatures : counting(signatures, now))

  const directSignatures = key
    .toPacketList()
    .filter((each): each is SignaturePacket => each instanceof SignaturePacket)
    .filter(({ signatureType }) => signatureType === enums.signature.key)
  const users = key.users.filter(({ userID }) => userID && addressOf(userID) === address.toLowerCase())
  const valid = []
  for (const user of users) if (await isValidUser(user, now)) valid.push(user)
  const shown = isAll ? users : valid.slice(0, 1)
  if (shown.length === 0) throw new SiegelError('no-key', { address })

  const current = await currentParts(key, now)
  const packets: AnyPacket[] = [
    key.keyPacket,
    ...key.revocationSignatures,
    ...pick(directSignatures),
    ...shown.flatMap(({ userID, selfCertifications, revocationSignatures }) => [
      ...(userID ? [userID] : []),
      ...(isAll ? revocationSignatures : []),
      ...pick(selfCertifications),
    ]),
    ...key.subkeys
      .filter(subkey => isAll || current.has(subkey.getKeyID().toHex()))
      .flatMap(subkey => [
        subkey.keyPacket,
        ...subkey.revocationSignatures,
        ...pick(subkey.bindingSignatures),
      ]),
  ]
  const reduced = new PublicKey(packetList(packets))
  return { facts: await keyFactsOf(reduced, nowMs), bytes: publicBytes(reduced) }
}
