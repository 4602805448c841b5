/** The keys of this device for one account: identity, signed prekeys and prekeys of both versions. */
import { randomBytes } from 'node:crypto'
import { type OmemoBundle, type OmemoVersion, omemoVersions } from '../../../../shared/ipc/vault/omemo-calls'
import { clamp, createKeyPair, curveBytes, publicKeyOf } from '../curve/x25519'
import { createIdentity, type Identity, publishedIdentity, signPreKey } from '../ratchet/exchange'
import { variantOf } from '../wire/variant'
import { Packer, Unpacker } from './packed'
import { openState, type SealPlace, sealState } from './seal'

/** XEP-0384 §5.3.2: about 100. */
const preKeyCount = 100
/** Used ones that are kept while a catch-up lasts: more is nobody's correspondence. */
const mostUsed = 1000
const dayMs = 86_400_000
const signedPreKeyAgeMs = 7 * dayMs
/** Someone may still build on an old one: messages lie that long on servers. */
const signedPreKeyKeptMs = 30 * dayMs

type SignedPreKey = Readonly<{ id: number; secret: Buffer; signature: Buffer; createdAtMs: number }>
/** Used ones are hidden: not published any more, and not yet gone. */
type PreKey = { readonly id: number; readonly secret: Buffer; isUsed: boolean }

type VersionKeys = {
  /** Newest first. */
  signed: SignedPreKey[]
  preKeys: PreKey[]
  /** Ids grow and come never again, so that a copy of the bundle tells which state wrote it. */
  nextPreKeyId: number
  nextSignedId: number
}

export type Device = Readonly<{
  deviceId: number
  identity: Identity
  keys: Readonly<Record<OmemoVersion, VersionKeys>>
}>

const newSecret = (): Buffer => clamp(randomBytes(curveBytes))

function addSigned(
  device: Pick<Device, 'identity'>,
  version: OmemoVersion,
  keys: VersionKeys,
  nowMs: number,
): void {
  const { secret, key } = createKeyPair()
  const signature = signPreKey(variantOf(version), device.identity, key)
  keys.signed.unshift({ id: keys.nextSignedId++, secret, signature, createdAtMs: nowMs })
}

function fill(keys: VersionKeys): boolean {
  const missing = preKeyCount - keys.preKeys.filter(({ isUsed }) => !isUsed).length
  for (let count = 0; count < missing; count++)
    keys.preKeys.push({ id: keys.nextPreKeyId++, secret: newSecret(), isUsed: false })
  return missing > 0
}

export function createDevice(deviceId: number, nowMs: number): Device {
  const identity = createIdentity()
  const keysOf = (version: OmemoVersion): VersionKeys => {
    const keys: VersionKeys = { signed: [], preKeys: [], nextPreKeyId: 1, nextSignedId: 1 }
    addSigned({ identity }, version, keys, nowMs)
    fill(keys)
    return keys
  }
  return { deviceId, identity, keys: { omemo: keysOf('omemo'), omemo2: keysOf('omemo2') } }
}

/** See `maintain` of the port. Changes the device; `isChanged` is true also where nothing is to be published. */
export function maintainDevice(
  device: Device,
  { nowMs, catchUpOver }: Readonly<{ nowMs: number; catchUpOver: boolean }>,
): Readonly<{ isChanged: boolean; publish: OmemoVersion[] }> {
  const publish: OmemoVersion[] = []
  let isChanged = false
  for (const version of omemoVersions) {
    const keys = device.keys[version]
    const [newest] = keys.signed
    // A clock that was set back must not stop it for ever.
    const age = newest ? Math.abs(nowMs - newest.createdAtMs) : Number.POSITIVE_INFINITY
    const isOld = age >= signedPreKeyAgeMs
    if (isOld) addSigned(device, version, keys, nowMs)
    const kept = keys.signed.filter(
      ({ createdAtMs }, at) => at === 0 || nowMs - createdAtMs < signedPreKeyKeptMs,
    )
    const used = keys.preKeys.filter(({ isUsed }) => isUsed)
    const gone = new Set(catchUpOver ? used : used.slice(0, Math.max(0, used.length - mostUsed)))
    const left = keys.preKeys.filter(each => !gone.has(each))
    isChanged ||= kept.length < keys.signed.length || left.length < keys.preKeys.length
    for (const { secret } of keys.signed.filter(each => !kept.includes(each))) secret.fill(0)
    for (const { secret } of gone) secret.fill(0)
    keys.signed = kept
    keys.preKeys = left
    if (fill(keys) || isOld) publish.push(version)
  }
  return { isChanged: isChanged || publish.length > 0, publish }
}

export function bundleOf({ identity, keys }: Device, version: OmemoVersion): OmemoBundle {
  const [signed] = keys[version].signed
  if (!signed) throw new Error('a device without a signed prekey')
  return {
    version,
    identityKey: new Uint8Array(publishedIdentity(variantOf(version), identity)),
    signedPreKey: {
      id: signed.id,
      key: new Uint8Array(publicKeyOf(signed.secret)),
      signature: new Uint8Array(signed.signature),
    },
    preKeys: keys[version].preKeys
      .filter(({ isUsed }) => !isUsed)
      .map(({ id, secret }) => ({ id, key: new Uint8Array(publicKeyOf(secret)) })),
  }
}

const nameOf = (accountId: string) => ['device', accountId]

/** Leaves the device as it is; `wipeDevice` ends it. */
export function sealDevice(device: Device, place: SealPlace, accountId: string): Uint8Array<ArrayBuffer> {
  const packer = new Packer()
    .number(device.deviceId)
    .bytes(device.identity.secret)
    .bytes(device.identity.key)
    .bytes(device.identity.edwardsKey)
  for (const version of omemoVersions) {
    const { signed, preKeys, nextPreKeyId, nextSignedId } = device.keys[version]
    packer
      .number(nextPreKeyId)
      .number(nextSignedId)
      .list(signed, each =>
        packer.number(each.id).bytes(each.secret).bytes(each.signature).number(each.createdAtMs),
      )
      .list(preKeys, each => packer.number(each.id).bytes(each.secret).flag(each.isUsed))
  }
  return sealState(packer.done(), place, nameOf(accountId))
}

export function openDevice(sealed: Uint8Array, place: SealPlace, accountId: string): Device | null {
  const opened = openState(sealed, place, nameOf(accountId))
  if (opened === null) return null
  const from = new Unpacker(opened)
  const deviceId = from.number()
  const identity = { secret: from.bytes(), key: from.bytes(), edwardsKey: from.bytes() }
  const keysOf = (): VersionKeys => ({
    nextPreKeyId: from.number(),
    nextSignedId: from.number(),
    signed: from.list(() => ({
      id: from.number(),
      secret: from.bytes(),
      signature: from.bytes(),
      createdAtMs: from.number(),
    })),
    preKeys: from.list(() => ({ id: from.number(), secret: from.bytes(), isUsed: from.flag() })),
  })
  const device = { deviceId, identity, keys: { omemo: keysOf(), omemo2: keysOf() } }
  opened.fill(0)
  return device
}

/** Overwrites the secrets of a device that is not needed any more. */
export function wipeDevice({ identity, keys }: Device): void {
  identity.secret.fill(0)
  for (const version of omemoVersions)
    for (const { secret } of [...keys[version].signed, ...keys[version].preKeys]) secret.fill(0)
}
