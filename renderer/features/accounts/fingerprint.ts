const digitsInGroup = 4

/** A fingerprint in groups that can be compared by eye and over the phone: "3F9A 11C0 …", whatever it came as. */
export function fingerprintGroups(fingerprint: string): readonly string[] {
  const digits = fingerprint.replaceAll(/[^0-9a-f]/gi, '').toUpperCase()
  const groups: string[] = []
  for (let at = 0; at < digits.length; at += digitsInGroup) groups.push(digits.slice(at, at + digitsInGroup))
  return groups
}
