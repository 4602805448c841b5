import { limits } from '../../ports/limits'
import type { ProtectionLayer } from '../../ports/mail/reading'
import { dispositionOf, givenFileName, partBytes } from '../mime/parts/leaf'
import type { MimePart } from '../mime/parts/split'
import { partText } from '../mime/text/part-text'
import { inlineLayer } from './inline-stretch'
import { isEmptyText, isFooter, isPlainWords, outsideOf } from './outside'
import { messageKind } from './packet-kind'
import { countSealed, isEncrypted, sealedPair, unfolded } from './sealed-parts'

/** The outermost layer of protection, from structure alone (RFC 3156, RFC 1847, and what the world makes of them). */
export function outermostLayer(raw: Buffer, root: MimePart): ProtectionLayer {
  return (
    encryptedLayer(raw, root) ??
    signedLayer(raw, root) ??
    smimeLayer(root) ??
    loneEncryptedFile(raw, root) ??
    inlineLayer(raw, root) ?? {
      kind: 'none',
      signedInside: hasSignedPart(root),
      sealedInside: countSealed(root) > 0,
    }
  )
}

const isPgp = (part: MimePart, protocol: string, control: MimePart | undefined): boolean => {
  const named = (part.type.parameters.get('protocol') ?? '').toLowerCase().trim()
  return named === '' ? control?.type.value === protocol : named === protocol
}

const isSigned = (part: MimePart): boolean =>
  part.type.value === 'multipart/signed' &&
  part.children.length === 2 &&
  isPgp(part, 'application/pgp-signature', part.children[1])

const hasSignedPart = (part: MimePart): boolean =>
  part.type.value === 'multipart/signed' || part.children.some(hasSignedPart)

/**
 * Encrypted as RFC 3156 §4 says; with the footer of a mailing list behind it; or taken apart by Exchange or a webmailer,
 * which make multipart/mixed of it and put an empty text before. Everything else that holds a ciphertext (words or files
 * around it, alternatives, another ciphertext) could be a stranger's letter around a captured one: it is not opened as this
 * message, only by itself.
 */
function encryptedLayer(raw: Buffer, root: MimePart): ProtectionLayer | null {
  if (root.type.value !== 'multipart/mixed' && !isEncrypted(root)) return null
  if (countSealed(root) !== 1) return null
  const parts = unfolded(root)
  const pair = sealedPair(parts)
  if (pair === null) return null
  const at = parts.indexOf(pair.control)
  const after = parts.slice(at + 2)
  if (!parts.slice(0, at).every(part => isEmptyText(raw, part)) || !isFooter(raw, after)) return null
  const data = partBytes(raw, pair.data)
  const holder = [root, ...root.children].find(isEncrypted)
  const kind = messageKind(data)
  if (holder === undefined ? kind !== 'encrypted' : kind === 'readable') return null
  return {
    kind: 'encrypted',
    data,
    form: holder?.children[0] === pair.control ? 'mime' : 'repaired',
    outside: outsideOf(raw, after),
  }
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
    isFooter: list[0] === signed && isFooter(raw, others),
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
  return messageKind(data) === 'encrypted'
    ? { kind: 'encrypted', data, form: 'attachment', outside: null }
    : null
}
