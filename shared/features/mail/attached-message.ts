import { z } from 'zod'
import { type AttachmentInfo, address, messageDetail, peoplePerField } from './model'

/** Messages in messages that are opened one by one: nobody forwards a forward more often to be read. */
export const attachedDepth = 5

/**
 * The way to a message that came as a file in another: ids of parts, the first one in the message of the mailbox, each
 * further one in the message that the one before holds. Empty: the message of the mailbox itself.
 */
export const attachedPath = z.array(z.string().min(1).max(200)).max(attachedDepth)

/**
 * A file that holds a message: RFC 2046 §5.2.1, RFC 6532 §3.7, and what programs without a type for it send; an encrypted
 * message (RFC 3156 §4) that stands inside another.
 */
export const isAttachedMessage = ({
  contentType,
  fileName,
}: Pick<AttachmentInfo, 'contentType' | 'fileName'>): boolean =>
  /^(message\/(rfc822|global)|multipart\/encrypted)$/i.test(contentType) ||
  (/^application\/octet-stream$/i.test(contentType) && /\.eml$/i.test(fileName))

/**
 * A message that came as a file in another, read by itself: what protects it is its own (RFC 9787), and what protects the
 * one that carries it is not in here. It offers no remote images, no keys, no list to leave.
 */
export const attachedMessage = messageDetail
  .pick({
    cc: true,
    hasHtml: true,
    blockedRemoteCount: true,
    trackerCount: true,
    attachments: true,
    security: true,
    outside: true,
    warnings: true,
  })
  .extend({
    subject: z.string().max(2000),
    from: z.array(address).max(20),
    to: z.array(address).max(peoplePerField),
    /** Date header in ms since 1970; null when there is none, and nothing stands in for it. */
    dateMs: z.number().nullable(),
    text: z.string(),
  })
export type AttachedMessage = z.infer<typeof attachedMessage>
