import type { MessageId } from '../../../../../../shared/kit/ids'
import { SiegelError } from '../../../../../../shared/kit/result'
import { type ParsedMessage, placedPicture } from '../../../../ports/mail/mime'
import { requireParsed } from '../../../../ports/mail/opened-mail'
import type { Needs } from '../../../../ports/parts'
import type { UseCases } from '../../../../ports/use-cases'
import { openAttached } from './open-attached'
import { remoteUrls } from './remote-content'
import { wholeMessage } from './whole-message'

const attachmentUrl =
  (id: MessageId, attached: readonly string[], parsed: ParsedMessage) => (contentId: string) => {
    const part = parsed.attachments.find(each =>
      contentId.startsWith(placedPicture)
        ? each.partId === contentId.slice(placedPicture.length)
        : each.contentId === contentId,
    )
    return part ? `attachment://message/${[id, ...attached, part.partId].join('/')}` : null
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
      const parsed = requireParsed(await openAttached(context, messageId, attached))
      if (parsed.html === null) throw new SiegelError('not-found', { what: 'html' })
      return (await mime.readHtml(parsed.html)).document({
        cidUrl: attachmentUrl(messageId, attached, parsed),
        // Consent is for the message of the mailbox; one that came as a file in it has none.
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
