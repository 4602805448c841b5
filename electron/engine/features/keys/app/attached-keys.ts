import type { AttachmentInfo, MessageDetail } from '../../../../../shared/features/mail/model'
import { limits } from '../../../ports/limits'
import type { OpenedMessage } from '../../../ports/mail/opened-mail'
import type { Needs } from '../../../ports/parts'

type AttachedKey = MessageDetail['attachedKeys'][number]

/** More than a person would look at one by one. */
const mostOffered = 10

/** An address card (RFC 6350), as its type or, where a program knew none, its name tells. */
export const isAddressCard = ({
  contentType,
  fileName,
}: Pick<AttachmentInfo, 'contentType' | 'fileName'>): boolean =>
  /^text\/(?:vcard|x-vcard|directory)$/i.test(contentType) || /\.vcf$/i.test(fileName)

/** By type or name only: which parts are worth reading. */
const mayHoldKey = (info: AttachmentInfo): boolean =>
  info.sizeBytes <= limits.keyringBytes &&
  (/^application\/(pgp-keys|autocrypt-setup)$/i.test(info.contentType) ||
    isAddressCard(info) ||
    /\.asc$/i.test(info.fileName))

/**
 * Keys that came with a message as files: public ones (a block, or the KEY of an address card), and the setup message of
 * Autocrypt Level 1 §4.4. What stands beside the protection is not looked at. Nothing is taken in by looking.
 */
export function attachedKeys(context: Needs<'keysInMail' | 'reading'>, opened: OpenedMessage): AttachedKey[] {
  if (opened.raw === null) return []
  const candidates = opened.parsed?.attachments.filter(mayHoldKey).slice(0, mostOffered) ?? []
  return candidates.flatMap<AttachedKey>(info => {
    const { partId, fileName, contentType } = info
    const part = context.reading.part(opened, partId)
    if (!part) return []
    if (/^application\/autocrypt-setup$/i.test(contentType)) return [{ partId, fileName, kind: 'setup' }]
    return holdsPublicKey(context, part.bytes, info) ? [{ partId, fileName, kind: 'public' }] : []
  })
}

function holdsPublicKey(
  { keysInMail }: Needs<'keysInMail'>,
  bytes: Uint8Array,
  info: AttachmentInfo,
): boolean {
  if (isAddressCard(info)) return keysInMail.vcard(bytes).length > 0
  const isBinary = ((bytes[0] ?? 0) & 0x80) !== 0 && /^application\/pgp-keys$/i.test(info.contentType)
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  return isBinary || text.includes('-----BEGIN PGP PUBLIC KEY BLOCK-----')
}
