import type { SealedKeyAnswer } from '../../../../shared/ipc/vault/vault-calls'
import { SiegelError } from '../../../../shared/kit/result'
import type { SealPlace } from '../keys/held-keys'
import { importSecret } from '../keys/own-keys'
import { config, decrypt, readMessage } from '../library'
import { dearmor } from '../packets/armor'
import { outerPackets, tags } from '../packets/outer-packets'
import { readingConfig } from '../policy'

/** A setup message holds one secret key and little else. */
const maxSetupBytes = 1_000_000

/** The Setup Code as it was typed: nine groups of four digits with dashes (Autocrypt Level 1 §4.4). Throws `wrong-passphrase`. */
export const normalSetupCode = (typed: string): string => {
  const digits = typed.replace(/[\s\u2010-\u2015-]/g, '')
  if (!/^\d{36}$/.test(digits)) throw new SiegelError('wrong-passphrase', { reason: 'setup-code' })
  return digits.match(/\d{4}/g)?.join('-') ?? ''
}

/**
 * The secret key of an Autocrypt Setup Message (Autocrypt Level 1 §4): encrypted under the Setup Code, with an armored
 * key inside. Throws `wrong-passphrase`, `message-malformed`, `no-key`, `too-large`.
 */
export const importSetupMessage = async (
  bytes: Uint8Array,
  setupCode: string,
  place: SealPlace,
  nowMs: number,
): Promise<SealedKeyAnswer> => {
  const [block] = dearmor(bytes, ['MESSAGE'], 1)
  if (!block || block.byteLength > maxSetupBytes)
    throw new SiegelError('too-large', { what: 'setup message' })
  const packets = outerPackets(block, 4)
  if (
    packets.length !== 2 ||
    packets[0]?.tag !== tags.symmetricKeySession ||
    packets[1]?.tag !== tags.protected
  )
    throw new SiegelError('message-malformed', { detail: 'not a setup message' })
  const password = normalSetupCode(setupCode)
  let inside: Uint8Array
  try {
    const message = await readMessage({ binaryMessage: block, config: readingConfig })
    const opened = await decrypt({
      message,
      passwords: password,
      format: 'binary',
      config: { ...config, ...readingConfig, maxDecompressedMessageSize: maxSetupBytes },
    })
    inside = opened.data
  } catch {
    throw new SiegelError('wrong-passphrase', { reason: 'setup-code' })
  }
  const {
    keys: [key, ...more],
  } = await importSecret(inside, null, place, nowMs)
  inside.fill(0)
  if (!key || more.length > 0) throw new SiegelError('message-malformed', { detail: 'not one secret key' })
  return key
}
