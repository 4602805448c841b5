import {
  type DerValue,
  derTag,
  readBits,
  readDer,
  readDerValues,
  readObjectIdentifier,
  readSmallInteger,
} from './der'

/** The names that a certificate speaks of and that Siegel compares (RFC 5280 §4.2.1.6). */
export type CertificateNames = Readonly<{ dns: readonly string[]; addresses: readonly Buffer[] }>

/** What one certificate says about itself, as far as it is judged here (RFC 5280 §4). */
export type CertificateFacts = Readonly<{
  version: number
  /** Why the signature over it counts for nothing; null when its algorithm is a strong one. */
  weakSignature: string | null
  isSelfIssued: boolean
  /** Null: no subject alternative name at all. */
  names: CertificateNames | null
  basicConstraints: Readonly<{ isCa: boolean; pathLength: number | null }> | null
  /** Null: may be used for anything. */
  keyUsage: Readonly<{ digitalSignature: boolean; keyCertSign: boolean }> | null
  /** Object identifiers; null: may be used for anything. */
  extendedKeyUsage: readonly string[] | null
  nameConstraints: Readonly<{ permitted: CertificateNames; excluded: CertificateNames }> | null
  /** Critical extensions that nobody here understands. */
  unknownCritical: readonly string[]
}>

/** Signatures that count (RFC 9325 §4.1 wants SHA-256 at least). RSASSA-PSS is read from its parameters. */
const strongSignatures: ReadonlySet<string> = new Set([
  '1.2.840.113549.1.1.11', // sha256WithRSAEncryption
  '1.2.840.113549.1.1.12', // sha384WithRSAEncryption
  '1.2.840.113549.1.1.13', // sha512WithRSAEncryption
  '1.2.840.10045.4.3.2', // ecdsa-with-SHA256
  '1.2.840.10045.4.3.3', // ecdsa-with-SHA384
  '1.2.840.10045.4.3.4', // ecdsa-with-SHA512
  '1.3.101.112', // Ed25519
  '1.3.101.113', // Ed448
])
/** For the words of a refusal. */
const weakSignatureNames: Readonly<Record<string, string>> = {
  '1.2.840.113549.1.1.2': 'MD2 with RSA',
  '1.2.840.113549.1.1.4': 'MD5 with RSA',
  '1.2.840.113549.1.1.5': 'SHA-1 with RSA',
  '1.3.14.3.2.29': 'SHA-1 with RSA',
  '1.2.840.113549.1.1.14': 'SHA-224 with RSA',
  '1.2.840.10040.4.3': 'SHA-1 with DSA',
  '2.16.840.1.101.3.4.3.2': 'SHA-256 with DSA',
  '1.2.840.10045.4.1': 'SHA-1 with ECDSA',
  '1.2.840.10045.4.3.1': 'SHA-224 with ECDSA',
}
const RSASSA_PSS = '1.2.840.113549.1.1.10'
const MGF1 = '1.2.840.113549.1.1.8'
/** SHA-2 by its identifier, with its length in bytes. */
const strongHashes: ReadonlyMap<string, number> = new Map([
  ['2.16.840.1.101.3.4.2.1', 32],
  ['2.16.840.1.101.3.4.2.2', 48],
  ['2.16.840.1.101.3.4.2.3', 64],
])

const extension = {
  keyUsage: '2.5.29.15',
  subjectAltName: '2.5.29.17',
  basicConstraints: '2.5.29.19',
  nameConstraints: '2.5.29.30',
  extendedKeyUsage: '2.5.29.37',
} as const
/** Understood here or by the runtime's own verification, which must pass as well: policies, CRL places, key identifiers. */
const understood: ReadonlySet<string> = new Set([
  ...Object.values(extension),
  ...['2.5.29.14', '2.5.29.31', '2.5.29.32', '2.5.29.33', '2.5.29.35', '2.5.29.36', '2.5.29.54'],
])

