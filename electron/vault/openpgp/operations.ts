/** Every operation of the contract with the engine (shared/ipc/vault-calls) by name. */

import type {
  MessagePassphrase,
  OmemoCallName,
  VaultCallName,
  VaultCallOutput,
  VaultQuestion,
} from '../../../shared/ipc/vault/vault-calls'
import { SiegelError } from '../../../shared/kit/result'
import { isKeyObject, readCollectionKeys, writeCollectionKeys } from './collections/key-object'
import { openObject, sealObject } from './collections/objects'
import { changeKey } from './keys/change-key'
import { generate } from './keys/generate-key'
import { HeldKeys, type SealPlace } from './keys/held-keys'
import { keyFactsOf } from './keys/key-facts'
import { canonical, keysOf, mergePublic, onePublicKey, publicBytes } from './keys/public-key'
import { reduceKey } from './keys/reduce-key'
import { revocationsAlone, revokeHeld, revokePublic } from './keys/revocation'
import type { Key } from './library'
import { decryptMessage } from './messages/decrypt-message'
import { encryptMessage } from './messages/encrypt-message'
import { signDetached } from './messages/sign-message'
import { verifyCleartext, verifyDetached } from './messages/verify-message'

const publicKeyOf = async (key: Key, nowMs: number) => ({
  facts: await keyFactsOf(key, nowMs),
  bytes: publicBytes(key),
})

/** What of the calls is about OpenPGP. */
export type OpenpgpCallName = Exclude<VaultCallName, OmemoCallName>

type Operations = {
  [N in OpenpgpCallName]: (
    input: VaultQuestion<N>,
    held: HeldKeys,
    place: SealPlace,
    takePassphrase: (given: MessagePassphrase) => string,
  ) => Promise<VaultCallOutput<N>>
}

const operations: Operations = {
  async readKeys({ bytes }) {
    const revocations: VaultCallOutput<'readKeys'>['revocations'] = []
    const { keys, broken, unusable } = await keysOf(bytes, async block => {
      const alone = await revocationsAlone(block)
      revocations.push(...alone)
      return alone.length > 0
    })
    const found: VaultCallOutput<'readKeys'>['keys'] = []
    for (const key of keys)
      found.push({ ...(await publicKeyOf(key, Date.now())), hasSecret: key.isPrivate() })
    return { keys: found, broken, unusable, revocations: revocations.slice(0, 1000) }
  },
  async mergeKeys({ known, update }) {
    const merged = await mergePublic(await onePublicKey(known), await onePublicKey(update))
    return publicKeyOf(await canonical(merged), Date.now())
  },
  revokePublic,
  revokeHeld,
  reduceKey,
  generate: (input, _held, place) => generate(input, place),
  hold: async ({ keys }, held) => {
    held.hold(keys)
    return {}
  },
  async unlocked(_input, held, place) {
    const open: VaultCallOutput<'unlocked'> = []
    for (const fingerprint of held.fingerprints())
      if (await held.openOrNull(fingerprint, place).catch(() => null)) open.push(fingerprint)
    return open
  },
  change: changeKey,
  async decrypt(question, held, place, takePassphrase) {
    let given = question.passphrase
    const opened = await decryptMessage(question, held, place, () => {
      const passphrase = given ? takePassphrase(given) : null
      given = undefined
      return passphrase
    })
    // It is for the vault alone (`readCollectionKeys`): who asks as for mail shall not have the secrets.
    if (isKeyObject(opened.bytes)) {
      opened.bytes.fill(0)
      throw new SiegelError('message-malformed', { detail: 'the keys of a collection' })
    }
    return opened
  },
  verify: verifyDetached,
  verifyCleartext,
  encrypt: encryptMessage,
  sign: signDetached,
  writeCollectionKeys,
  readCollectionKeys,
  sealObject,
  openObject,
}

const noPassphrases = (): never => {
  throw new SiegelError('bad-request', { field: 'passphrase' })
}

/** The user's secret keys while the profile is unlocked; one vault, one profile. */
export const held = new HeldKeys()

export const runOperation = <N extends OpenpgpCallName>(
  name: N,
  input: VaultQuestion<N>,
  place: SealPlace,
  takePassphrase: (given: MessagePassphrase) => string = noPassphrases,
): Promise<VaultCallOutput<N>> => operations[name](input, held, place, takePassphrase)
