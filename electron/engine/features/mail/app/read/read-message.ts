import type { MessageDetail } from '../../../../../../shared/features/mail/model'
import { SiegelError } from '../../../../../../shared/kit/result'
import { isFull } from '../../../../kit/people-read'
import { limits } from '../../../../ports/limits'
import type { ParsedMessage } from '../../../../ports/mail/mime'
import type { OpenedMessage } from '../../../../ports/mail/opened-mail'
import type { Needs } from '../../../../ports/parts'
import type { UseCases } from '../../../../ports/use-cases'
import { rememberOpened } from './index-decrypted'
import { openMessage } from './open-message'
import { remoteChoice } from './remote-content'
import { designWarning } from './security/design-warning'
import { unsubscribeChoice } from './unsubscribe'

/** Recipients in a row of a list (`messageSummary`). */
const summaryPeople = 50

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

/** Reading one message: all that the reader shows of it but its HTML body. */
export function readUseCases(
  context: Needs<
    | 'attachedKeys'
    | 'clock'
    | 'emit'
    | 'harvest'
    | 'inspect'
    | 'log'
    | 'mime'
    | 'network'
    | 'oneClick'
    | 'opened'
    | 'protection'
    | 'remote'
    | 'vault',
    'accounts' | 'inboxEncryption' | 'mailboxes' | 'messages' | 'openpgp' | 'remoteSenders'
  >,
): Pick<UseCases, 'messages.get'> {
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
        ...(parsed.html === null ? {} : { webLinks: mime.webLinksIn(parsed.html) }),
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
  }
}
