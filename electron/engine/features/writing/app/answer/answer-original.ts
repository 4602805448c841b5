import type { AccountId, MessageId } from '../../../../../../shared/kit/ids'
import { SiegelError } from '../../../../../../shared/kit/result'
import { isFull } from '../../../../kit/people-read'
import { limits } from '../../../../ports/limits'
import type { ParsedMessage } from '../../../../ports/mail/mime'
import type { OpenedMessage } from '../../../../ports/mail/opened-mail'
import type { Needs } from '../../../../ports/parts'
import type { AnsweredFields, AnswerMode } from './answer-recipients'

/** What is here of a message that is answered or forwarded, as it is read. */
export type Original = Readonly<{
  opened: OpenedMessage
  /** With `quotable` as its text. */
  parsed: ParsedMessage
  fields: AnsweredFields
  /** Somebody may be missing in `fields`: the header holds more than is read of one. */
  isCut: boolean
  /** When it was written: the protected Date where there is one, else that of the list. */
  dateMs: number
  accountId: AccountId
  /** Only what the list shows is here: no Cc, no Reply-To, at most 50 recipients. */
  isHeaderOnly: boolean
}>

/** What may be quoted, and no file out of a ciphertext that may not be. */
const quotablePart = (parsed: ParsedMessage, { quotable, outside }: OpenedMessage): ParsedMessage => ({
  ...parsed,
  text: quotable,
  ...(outside !== null && quotable !== parsed.text && { html: null, attachments: [] }),
})

/** Fetches it when it is not here. An answer must be possible offline, so for one the summary is enough. */
export async function answerOriginal(
  context: Needs<'mime' | 'reading', 'messages'>,
  id: MessageId,
): Promise<Original> {
  const summary = context.store.messages.summaries([id])[0]
  if (!summary) throw new SiegelError('not-found', { what: 'message' })
  if (context.store.messages.raw(id) === null) await context.reading.whole(id).catch(onlyFailures)
  const opened = await context.reading.open(id)
  const parsed: ParsedMessage = opened.parsed
    ? quotablePart(opened.parsed, opened)
    : {
        header: {
          messageIdHeader: summary.messageIdHeader,
          inReplyTo: '',
          references: [],
          subject: summary.subject,
          from: summary.from,
          sender: [],
          replyTo: [],
          to: summary.to,
          cc: [],
          bcc: [],
          dateMs: summary.dateMs,
          listId: null,
        },
        // What was decrypted once is not quoted into an answer that nothing would protect.
        text: summary.encrypted ? '' : summary.snippet,
        html: null,
        attachments: [],
        snippet: summary.snippet,
        encrypted: summary.encrypted,
        broken: false,
      }
  const { from, replyTo, to, cc, bcc, dateMs } = parsed.header
  const isProtected = opened.security.headerProtection !== 'none' || opened.security.inboxEncrypted
  const { isCut, ...more } = context.mime.readAnswerFields(opened.effectiveRaw)
  return {
    opened,
    parsed,
    fields: { ...{ from, replyTo, to, cc, bcc }, ...more },
    isCut: isCut || isFull(parsed.header),
    dateMs: isProtected && dateMs !== null ? dateMs : summary.dateMs,
    accountId: summary.accountId,
    isHeaderOnly: opened.parsed === null,
  }
}

function onlyFailures(error: unknown): void {
  if (!(error instanceof SiegelError)) throw error
}

/**
 * An answer to all reaches all or is not made. Throws `body-not-here` where the summary cannot say who everybody is, and
 * `too-many-people` where the header names more people than are read.
 */
export function requireFields(mode: AnswerMode, { isHeaderOnly, isCut }: Original): void {
  if (mode === 'reply') return
  if (isHeaderOnly) throw new SiegelError('body-not-here', {})
  if (isCut) throw new SiegelError('too-many-people', { limit: limits.addressesPerField })
}
