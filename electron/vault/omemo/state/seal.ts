import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto'

/** Layout: one byte of format, 12 of nonce, the sealed bytes, 16 of tag. */
const format = 1
const nonceBytes = 12
const tagBytes = 16

/** The profile that a state belongs to. */
export type SealPlace = Readonly<{ master: Uint8Array; profileId: string }>

/** What a state is of: sealed bytes that stand in another's place do not open. */
export type StateName = readonly (string | number)[]

/** A key for each place, so that no nonce can meet another's. */
function sealing({ master, profileId }: SealPlace, name: StateName) {
  const bound = Buffer.from(JSON.stringify(['siegel/omemo', format, profileId, ...name]))
  const key = Buffer.from(hkdfSync('sha256', master, Buffer.from(profileId), bound, 32))
  return { key, bound }
}

/** Seals a state with AES-256-GCM, and overwrites it. */
export function sealState(state: Buffer, place: SealPlace, name: StateName): Uint8Array<ArrayBuffer> {
  const { key, bound } = sealing(place, name)
  const nonce = randomBytes(nonceBytes)
  const cipher = createCipheriv('aes-256-gcm', key, nonce, { authTagLength: tagBytes })
  cipher.setAAD(bound)
  const parts = [Uint8Array.of(format), nonce, cipher.update(state), cipher.final(), cipher.getAuthTag()]
  state.fill(0)
  key.fill(0)
  // A plain array of its own memory: a pooled Buffer would carry other things along when it is transferred.
  return new Uint8Array(Buffer.concat(parts))
}

/** The state, to be overwritten by the caller; null when it was changed, or belongs elsewhere. */
export function openState(sealed: Uint8Array, place: SealPlace, name: StateName): Buffer | null {
  if (sealed.byteLength < 1 + nonceBytes + tagBytes || sealed[0] !== format) return null
  const { key, bound } = sealing(place, name)
  try {
    const decipher = createDecipheriv('aes-256-gcm', key, sealed.subarray(1, 1 + nonceBytes), {
      authTagLength: tagBytes,
    })
    decipher.setAAD(bound)
    decipher.setAuthTag(sealed.subarray(sealed.byteLength - tagBytes))
    const opened = decipher.update(sealed.subarray(1 + nonceBytes, sealed.byteLength - tagBytes))
    decipher.final()
    return opened
  } catch {
    return null
  } finally {
    key.fill(0)
  }
}
