import { attributeOf, childrenOf, type Element, el, isNamed } from '../../../ports/chat/element'
import type { OmemoVersion } from '../../../ports/chat/omemo'
import { omemoNamespaces } from './names'
import { deviceIdOf } from './values'

/** Devices of one person that are looked at. */
const mostDevices = 64
const mostLabelLetters = 53

export type ListedDevice = Readonly<{
  deviceId: number
  /** What the device calls itself, by nobody's word but the server's; of `omemo2` alone. */
  label: string | null
}>

export type DeviceList = Readonly<{
  devices: readonly ListedDevice[]
  /** More were listed than are looked at. */
  isCut: boolean
}>

const namesOf = (version: OmemoVersion) => (version === 'omemo' ? 'list' : 'devices')

/** Null for what is no device list of this version. An id that is none, or comes again, is left out. */
export function readDeviceList(version: OmemoVersion, element: Element): DeviceList | null {
  const namespace = omemoNamespaces[version]
  if (!isNamed(element, namesOf(version), namespace)) return null
  const devices = new Map<number, ListedDevice>()
  let isCut = false
  for (const each of childrenOf(element, namespace, 'device')) {
    const deviceId = deviceIdOf(each, 'id')
    if (deviceId === null || devices.has(deviceId)) continue
    if (devices.size === mostDevices) {
      isCut = true
      break
    }
    const label = version === 'omemo2' ? attributeOf(each, 'label') : undefined
    const shown =
      label && [...label.slice(0, 4 * mostLabelLetters)].slice(0, mostLabelLetters).join('').trim()
    devices.set(deviceId, { deviceId, label: shown || null })
  }
  return { devices: [...devices.values()], isCut }
}

/** Says nothing of the devices but their ids, and the labels that others gave theirs. */
export const writeDeviceList = (version: OmemoVersion, devices: readonly ListedDevice[]): Element => {
  const namespace = omemoNamespaces[version]
  return el(
    namesOf(version),
    namespace,
    {},
    ...devices.map(({ deviceId, label }) =>
      el('device', namespace, {
        id: String(deviceId),
        label: version === 'omemo2' ? (label ?? undefined) : undefined,
      }),
    ),
  )
}
