import { childOf, childrenOf, type Element, el, isNamed } from '../../../ports/chat/element'
import type { OmemoBundle, OmemoVersion } from '../../../ports/chat/omemo'
import { omemoNamespaces } from './names'
import { base64Of, bytesOf, keyIdOf } from './values'

/** Prekeys of a bundle that are looked at. */
const mostPreKeys = 200
const keyBytes = 32
/** What `omemo` writes before a public key (Curve25519). */
const keyHead = 5

const words = {
  omemo: {
    signedPreKey: 'signedPreKeyPublic',
    signedPreKeyId: 'signedPreKeyId',
    signature: 'signedPreKeySignature',
    identityKey: 'identityKey',
    preKey: 'preKeyPublic',
    preKeyId: 'preKeyId',
  },
  omemo2: {
    signedPreKey: 'spk',
    signedPreKeyId: 'id',
    signature: 'spks',
    identityKey: 'ik',
    preKey: 'pk',
    preKeyId: 'id',
  },
} as const

/** A public key without what stands before it; null where it is none. */
function keyOf(version: OmemoVersion, element: Element | undefined): Uint8Array | null {
  const bytes = bytesOf(element, keyBytes + 1)
  if (version === 'omemo2') return bytes?.byteLength === keyBytes ? bytes : null
  return bytes?.byteLength === keyBytes + 1 && bytes[0] === keyHead ? bytes.subarray(1) : null
}

const writtenKey = (version: OmemoVersion, key: Uint8Array): string =>
  base64Of(version === 'omemo' ? Buffer.concat([Buffer.of(keyHead), key]) : key)

/**
 * Null for what is no bundle of this version. Prekeys that are none are left out, as are those after the first 200 and those with an id that
 * came before; whether the keys are any good is for the vault to say.
 */
export function readBundle(version: OmemoVersion, element: Element): OmemoBundle | null {
  const namespace = omemoNamespaces[version]
  if (!isNamed(element, 'bundle', namespace)) return null
  const word = words[version]
  const child = (name: string) => childOf(element, name, namespace)
  const id = keyIdOf(child(word.signedPreKey), word.signedPreKeyId)
  const key = keyOf(version, child(word.signedPreKey))
  const signature = bytesOf(child(word.signature), 64)
  const identityKey = keyOf(version, child(word.identityKey))
  if (id === null || key === null || signature?.byteLength !== 64 || identityKey === null) return null
  const preKeys = new Map<number, Uint8Array>()
  for (const each of childrenOf(child('prekeys'), namespace, word.preKey)) {
    const preKeyId = keyIdOf(each, word.preKeyId)
    const preKey = keyOf(version, each)
    if (preKeyId === null || preKey === null || preKeys.has(preKeyId)) continue
    preKeys.set(preKeyId, preKey)
    if (preKeys.size === mostPreKeys) break
  }
  return {
    version,
    identityKey,
    signedPreKey: { id, key, signature },
    preKeys: [...preKeys].map(([preKeyId, preKey]) => ({ id: preKeyId, key: preKey })),
  }
}

export function writeBundle({ version, identityKey, signedPreKey, preKeys }: OmemoBundle): Element {
  const namespace = omemoNamespaces[version]
  const word = words[version]
  const element = (name: string, text: string, attribute?: string, id?: number) =>
    el(name, namespace, attribute === undefined ? {} : { [attribute]: String(id) }, text)
  return el(
    'bundle',
    namespace,
    {},
    element(word.signedPreKey, writtenKey(version, signedPreKey.key), word.signedPreKeyId, signedPreKey.id),
    element(word.signature, base64Of(signedPreKey.signature)),
    element(word.identityKey, writtenKey(version, identityKey)),
    el(
      'prekeys',
      namespace,
      {},
      ...preKeys.map(({ id, key }) => element(word.preKey, writtenKey(version, key), word.preKeyId, id)),
    ),
  )
}
