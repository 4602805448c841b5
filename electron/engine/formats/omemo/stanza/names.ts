import type { OmemoVersion } from '../../../ports/chat/omemo'

/** Names of both versions as XEP-0384 0.3 and 0.8 have them. */
export const omemoNamespaces: Readonly<Record<OmemoVersion, string>> = {
  omemo: 'eu.siacs.conversations.axolotl',
  omemo2: 'urn:xmpp:omemo:2',
}

/** PEP nodes of device lists, to be notified of as `NODE+notify`. */
export const deviceListNodes: Readonly<Record<OmemoVersion, string>> = {
  omemo: 'eu.siacs.conversations.axolotl.devicelist',
  omemo2: 'urn:xmpp:omemo:2:devices',
}

/** Where the bundle of a device lies: `omemo` has a node for each with one item, `omemo2` one node with an item for each. */
export const bundlePlace = (
  version: OmemoVersion,
  deviceId: number,
): Readonly<{ node: string; item: string }> =>
  version === 'omemo'
    ? { node: `eu.siacs.conversations.axolotl.bundles:${deviceId}`, item: 'current' }
    : { node: 'urn:xmpp:omemo:2:bundles', item: String(deviceId) }

/** Both versions, the one that protects more first. */
export const versionsByWorth = ['omemo2', 'omemo'] as const satisfies readonly OmemoVersion[]