/** Reads a certificate (RFC 5280 §4.1). Throws RangeError for one that is not written as it must be. */
export function readCertificate(der: Buffer): CertificateFacts {
  const [toBeSigned, outerAlgorithm] = readDerValues(readDer(der, derTag.sequence).content)
  if (!toBeSigned || !outerAlgorithm) throw new RangeError('certificate: cut')
  const fields = readDerValues(toBeSigned.content)
  const isVersioned = fields[0]?.tag === 0xa0
  const version = isVersioned && fields[0] ? readSmallInteger(readDer(fields[0].content)) + 1 : 1
  const [, algorithm, issuer, , subject] = isVersioned ? fields.slice(1) : fields
  if (!algorithm || !issuer || !subject) throw new RangeError('certificate: fields are missing')
  // §4.1.1.2: both places name the same algorithm, or the unsigned one could be changed.
  if (!algorithm.whole.equals(outerAlgorithm.whole)) throw new RangeError('certificate: two algorithms')

  const extensions = readExtensions(fields.find(field => field.tag === 0xa3))
  const read = <T>(id: string, reader: (bytes: Buffer) => T): T | null => {
    const found = extensions.get(id)
    return found ? reader(found.bytes) : null
  }
  return {
    version,
    weakSignature: weaknessOf(algorithm),
    isSelfIssued: issuer.whole.equals(subject.whole),
    names: read(extension.subjectAltName, bytes =>
      namesOf(readDerValues(readDer(bytes, derTag.sequence).content)),
    ),
    basicConstraints: read(extension.basicConstraints, readBasicConstraints),
    keyUsage: read(extension.keyUsage, bytes => {
      const bits = readBits(readDer(bytes))
      return { digitalSignature: bits[0] === true, keyCertSign: bits[5] === true }
    }),
    extendedKeyUsage: read(extension.extendedKeyUsage, bytes =>
      readDerValues(readDer(bytes, derTag.sequence).content).map(readObjectIdentifier),
    ),
    nameConstraints: read(extension.nameConstraints, readNameConstraints),
    unknownCritical: [...extensions]
      .filter(([id, { isCritical }]) => isCritical && !understood.has(id))
      .map(([id]) => id),
  }
}

/** Why a signature algorithm is not accepted, or null. */
function weaknessOf(algorithm: DerValue): string | null {
  const [identifier, parameters] = readDerValues(algorithm.content)
  if (!identifier) throw new RangeError('certificate: no algorithm')
  const id = readObjectIdentifier(identifier)
  if (strongSignatures.has(id)) return null
  if (id !== RSASSA_PSS) return weakSignatureNames[id] ?? `signature algorithm ${id}`
  return parameters && isUsualPss(parameters) ? null : 'RSASSA-PSS with a weak hash or unusual parameters'
}

/**
 * The form that authorities use and every runtime verifies: one SHA-2 for everything, the salt as long as it (RFC 4055
 * §3.1, where whatever is left out means SHA-1).
 */
function isUsualPss(parameters: DerValue): boolean {
  const fields = readDerValues(parameters.content)
  const field = (tag: number) => {
    const found = fields.find(each => each.tag === tag)
    return found && readDer(found.content)
  }
  const idOf = (algorithm: DerValue | undefined) => {
    const [id] = algorithm ? readDerValues(algorithm.content) : []
    return id ? readObjectIdentifier(id) : ''
  }
  const [hash, mask, salt] = [field(0xa0), field(0xa1), field(0xa2)]
  const maskHash = mask && readDerValues(mask.content)[1]
  const hashBytes = strongHashes.get(idOf(hash))
  return (
    hashBytes !== undefined &&
    idOf(mask) === MGF1 &&
    idOf(maskHash) === idOf(hash) &&
    salt !== undefined &&
    readSmallInteger(salt) === hashBytes
  )
}

function readExtensions(field: DerValue | undefined) {
  const found = new Map<string, { isCritical: boolean; bytes: Buffer }>()
  if (!field) return found
  for (const each of readDerValues(readDer(field.content, derTag.sequence).content)) {
    const [identifier, ...rest] = readDerValues(each.content)
    const value = rest.at(-1)
    if (!identifier || value?.tag !== derTag.octetString) throw new RangeError('certificate: extension')
    const id = readObjectIdentifier(identifier)
    // §4.2: one instance of each; with two, every reader could believe another.
    if (found.has(id)) throw new RangeError('certificate: an extension stands twice')
    const isCritical = rest[0]?.tag === derTag.boolean && rest[0].content[0] === 0xff
    found.set(id, { isCritical, bytes: value.content })
  }
  return found
}

function readBasicConstraints(bytes: Buffer) {
  const parts = readDerValues(readDer(bytes, derTag.sequence).content)
  const isCa = parts[0]?.tag === derTag.boolean && parts[0].content[0] === 0xff
  const length = parts.find(({ tag }) => tag === derTag.integer)
  return { isCa, pathLength: length ? readSmallInteger(length) : null }
}

/** §4.2.1.10: subtrees of general names; minimum and maximum are not used in any profile. */
function readNameConstraints(bytes: Buffer) {
  const parts = readDerValues(readDer(bytes, derTag.sequence).content)
  const subtrees = (tag: number) =>
    namesOf(
      parts
        .filter(part => part.tag === tag)
        .flatMap(part => readDerValues(part.content))
        .flatMap(subtree => readDerValues(subtree.content).slice(0, 1)),
    )
  return { permitted: subtrees(0xa0), excluded: subtrees(0xa1) }
}

/** dNSName and iPAddress of general names; the other kinds name no server of ours. */
const namesOf = (names: readonly DerValue[]): CertificateNames => ({
  dns: names.filter(({ tag }) => tag === 0x82).map(({ content }) => content.toString('latin1')),
  addresses: names.filter(({ tag }) => tag === 0x87).map(({ content }) => content),
})
