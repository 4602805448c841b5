import type { Draft, DraftContent } from '../../../../../../shared/features/writing/model'
import { noChoice } from '../../../../../../shared/features/writing/protection'
import type { AccountId, MessageId } from '../../../../../../shared/kit/ids'
import { SiegelError } from '../../../../../../shared/kit/result'
import type { ParsedMessage } from '../../../../ports/mail/mime'
import type { Needs } from '../../../../ports/parts'
import { aliasIn, ownAddresses, writingAccount } from '../draft/writing-account'
import { threadHeadersFor } from '../send/outgoing-message'
import { unprotectedAmong } from '../send/unprotected-people'
import { answerOriginal, requireFields } from './answer-original'
import { type AnswerMode, answerRecipients } from './answer-recipients'
import { copyAttachments, filled } from './copy-attachments'
import { fieldsOf, protectedPeople } from './original-people'
import { isEncryptedOriginal } from './original-protection'
import { replyContent } from './reply-content'

/** A draft that answers a message, addressed as `answerRecipients` says. Throws `not-found` where there is no list. */
export async function answerDraft(
  context: Needs<'mime' | 'protection' | 'reading', 'accounts' | 'drafts' | 'messages'>,
  mode: AnswerMode,
  id: MessageId,
  accountId: AccountId | null,
): Promise<Draft> {
  const source = await answerOriginal(context, id)
  requireFields(mode, source)
  const account = writingAccount(context, accountId ?? source.accountId)
  const { fields, opened, parsed } = source
  const own = ownAddresses(context)
  const recipients = answerRecipients(mode, fields, own)
  if (mode === 'reply-list' && recipients.to.length === 0)
    throw new SiegelError('not-found', { what: 'list' })
  const people = protectedPeople(context, opened)
  const { content, quoteIsCut } = replyContent('answer', source, account, recipients)
  return context.store.drafts.create({
    content: await keptEncrypted(context, id, parsed, {
      ...content,
      // What came over the secure address is answered over it.
      ...aliasIn(account, [...fields.from, ...fields.to, ...fields.cc]),
    }),
    relation: { kind: 'reply', messageId: id },
    serverMessageId: null,
    origin: {
      ...threadHeadersFor(context, id),
      quoteIsCut,
      unprotected:
        people === null
          ? null
          : unprotectedAmong(
              context,
              [...recipients.to, ...recipients.cc, ...recipients.bcc],
              people,
              answerRecipients(mode === 'reply-list' ? 'reply' : mode, fieldsOf(people, fields), own),
            ),
    },
  })
}

/** A draft that carries a message on, files included, addressed to nobody yet. */
export async function forwardDraft(
  context: Needs<
    'builder' | 'mime' | 'protection' | 'reading',
    'accounts' | 'drafts' | 'messages' | 'transaction'
  >,
  id: MessageId,
  accountId: AccountId | null,
): Promise<Draft> {
  const source = await answerOriginal(context, id)
  const account = writingAccount(context, accountId ?? source.accountId)
  const { fields, opened, parsed } = source
  const nobody = { to: [], cc: [], bcc: [] }
  const { content, quoteIsCut } = replyContent('forward', source, account, nobody)
  const draft = context.store.drafts.create({
    content: await keptEncrypted(context, id, parsed, {
      ...content,
      ...aliasIn(account, [...fields.from, ...fields.to, ...fields.cc]),
    }),
    relation: { kind: 'forward', messageId: id },
    serverMessageId: null,
    origin: { quoteIsCut },
  })
  return filled(context, draft, async () => {
    if (parsed.attachments.length > 0) await copyAttachments(context, draft, id, null)
    // What the text cannot hold goes along whole.
    if (quoteIsCut)
      context.store.drafts.addAttachment(draft.id, {
        fileName: 'original.eml',
        contentType: 'message/rfc822',
        bytes: opened.effectiveRaw,
        traces: context.builder.traces(opened.effectiveRaw, 'original.eml'),
        isCopied: true,
      })
  })
}

/** What came encrypted is not quoted in clear, also when it is gone by the time this is sent. */
const keptEncrypted = async (
  context: Needs<'protection' | 'reading', 'messages'>,
  id: MessageId,
  { encrypted }: ParsedMessage,
  content: DraftContent,
): Promise<DraftContent> =>
  (await isEncryptedOriginal(context, id)) || encrypted
    ? { ...content, protection: { ...noChoice, encrypt: 'on' } }
    : content
