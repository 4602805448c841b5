/** The bytes of a ratchet message and of an exchange of keys, in both versions. Reads hostile bytes, never throws. */
import { curveBytes } from '../curve/x25519'
import { readFields, writeFields } from './protobuf'
import type { Variant } from './variant'

/** A key and a tag are 48 bytes, with padding 64; peers that put more in are read up to here. */
const ciphertextLimit = 1024
const messageLimit = 2048
const largestId = 0x7fff_ffff

/** One message of a chain. */
export type RatchetMessage = Readonly<{
  /** Of the sender, 32 bytes. */
  ratchetKey: Buffer
  /** Its number in its chain, from 0. */
  counter: number
  /** What the sender says of the chain before: how many it had, or the number of its last. */
  previous: number
  ciphertext: Buffer
  /** The bytes that the MAC covers after the associated data, as they were received. */
  covered: Buffer
  mac: Buffer
}>

export type KeyExchange = Readonly<{
  /** Null where it names none. */
  preKeyId: number | null
  signedPreKeyId: number
  /** As the version writes it: X25519 (`omemo`), Ed25519 (`omemo2`). */
  identityKey: Buffer
  ephemeralKey: Buffer
  message: Buffer
}>

const headed = ({ keyHead }: Variant, key: Uint8Array): Buffer => Buffer.concat([keyHead, key])

/** A public key without what stands before it; null where that, or its length, is wrong. */
function bareKey({ keyHead }: Variant, bytes: Buffer | null): Buffer | null {
  if (bytes?.byteLength !== keyHead.byteLength + curveBytes) return null
  return bytes.subarray(0, keyHead.byteLength).equals(keyHead) ? bytes.subarray(keyHead.byteLength) : null
}

type Unsealed = Pick<RatchetMessage, 'ratchetKey' | 'counter' | 'previous' | 'ciphertext'>

/** What the MAC of a message covers after the associated data. */
export function coveredBytes(variant: Variant, message: Unsealed): Buffer {
  const { ratchetKey, counter, previous, ciphertext } = message
  const key = headed(variant, ratchetKey)
  if (variant.version === 'omemo')
    return Buffer.concat([
      variant.messageHead,
      writeFields([
        [1, key],
        [2, counter],
        [3, previous],
        [4, ciphertext],
      ]),
    ])
  return writeFields([
    [1, counter],
    [2, previous],
    [3, key],
    [4, ciphertext],
  ])
}

export const writeMessage = (variant: Variant, covered: Uint8Array, mac: Uint8Array): Buffer =>
  variant.version === 'omemo'
    ? Buffer.concat([covered, mac])
    : writeFields([
        [1, mac],
        [2, covered],
      ])

export function readMessage(variant: Variant, bytes: Buffer): RatchetMessage | null {
  if (bytes.byteLength > messageLimit) return null
  const isFirst = variant.version === 'omemo'
  let covered: Buffer | null
  let mac: Buffer | null
  let body: Buffer | null
  if (isFirst) {
    const macAt = bytes.byteLength - variant.macBytes
    if (macAt < 1 || bytes[0] !== variant.messageHead[0]) return null
    covered = bytes.subarray(0, macAt)
    mac = bytes.subarray(macAt)
    body = covered.subarray(1)
  } else {
    const outer = readFields(bytes)
    mac = outer?.bytes(1, variant.macBytes) ?? null
    covered = outer?.bytes(2, messageLimit) ?? null
    body = covered
  }
  if (covered === null || body === null || mac?.byteLength !== variant.macBytes) return null
  const fields = readFields(body)
  if (fields === null) return null
  const [counterAt, previousAt, keyAt] = isFirst ? [2, 3, 1] : [1, 2, 3]
  const ratchetKey = bareKey(variant, fields.bytes(keyAt, curveBytes + 1))
  const counter = fields.number(counterAt)
  const previous = fields.number(previousAt) ?? 0
  const ciphertext = fields.bytes(4, ciphertextLimit)
  if (ratchetKey === null || counter === null || ciphertext === null) return null
  if (counter > largestId || previous > largestId) return null
  return { ratchetKey, counter, previous, ciphertext, covered, mac }
}

export function writeExchange(variant: Variant, exchange: KeyExchange): Buffer {
  const { preKeyId, signedPreKeyId, identityKey, ephemeralKey, message } = exchange
  const identity = headed(variant, identityKey)
  const ephemeral = headed(variant, ephemeralKey)
  if (variant.version === 'omemo')
    return Buffer.concat([
      variant.messageHead,
      writeFields([
        [1, preKeyId ?? 0],
        [2, ephemeral],
        [3, identity],
        [4, message],
        [6, signedPreKeyId],
      ]),
    ])
  return writeFields([
    [1, preKeyId ?? 0],
    [2, signedPreKeyId],
    [3, identity],
    [4, ephemeral],
    [5, message],
  ])
}

export function readExchange(variant: Variant, bytes: Buffer): KeyExchange | null {
  const isFirst = variant.version === 'omemo'
  if (bytes.byteLength > messageLimit) return null
  if (isFirst && bytes[0] !== variant.messageHead[0]) return null
  const fields = readFields(isFirst ? bytes.subarray(1) : bytes)
  if (fields === null) return null
  const [signedAt, ephemeralAt, messageAt] = isFirst ? [6, 2, 4] : [2, 4, 5]
  const signedPreKeyId = fields.number(signedAt)
  const identityKey = bareKey(variant, fields.bytes(3, curveBytes + 1))
  const ephemeralKey = bareKey(variant, fields.bytes(ephemeralAt, curveBytes + 1))
  const message = fields.bytes(messageAt, messageLimit)
  if (signedPreKeyId === null || identityKey === null || ephemeralKey === null || message === null)
    return null
  return { preKeyId: fields.number(1), signedPreKeyId, identityKey, ephemeralKey, message }
}
