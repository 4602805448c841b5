/** A fingerprint in groups of eight, two rows of four, as other programs of chat show it (XEP-0384 §8). */
export const groupsOfEight = (fingerprint: string): readonly string[] => fingerprint.match(/.{1,8}/g) ?? []

type Compared = Readonly<{ deviceId: number; fingerprint: string }>

/**
 * What a code of XEP-0384 says: the address, and keys by device. It is read as other programs write it: with `;` or `&` between its parts,
 * with a leading `message`, in any case. Null where it is no such code.
 */
export function readDeviceCode(
  text: string,
): Readonly<{ address: string; devices: readonly Compared[] }> | null {
  const [, head = '', query = ''] = /^xmpp:([^?#]{1,3071})\?(.{1,8000})$/i.exec(text.trim()) ?? []
  if (head === '') return null
  const devices: Compared[] = []
  for (const part of query.split(/[;&]/)) {
    const [, id = '', hex = ''] = /^omemo-sid-(\d{1,10})=([0-9a-f]{64})$/i.exec(part) ?? []
    if (id !== '') devices.push({ deviceId: Number(id), fingerprint: hex.toLowerCase() })
  }
  try {
    return devices.length === 0 ? null : { address: decodeURIComponent(head).toLowerCase(), devices }
  } catch {
    return null
  }
}

/** The code that another program reads from this screen. */
export const deviceCode = (address: string, devices: readonly Compared[]): string =>
  `xmpp:${encodeURI(address)}?${devices.map(({ deviceId, fingerprint }) => `omemo-sid-${deviceId}=${fingerprint}`).join(';')}`
