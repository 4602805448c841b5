import { createHash } from 'node:crypto'
import type { OutgoingAttachment, OutgoingMessage } from '../../../ports/writing/outgoing'
import { encodeUnfinishedAddress } from './address'

/** A picture that stands in the HTML, with the Content-ID (RFC 2392) it goes out under. */
export type PlacedPicture = Readonly<{ attachment: OutgoingAttachment; contentId: string }>

/**
 * New Content-IDs for the pictures of a message by the ids that its HTML uses: those of the draft may come from another
 * program and name its machine. 32 hex digits made from the random Message-ID and the position, at the sender's domain.
 */
export function pictureIds(message: OutgoingMessage): ReadonlyMap<string, PlacedPicture> {
  const { addrSpec } = encodeUnfinishedAddress(message.from)
  const domain = addrSpec.slice(addrSpec.lastIndexOf('@') + 1) || 'localhost'
  const found = new Map<string, PlacedPicture>()
  message.attachments.forEach((attachment, index) => {
    const { contentId } = attachment
    if (!contentId || found.has(contentId)) return
    const local = createHash('sha256').update(`picture ${index} ${message.messageIdLocal}`).digest('hex')
    found.set(contentId, { attachment, contentId: `${local.slice(0, 32)}@${domain}` })
  })
  return found
}
