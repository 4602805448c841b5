/** A DS record that is believed without proof. */
export type TrustAnchor = Readonly<{
  keyTag: number
  algorithm: number
  digestType: number
  digestHex: string
}>

/**
 * The keys of the DNS root, as IANA publishes them (https://data.iana.org/root-anchors/root-anchors.xml): KSK-2017,
 * and KSK-2024, which takes over during the roll-over of 2026.
 */
export const rootAnchors: readonly TrustAnchor[] = [
  {
    keyTag: 20326,
    algorithm: 8,
    digestType: 2,
    digestHex: 'e06d44b80b8f1d39a95c0b0d7c65d08458e880409bbc683457104237c7f8ec8d',
  },
  {
    keyTag: 38696,
    algorithm: 8,
    digestType: 2,
    digestHex: '683d2d0acb8c9b712a1948b27f741219298d0a450d612c483af444a4c0fb2b16',
  },
]
