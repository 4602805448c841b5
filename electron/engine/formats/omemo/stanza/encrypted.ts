import { bareJid } from '../../../../../shared/kit/jid'
import { attributeOf, childOf, childrenOf, type Element, el, isNamed } from '../../../ports/chat/element'
import type { Encrypted, HeaderKey, OmemoMessage, OmemoVersion } from '../../../ports/chat/omemo'
import { omemoNamespaces } from './names'
import { base64Of, bytesOf, deviceIdOf, isTrue } from './values'

const keyLimitBytes = 4096
const payloadLimitBytes = 1_000_000
/** Keys of one element that are looked at: a room of a hundred people with their devices. */
const mostKeys = 5000

/** An `encrypted` element as far as it concerns one device. */
export type ReceivedEncrypted = Readonly<{
  version: OmemoVersion
  /** Of the sender; whose it is, the stanza says. */
  senderDeviceId: number
  /** What is for this device: none (it was not encrypted for it), one, or more (`omemo` names no JIDs, and two members may have one id). */
  keys: readonly OmemoMessage['key'][]
  iv: Uint8Array | null
  /** Null: an empty message. */
  payload: Uint8Array | null
}>

/** Whose device reads: its account's bare address in one spelling (shared/kit/jid), and its id. */
export type ReadingDevice = Readonly<{ jid: string; deviceId: number }>

/** The elements of a stanza that are looked at: the first of each version, the one that protects more first. */
export const encryptedElementsOf = (
  stanza: Element,
): readonly Readonly<{ version: OmemoVersion; element: Element }>[] =>
  (['omemo2', 'omemo'] as const).flatMap(version => {
    const element = childOf(stanza, 'encrypted', omemoNamespaces[version])
    return element ? [{ version, element }] : []
  })

/** Null for what is malformed. Several keys for one device are given in their order. */
export function readEncrypted(
  version: OmemoVersion,
  element: Element,
  own: ReadingDevice,
): ReceivedEncrypted | null {
  const namespace = omemoNamespaces[version]
  if (!isNamed(element, 'encrypted', namespace)) return null
  const header = childOf(element, 'header', namespace)
  const senderDeviceId = deviceIdOf(header, 'sid')
  if (header === undefined || senderDeviceId === null) return null
  const lists =
    version === 'omemo'
      ? [header]
      : childrenOf(header, namespace, 'keys').filter(
          list => bareJid(attributeOf(list, 'jid') ?? '') === own.jid,
        )
  const elements = lists
    .flatMap(list => childrenOf(list, namespace, 'key'))
    .slice(0, mostKeys)
    .filter(key => deviceIdOf(key, 'rid') === own.deviceId)
  const keys = elements.flatMap(key => {
    const data = bytesOf(key, keyLimitBytes)
    return data === null ? [] : [{ isKeyExchange: isTrue(key, version === 'omemo' ? 'prekey' : 'kex'), data }]
  })
  if (keys.length < elements.length) return null
  const payloadElement = childOf(element, 'payload', namespace)
  const payload = payloadElement ? bytesOf(payloadElement, payloadLimitBytes) : null
  const ivElement = childOf(header, 'iv', namespace)
  const iv = ivElement ? bytesOf(ivElement, 16) : null
  if ((payloadElement && payload === null) || (ivElement && iv === null)) return null
  if (version === 'omemo' && payload !== null && iv === null) return null
  return { version, senderDeviceId, keys, iv, payload }
}

const keyElement = (version: OmemoVersion, { deviceId, isKeyExchange, data }: HeaderKey): Element => {
  const attribute = version === 'omemo' ? 'prekey' : 'kex'
  return el(
    'key',
    omemoNamespaces[version],
    { rid: String(deviceId), ...(isKeyExchange ? { [attribute]: 'true' } : {}) },
    base64Of(data),
  )
}

/** The element of one version, as the vault's answer says. */
export function writeEncrypted({ version, deviceId, keys, iv, payload }: Encrypted): Element {
  const namespace = omemoNamespaces[version]
  const sid = { sid: String(deviceId) }
  const payloads = payload ? [el('payload', namespace, {}, base64Of(payload))] : []
  if (version === 'omemo') {
    const ivs = iv ? [el('iv', namespace, {}, base64Of(iv))] : []
    const header = el('header', namespace, sid, ...keys.map(key => keyElement(version, key)), ...ivs)
    return el('encrypted', namespace, {}, header, ...payloads)
  }
  const byJid = new Map<string, HeaderKey[]>()
  for (const key of keys) byJid.set(key.jid, [...(byJid.get(key.jid) ?? []), key])
  const lists = [...byJid].map(([jid, own]) =>
    el('keys', namespace, { jid }, ...own.map(key => keyElement(version, key))),
  )
  return el('encrypted', namespace, {}, el('header', namespace, sid, ...lists), ...payloads)
}
