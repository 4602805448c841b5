import { SiegelError } from '../../../../../shared/kit/result'
import { readBundle, writeBundle } from '../../../formats/omemo/stanza/bundle'
import { readDeviceList, writeDeviceList } from '../../../formats/omemo/stanza/device-list'
import { bundlePlace, deviceListNodes, versionsByWorth } from '../../../formats/omemo/stanza/names'
import type { OmemoVersion } from '../../../ports/chat/omemo'
import type { ChatParts, Link } from './link'
import { items, publish } from './pubsub'

/** The own list is mended so often on one stream: two programs that both mend it would go on forever. */
const mostMends = 3

const open = { 'pubsub#access_model': 'open', 'pubsub#persist_items': 'true' }

const listOf = async (link: Link, jid: string, version: OmemoVersion) => {
  const found = await items(link, jid, deviceListNodes[version])
  // Any single item: some programs write another id than `current`.
  const [first] = found
  return first === undefined ? null : readDeviceList(version, first.payload)
}

/** Asks for the lists of somebody's devices in both versions, and keeps them. */
export async function refreshDevices(parts: ChatParts, link: Link, jid: string): Promise<void> {
  for (const version of versionsByWorth) {
    const list = await listOf(link, jid, version)
    parts.store.chat.keys.setList(
      ...([link.accountId, jid, version] as const),
      (list?.devices ?? []).map(({ deviceId, label }) => ({ id: deviceId, label: label ?? '' })),
    )
  }
  link.listsAt.set(jid, parts.clock.now())
}

async function makeDevice(parts: ChatParts, link: Link): Promise<void> {
  const { keys } = parts.store.chat
  await refreshDevices(parts, link, link.own)
  const taken = new Set(keys.devices(link.accountId, link.own).map(each => each.device_id))
  let deviceId = 0
  while (deviceId === 0 || taken.has(deviceId)) {
    const [a = 0, b = 0, c = 0, d = 0] = parts.random.bytes(4)
    deviceId = (((a & 0x7f) << 24) | (b << 16) | (c << 8) | d) >>> 0
  }
  await link.exclusively(async () => {
    const made = await parts.vault.omemo.createDevice({
      ...{ accountId: link.accountId, deviceId, nowMs: parts.clock.now() },
    })
    parts.store.chat.transaction(() => {
      keys.setOwn(link.accountId, { deviceId, fingerprint: made.fingerprint, sealed: made.device })
      keys.know(link.accountId, link.own, deviceId, made.fingerprint, true)
    })
  })
}

/** Whether the server's copy of the own bundle was written by a later state, or by another device: the profile was restored or copied. */
async function isLeftBehind(parts: ChatParts, link: Link, version: OmemoVersion): Promise<boolean> {
  const own = parts.store.chat.keys.own(link.accountId)
  if (own === null) return false
  const place = bundlePlace(version, own.device_id)
  const found = await items(link, link.own, place.node, version === 'omemo2' ? place.item : null)
  const [first] = found
  const bundle = first === undefined ? null : readBundle(version, first.payload)
  if (bundle === null) return false
  const judged = await parts.vault.omemo.judgePublished({
    ...{ accountId: link.accountId, device: own.sealed, bundle },
  })
  return judged === 'ahead' || judged === 'foreign'
}

/**
 * Brings the own device to the server: keys are committed first, then the bundle, then the list that names it, so that nobody reads of a device to which
 * nothing can be written. Keys are used one after the other; nothing is asked of the server meanwhile.
 */
export async function publishOwn(parts: ChatParts, link: Link): Promise<void> {
  try {
    await bringOwn(parts, link)
  } catch (error) {
    if (!(error instanceof SiegelError) || error.code !== 'vault-damaged') throw error
    parts.log.warn('the own keys do not open: this profile becomes a new device')
    await makeDevice(parts, link)
    await bringOwn(parts, link)
  }
}

async function bringOwn(parts: ChatParts, link: Link): Promise<void> {
  const { keys } = parts.store.chat
  const { accountId } = link
  if (keys.own(accountId) !== null)
    for (const version of versionsByWorth)
      if (await isLeftBehind(parts, link, version)) {
        parts.log.warn('the keys on the server are newer than these: this profile becomes a new device', {
          version,
        })
        await makeDevice(parts, link)
        break
      }
  if (keys.own(accountId) === null) await makeDevice(parts, link)
  const mended = await link.exclusively(async () => {
    const device = keys.own(accountId)
    if (device === null) return null
    const { device: sealed, publish: changed } = await parts.vault.omemo.maintain({
      ...{ accountId, device: device.sealed, nowMs: parts.clock.now(), catchUpOver: link.isCaughtUp },
    })
    if (sealed !== null) keys.sealOwn(accountId, sealed)
    const { bundles } = await parts.vault.omemo.ownBundles({ accountId, device: sealed ?? device.sealed })
    return { device, bundles, changed }
  })
  if (mended === null) return
  const { device, bundles } = mended
  for (const version of versionsByWorth) {
    if (device.published !== 0 && !mended.changed.includes(version)) continue
    const { node, item } = bundlePlace(version, device.device_id)
    const options = version === 'omemo2' ? { ...open, 'pubsub#max_items': 'max' } : open
    await publish(link, node, { id: item, payload: writeBundle(bundles[version]) }, options)
  }
  keys.setPublished(accountId, true)
  await mendOwnList(parts, link)
}

/** The own list names this device, and keeps the others. */
export async function mendOwnList(parts: ChatParts, link: Link): Promise<void> {
  const { keys } = parts.store.chat
  const device = keys.own(link.accountId)
  if (device === null) return
  for (const version of versionsByWorth) {
    const list = await listOf(link, link.own, version)
    const listed = list?.devices ?? []
    if (!listed.some(({ deviceId }) => deviceId === device.device_id)) {
      if (link.listMends >= mostMends * 2) continue
      link.listMends += 1
      const all = [...listed, { deviceId: device.device_id, label: null }]
      await publish(
        ...([link, deviceListNodes[version]] as const),
        { id: 'current', payload: writeDeviceList(version, all) },
        open,
      )
    }
  }
  await refreshDevices(parts, link, link.own)
}

/** Takes one of the own devices off both lists. */
export async function removeOwnDevice(parts: ChatParts, link: Link, deviceId: number): Promise<void> {
  for (const version of versionsByWorth) {
    const list = await listOf(link, link.own, version)
    const listed = list?.devices ?? []
    if (!listed.some(each => each.deviceId === deviceId)) continue
    await publish(
      ...([link, deviceListNodes[version]] as const),
      {
        id: 'current',
        payload: writeDeviceList(
          version,
          listed.filter(each => each.deviceId !== deviceId),
        ),
      },
      open,
    )
  }
  await refreshDevices(parts, link, link.own)
}
