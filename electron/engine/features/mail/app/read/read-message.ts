import { isAttachedMessage } from '../../../../../../shared/features/mail/attached-message'
import type { MessageDetail } from '../../../../../../shared/features/mail/model'
import type { MessageId } from '../../../../../../shared/kit/ids'
import { SiegelError } from '../../../../../../shared/kit/result'
import { isFull } from '../../../../kit/people-read'
import { limits } from '../../../../ports/limits'
import { type ParsedMessage, placedPicture } from '../../../../ports/mail/mime'
import { type OpenedMessage, requireParsed } from '../../../../ports/mail/opened-mail'
import type { Needs } from '../../../../ports/parts'
import type { UseCases } from '../../../../ports/use-cases'
import { rememberOpened } from './index-decrypted'
import { openAttached } from './open-attached'
import { openMessage } from './open-message'
import { readOpenedPart } from './opened-part'
import { remoteChoice, remoteUrls } from './remote-content'
import { designWarning } from './security/design-warning'
import { unsubscribeChoice } from './unsubscribe'

/** Recipients in a row of a list (`messageSummary`). */
const summaryPeople = 50

/** Source view: longer sources are cut for display; saving keeps every byte. */
const sourceCharacters = 2_000_000

/** Every byte of a message, fetched when it is not here. Throws `not-found`, `body-not-here`, network codes. */
export async function wholeMessage(context: Needs<'sync', 'messages'>, id: MessageId): Promise<Uint8Array> {
  const { messages } = context.store
  if (!messages.location(id)) throw new SiegelError('not-found', { what: 'message' })
  const here = messages.raw(id)
  if (here) return here
  await context.sync.download(id)
  const fetched = messages.raw(id)
  if (!fetched) throw new SiegelError('body-not-here', {})
  return fetched
}

const attachmentUrl =
  (id: MessageId, attached: readonly string[], parsed: ParsedMessage) => (contentId: string) => {
    const part = parsed.attachments.find(each =>
      contentId.startsWith(placedPicture)
        ? each.partId === contentId.slice(placedPicture.length)
        : each.contentId === contentId,
    )
    return part ? `attachment://message/${[id, ...attached, part.partId].join('/')}` : null
  }

/** The row as the reader shows it: what is protected in the place of what is not. */
const asShown = (
  summary: MessageDetail['summary'],
  { security }: OpenedMessage,
  { header, snippet }: ParsedMessage,
): MessageDetail['summary'] =>
  security.headerProtection === 'none' && !security.inboxEncrypted
    ? summary
    : {
        ...summary,
        subject: header.subject,
        from: [...header.from],
        to: header.to.slice(0, summaryPeople),
        dateMs: header.dateMs ?? summary.dateMs,
        snippet,
      }

/** Reading one message: detail, HTML body, source, attachments. */
export function readUseCases(
  context: Needs<
    | 'attachedKeys'
    | 'clock'
    | 'emit'
    | 'files'
    | 'harvest'
    | 'inspect'
    | 'log'
    | 'mime'
    | 'network'
    | 'oneClick'
    | 'opened'
    | 'protection'
    | 'remote'
    | 'sync'
    | 'vault',
    'accounts' | 'inboxEncryption' | 'mailboxes' | 'messages' | 'openpgp' | 'remoteSenders'
  >,
): Pick<
  UseCases,
  | 'messages.get'
  | 'messages.download'
  | 'messages.stopDecrypting'
  | 'messages.source'
  | 'messages.html'
  | 'messages.linkFinding'
  | 'messages.raw'
  | 'attachments.read'
  | 'attachments.save'
