import type { MessageId } from '../../../../../../shared/kit/ids'
import { SiegelError } from '../../../../../../shared/kit/result'
import { type ParsedMessage, placedPicture } from '../../../../ports/mail/mime'
import { type OpenedMessage, requireParsed } from '../../../../ports/mail/opened-mail'
import type { Needs } from '../../../../ports/parts'
import type { UseCases } from '../../../../ports/use-cases'
import { openAttached } from './open-attached'
import { remoteUrls } from './remote-content'
import { wholeMessage } from './whole-message'

const partUrl = (id: MessageId, attached: readonly string[], partId: string): string =>
  `attachment://message/${[id, ...attached, partId].join('/')}`

const attachmentUrl =
  (id: MessageId, attached: readonly string[], parsed: ParsedMessage) => (contentId: string) => {
    const part = parsed.attachments.find(each =>
      contentId.startsWith(placedPicture)
        ? each.partId === contentId.slice(placedPicture.length)
        : each.contentId === contentId,
    )
    return part ? partUrl(id, attached, part.partId) : null
  }

/** Pictures that came along and are taken out of a message to be judged: how many, of what size, of how large a message. */
const mostJudged = 12
const mostJudgedBytes = 300_000
const mostMessageBytes = 10_000_000

/** The bytes behind an address in the document, where they are had cheaply. */
function pictureBytes(
  context: Needs<'mime' | 'remote'>,
  { messageId, attached }: Readonly<{ messageId: MessageId; attached: readonly string[] }>,
  opened: OpenedMessage,
  parsed: ParsedMessage,
): (address: string) => Uint8Array | null {
  let judged = 0
  return address => {
    const remote = /^attachment:\/\/remote\/\d+\/(\d+)$/.exec(address)
    if (remote) return context.remote.images.image(messageId, Number(remote[1]))?.bytes ?? null
    const part = parsed.attachments.find(each => address === partUrl(messageId, attached, each.partId))
    const isCheap =
      part !== undefined &&
      /^image\/(?:png|gif)$/.test(part.contentType) &&
      part.sizeBytes <= mostJudgedBytes &&
      opened.effectiveRaw.length <= mostMessageBytes
    if (!isCheap || judged++ >= mostJudged) return null
    return context.mime.readPart(opened.effectiveRaw, part.partId)?.bytes ?? null
  }
}

/** The HTML body of a message as a document for its frame, and what is found about a link in it. */
export function bodyUseCases(
  context: Needs<
    'clock' | 'emit' | 'mime' | 'opened' | 'protection' | 'remote' | 'sync' | 'vault',
    'messages' | 'openpgp'
  >,
): Pick<UseCases, 'messages.html' | 'messages.linkFinding' | 'messages.stopDecrypting'> {
  const { mime } = context
  return {
    'messages.stopDecrypting': ({ messageId }) => {
      context.opened.stop(messageId)
      return {}
    },
    'messages.html': async ({ messageId, attached = [], embedImages }) => {
      if (attached.length > 0) await wholeMessage(context, messageId)
      const opened = await openAttached(context, messageId, attached)
      const parsed = requireParsed(opened)
      if (parsed.html === null) throw new SiegelError('not-found', { what: 'html' })
      return (await mime.readHtml(parsed.html)).document({
        cidUrl: attachmentUrl(messageId, attached, parsed),
        // Consent is for the message of the mailbox; one that came as a file in it has none.
        // What is written to a file is not set by the window.
        ...(embedImages !== true && {
          bytesOf: pictureBytes(context, { messageId, attached }, opened, parsed),
        }),
        ...(attached.length === 0 && { remoteUrl: remoteUrls(context, messageId, embedImages ?? false) }),
      })
    },
    'messages.linkFinding': async ({ messageId, attached, url }) => {
      if (attached.length > 0) await wholeMessage(context, messageId)
      const { html } = requireParsed(await openAttached(context, messageId, attached))
      return html === null ? null : mime.findingOfLink(html, url)
    },
  }
}
