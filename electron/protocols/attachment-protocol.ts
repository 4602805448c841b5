import type { CallInput } from '../../shared/ipc/contract'
import type { Result } from '../../shared/kit/result'
import { attachmentPolicy, commonHeaders, refusal } from './content-policy'
import type { GivenContent } from './given-content'
import { inlineImageType } from './image-type'
import { parseDraftAddress, parsePartAddress, parseRemoteAddress } from './message-address'

/** Bytes that are ours to wipe. */
export type ReadAttachment = (input: CallInput<'attachments.read'>) => Promise<Result<Buffer>>

export type ReadRemoteImage = (input: CallInput<'remoteContent.read'>) => Promise<Result<Buffer>>

export type ReadDraftPicture = (input: CallInput<'drafts.readAttachment'>) => Promise<Result<Buffer>>

/** Larger pictures are saved, not shown: decoding one in the page could take all memory. */
const imageLimitBytes = 20 * 1024 * 1024

/**
 * Serves inline images, remote ones that the engine loaded for the message that is open, those of a draft, and nothing else;
 * the type is read from the bytes, never from the message.
 */
export const createAttachmentProtocol =
  (
    readAttachment: ReadAttachment,
    readRemoteImage: ReadRemoteImage,
    readDraftPicture: ReadDraftPicture,
    given: GivenContent,
  ) =>
  async (request: Request): Promise<Response> => {
    if (request.method !== 'GET') return refusal(405)
    const part = parsePartAddress(request.url)
    const remote = parseRemoteAddress(request.url)
    const draft = parseDraftAddress(request.url)
    const result = part
      ? await readAttachment(part)
      : remote
        ? await readRemoteImage(remote)
        : draft
          ? await readDraftPicture(draft)
          : null
    if (!result) return refusal(404)
    if (!result.ok) return refusal(result.error.code === 'not-found' ? 404 : 503)
    const bytes = result.value
    const type = inlineImageType(bytes)
    if (!type || bytes.byteLength > imageLimitBytes) {
      bytes.fill(0)
      return refusal(403)
    }
    const headers = {
      ...commonHeaders,
      'content-type': type,
      'content-security-policy': attachmentPolicy,
      'cross-origin-resource-policy': 'cross-origin',
    }
    return new Response(given.bodyOf(request.url, bytes), { headers })
  }
