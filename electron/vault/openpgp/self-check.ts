import { createHash } from 'node:crypto'
import { SiegelError } from '../../../shared/ipc/result'
import { encryptedParts } from './decrypt-message'
import { literalBytes, openProtected } from './inner-packets'
import type { enums, Key, SessionKey } from './library'
import { isHiddenKeyId, recipientKeyId } from './outer-packets'
import { signatureFacts } from './signatures'

/** Bytes of the ciphers that are written (RFC 9580 §9.3). */
const sessionKeyBytes: Readonly<Record<string, number>> = { aes128: 16, aes192: 24, aes256: 32 }

/** A hash of the session key before this one: a random source that repeats itself shows here. */
let previous: string | null = null

const failed = (detail: string) => new SiegelError('self-check-failed', { detail })

/** Throws when the session key is not what a random source gives. */
export const checkSessionKey = ({ data, algorithm }: SessionKey, before: string | null): string => {
  if (data.byteLength !== sessionKeyBytes[algorithm]) throw failed('session key length')
  if (new Set(data).size < 4) throw failed('session key is degenerate')
  const hash = createHash('sha256').update(data).digest('hex')
  if (hash === before) throw failed('session key was used before')
  return hash
}

type Finished = Readonly<{
  armored: string
  data: Uint8Array
  sessionKey: SessionKey
  /** Key IDs of the recipients that are named, one for each. */
  named: readonly string[]
  hiddenCount: number
  signer: Key | null
  nowMs: number
}>

/**
 * Takes a finished message apart again as a reader would. Throws `self-check-failed` when the session key is
 * degenerate, a recipient has no packet or one too many, the plaintext differs, or the signature does not hold.
 */
export const selfCheck = async (finished: Finished): Promise<void> => {
  const { armored, data, sessionKey, named, hiddenCount, signer, nowMs } = finished
  previous = checkSessionKey(sessionKey, previous)
  if (/^(Version|Comment|Charset|Hash):/im.test(armored.slice(0, 500))) throw failed('armor headers')

  const parts = encryptedParts(Buffer.from(armored, 'latin1'))
  const keyIds = parts.sessionKeyPackets.map(recipientKeyId)
  const visible = keyIds.filter(keyId => !isHiddenKeyId(keyId)).sort()
  if (keyIds.length - visible.length !== hiddenCount) throw failed('hidden recipients')
  if (visible.join() !== [...named].sort().join()) throw failed('recipients')

  const plaintext = await openProtected(parts.data.whole, {
    data: sessionKey.data,
    algorithm: sessionKey.algorithm as SessionKey['algorithm'] & enums.symmetricNames,
  }).catch(() => null)
  if (!plaintext) throw failed('the session key does not open it')
  if (!Buffer.from(literalBytes(plaintext.literal)).equals(data)) throw failed('the content differs')

  const signatures = await signatureFacts(plaintext.signatures, plaintext.literal, signer ? [signer] : [], {
    detached: false,
    nowMs,
    readers: null,
  })
  if (signatures.length !== (signer ? 1 : 0)) throw failed('signatures')
  if (signatures.some(({ state }) => state !== 'good')) throw failed('the signature does not hold')
}