> {
  const { store, mime } = context
  return {
    'messages.get': async ({ messageId }): Promise<MessageDetail> => {
      if (!store.messages.location(messageId)) throw new SiegelError('not-found', { what: 'message' })
      const opened = await openMessage(context, messageId)
      const { parsed, security, outside } = opened
      await rememberOpened(context, messageId, opened)
      const summary = store.messages.summaries([messageId])[0]
      if (!summary) throw new SiegelError('not-found', { what: 'message' })
      context.remote.images.opened(messageId)
      if (!parsed) {
        return {
          summary,
          to: [...summary.to],
          peopleAreCut: summary.to.length >= summaryPeople,
          answersToList: false,
          cc: [],
          bcc: [],
          replyTo: [],
          listId: null,
          unsubscribe: null,
          text: null,
          hasHtml: false,
          blockedRemoteCount: 0,
          trackerCount: 0,
          remote: null,
          attachments: [],
          attachedKeys: [],
          security,
          outside: null,
          warnings: [],
        }
      }
      const answerFields = mime.readAnswerFields(opened.effectiveRaw)
      const html = parsed.html === null ? null : await mime.readHtml(parsed.html)
      return {
        summary: asShown(summary, opened, parsed),
        to: [...parsed.header.to],
        peopleAreCut: answerFields.isCut || isFull(parsed.header),
        answersToList: answerFields.listPost !== null || answerFields.mailFollowupTo.length > 0,
        cc: [...parsed.header.cc],
        bcc: [...parsed.header.bcc],
        replyTo: [...parsed.header.replyTo],
        listId: parsed.header.listId,
        unsubscribe: unsubscribeChoice(context, messageId, opened),
        text: parsed.text.slice(0, limits.textCharacters),
        hasHtml: parsed.html !== null,
        blockedRemoteCount: html?.blockedCount ?? 0,
        trackerCount: html?.trackerCount ?? 0,
        remote: html && remoteChoice(context, messageId, opened, parsed, html),
        attachments: [...parsed.attachments],
        attachedKeys: context.attachedKeys(opened),
        security,
        outside: outside && { ...outside, attachments: [...outside.attachments] },
        warnings: [...context.inspect(parsed), ...designWarning(html)],
      }
    },
    'messages.download': async ({ messageId }) => {
      await wholeMessage(context, messageId)
      return {}
    },
    'messages.stopDecrypting': ({ messageId }) => {
      context.opened.stop(messageId)
      return {}
    },
    'messages.source': async ({ messageId }) => {
      const raw = await wholeMessage(context, messageId)
      const cut = raw.subarray(0, sourceCharacters)
      // Source is shown as it is on the wire; UTF-8 where it is that, otherwise byte by byte.
      const text = decodeSource(cut)
      return { text, truncated: cut.length < raw.length, sizeBytes: raw.length }
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
    'messages.raw': async ({ messageId }) => ({ bytes: await wholeMessage(context, messageId) }),
    'attachments.read': async ({ messageId, attached = [], partId }) => {
      await wholeMessage(context, messageId)
      const part = readOpenedPart(context, await openAttached(context, messageId, attached), partId)
      if (!part) throw new SiegelError('not-found', { what: 'attachment' })
      return { fileName: part.info.fileName, contentType: part.info.contentType, bytes: part.bytes }
    },
    'attachments.save': async ({ messageId, attached = [], partId, directory }) => {
      await wholeMessage(context, messageId)
      const opened = await openAttached(context, messageId, attached)
      const wanted = [
        ...requireParsed(opened).attachments,
        // Files beside the protection are saved one by one, by who means them.
        ...(partId === null ? [] : (opened.outside?.attachments ?? [])),
      ].filter(each => (partId === null ? !each.inline || isAttachedMessage(each) : each.partId === partId))
      if (partId !== null && wanted.length === 0) throw new SiegelError('not-found', { what: 'attachment' })
      const saved: string[] = []
      for (const { partId: each } of wanted) {
        const part = readOpenedPart(context, opened, each)
        if (part) saved.push(await context.files.writeNew(directory, part.info.fileName, part.bytes))
      }
      return { saved }
    },
  }
}

function decodeSource(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    return new TextDecoder('latin1').decode(bytes)
  }
}
