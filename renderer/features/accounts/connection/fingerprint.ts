/** A fingerprint in the pairs that can be compared by eye and over the phone: "3F 9A 11 …", whatever it came as. */
export const fingerprintPairs = (fingerprint: string): readonly string[] =>
  fingerprint
    .replaceAll(/[^0-9a-f]/gi, '')
    .toUpperCase()
    .match(/.{1,2}/g) ?? []
