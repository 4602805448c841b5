import type { ProtectionLayer } from '../../ports/reading'
import { limits } from '../limits'
import { dispositionOf, givenFileName, partBytes } from '../mime/leaf'
import { partText } from '../mime/part-text'
import type { MimePart } from '../mime/split'
import { looksEncrypted } from './armor'
import { inlineLayer } from './inline-stretch'
import { isPlainWords, outsideOf } from './outside'

const controlType = 'application/pgp-encrypted'

/** The outermost layer of protection, from structure alone (RFC 3156, RFC 1847, and what the world makes of them). */
export function outermostLayer(raw: Buffer, root: MimePart): ProtectionLayer {
  return (
    encryptedLayer(raw, root) ??
    signedLayer(raw, root) ??
    smimeLayer(root) ??
    loneEncryptedFile(raw, root) ??
    inlineLayer(raw, root) ?? { kind: 'none', signedInside: hasSignedPart(root) }
  )
}

const isPgp = (part: MimePart, protocol: string, control: MimePart | undefined): boolean => {
  const named = (part.type.parameters.get('protocol') ?? '').toLowerCase().trim()
  return named === '' ? control?.type.value === protocol : named === protocol
}

const isEncrypted = (part: MimePart): boolean =>
  part.type.value === 'multipart/encrypted' &&
  part.children.some(child => child.type.value === controlType) &&
  part.children.length >= 2

const isSigned = (part: MimePart): boolean =>
  part.type.value === 'multipart/signed' &&
  part.children.length === 2 &&
  isPgp(part, 'application/pgp-signature', part.children[1])

const countEncrypted = (part: MimePart): number =>
  part.children.reduce((sum, child) => sum + countEncrypted(child), isEncrypted(part) ? 1 : 0)

const hasSignedPart = (part: MimePart): boolean =>
  part.type.value === 'multipart/signed' || part.children.some(hasSignedPart)

/** Control part and data part, one behind the other, wherever a gateway has put them. */
function encryptedPair(children: readonly MimePart[]): { control: MimePart; data: MimePart } | null {
  const at = children.findIndex(child => child.type.value === controlType)
  const control = children[at]
  const data = children[at + 1]
  return control === undefined || data === undefined || data.children.length > 0 ? null : { control, data }
}

/**
 * Encrypted as RFC 3156 §4 says; wrapped by a mailing list that added words; or taken apart by Exchange or a webmailer,
 * which make multipart/mixed of it and put an empty text before. Two encrypted parts in one message are never opened:
 * what belongs to whom cannot be told.
 */
function encryptedLayer(raw: Buffer, root: MimePart): ProtectionLayer | null {
  if (isEncrypted(root)) {
    const pair = encryptedPair(root.children)
    if (pair === null) return null
    const others = root.children.filter(child => child !== pair.control && child !== pair.data)
    return {
      kind: 'encrypted',
      data: partBytes(raw, pair.data),
      form: root.children[0] === pair.control ? 'mime' : 'repaired',
      outside: outsideOf(raw, others),
    }
  }
  if (root.type.value !== 'multipart/mixed' || countEncrypted(root) > 1) return null
  const wrapped = root.children.find(isEncrypted)
  const loose = encryptedPair(root.children)
  if (wrapped !== undefined && loose === null) {
    const pair = encryptedPair(wrapped.children)
    if (pair === null) return null
    const inner = wrapped.children.filter(child => child !== pair.control && child !== pair.data)
    const others = root.children.filter(child => child !== wrapped)
    return {
      kind: 'encrypted',
      data: partBytes(raw, pair.data),
      form: 'mime',
      outside: outsideOf(raw, [...others, ...inner]),
    }
  }
  if (loose === null || countEncrypted(root) > 0) return null
  const controls = root.children.filter(child => child.type.value === controlType)
  const bytes = partBytes(raw, loose.data)
  if (controls.length > 1 || !looksEncrypted(bytes)) return null
  const others = root.children.filter(child => child !== loose.control && child !== loose.data)
  return { kind: 'encrypted', data: bytes, form: 'repaired', outside: outsideOf(raw, others) }
}

/** Signed as RFC 3156 §5 says, alone or with the words of a mailing list beside it. */
function signedLayer(raw: Buffer, root: MimePart): ProtectionLayer | null {
  const list = root.type.value === 'multipart/mixed' ? root.children : []
  const signed = isSigned(root) ? root : list.filter(isSigned)[0]
  if (signed === undefined) return null
  const others = list.filter(child => child !== signed)
  const [content, signature] = signed.children
  if (content === undefined || signature === undefined || !others.every(isPlainWords)) return null
  return {
    kind: 'signed',
    signed: raw.subarray(content.start, content.end),
    signature: partBytes(raw, signature),
    outside: outsideOf(raw, others),
  }
}

const pkcs7 = /^application\/(?:x-)?pkcs7-(mime|signature)$/

/** S/MIME (RFC 8551 §3), recognised and named. */
function smimeLayer(root: MimePart): ProtectionLayer | null {
  if (root.type.value === 'multipart/signed') {
    const protocol = (
      root.type.parameters.get('protocol') ??
      root.children[1]?.type.value ??
      ''
    ).toLowerCase()
    return pkcs7.test(protocol) ? { kind: 'smime-signed' } : null
  }
  if (pkcs7.exec(root.type.value)?.[1] !== 'mime') return null
  const kind = (root.type.parameters.get('smime-type') ?? '').toLowerCase()
  return { kind: kind === 'signed-data' || kind === 'certs-only' ? 'smime-signed' : 'smime-encrypted' }
}

const encryptedName = /\.(?:asc|pgp|gpg)$/i

/** A message that says nothing but carries one encrypted file, as programs without OpenPGP forward and send it. */
function loneEncryptedFile(raw: Buffer, root: MimePart): ProtectionLayer | null {
  const parts =
    root.children.length === 0 ? [root] : root.type.value === 'multipart/mixed' ? root.children : []
  const files = parts.filter(part => !isPlainWords(part))
  const [file] = files
  if (file === undefined || files.length > 1 || file.children.length > 0) return null
  if (parts.some(part => part !== file && partText(raw, part, limits.textCharacters).trim() !== ''))
    return null
  const name = givenFileName(file, dispositionOf(file))
  const isNamed = encryptedName.test(name) || /^application\/pgp(?:-encrypted)?$/.test(file.type.value)
  if (!isNamed) return null
  const data = partBytes(raw, file)
  return looksEncrypted(data) ? { kind: 'encrypted', data, form: 'attachment', outside: null } : null
}
