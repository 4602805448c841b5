import type { Draft, DraftContent } from '../../../../../../shared/features/writing/model'
import { noChoice } from '../../../../../../shared/features/writing/protection'
import type { AccountId, MessageId } from '../../../../../../shared/kit/ids'
import { asError, asErrorCode, SiegelError } from '../../../../../../shared/kit/result'
import { requireAccount } from '../../../../kit/require'
import { limits } from '../../../../ports/limits'
import type { ParsedMessage } from '../../../../ports/mail/mime'
import { type OpenedMessage, requireParsed } from '../../../../ports/mail/opened-mail'
import type { Needs } from '../../../../ports/parts'
import { copyAttachments, filled } from '../answer/copy-attachments'
import { unprotectedInAnswerTo } from '../send/unprotected-people'
import { aliasIn } from './writing-account'

/** A draft that cannot be read is not opened: the next save would put an empty one in its place. */
function requireOpen({ security }: OpenedMessage): void {
  const { encryption, failure, neededKeys } = security
  if (encryption === 'locked') throw new SiegelError('key-locked', { fingerprint: neededKeys[0] ?? '' })
  if (encryption === 'failed') throw asError({ code: asErrorCode(failure ?? 'decrypt-failed') })
}

/** A text that was cut on reading would put less in the place of what lies on the server. */
function requireWritable({ text, html }: ParsedMessage): void {
  if (text.length >= limits.textCharacters || (html ?? '').length >= limits.htmlCharacters)
    throw new SiegelError('draft-too-long', { limit: limits.textCharacters })
}

/** A message of the Drafts mailbox, opened for writing on. */
export async function editDraft(
  context: Needs<
    'builder' | 'mime' | 'protectedBuilder' | 'protection' | 'reading',
    'accounts' | 'drafts' | 'messages' | 'transaction'
  >,
  id: MessageId,
): Promise<Draft> {
  const { drafts, messages } = context.store
  const known = drafts.byServerMessage(id)
  if (known) return known
  await context.reading.whole(id)
  const opened = await context.reading.open(id)
  requireOpen(opened)
  const parsed = requireParsed(opened)
  requireWritable(parsed)
  const { accountId } = messages.summaries([id])[0] ?? {}
  const account = requireAccount(context, accountId ?? noAccount)
  const { to, cc, bcc, replyTo, subject, inReplyTo, references } = parsed.header
  const content: DraftContent = {
    accountId: account.id,
    to: [...to],
    cc: [...cc],
    bcc: [...bcc],
    ...(replyTo.length > 0 ? { replyTo: [...replyTo] } : {}),
    subject,
    text: parsed.text,
    html: parsed.html,
    ...aliasIn(account, parsed.header.from),
    // In a draft that lay there in clear anybody could have written a choice.
    protection:
      opened.security.encryption === 'encrypted'
        ? context.protectedBuilder.readDraftState(opened.effectiveRaw)
        : noChoice,
  }
  const answered = inReplyTo === '' ? undefined : messages.findByMessageId(account.id, inReplyTo)[0]
  const draft = drafts.create({
    content,
    relation: answered === undefined ? null : { kind: 'reply', messageId: answered.id },
    serverMessageId: id,
    origin: {
      inReplyTo: inReplyTo === '' ? null : inReplyTo,
      references: [...references],
      unprotected: answered === undefined ? null : await unprotectedInAnswerTo(context, answered.id),
      leftOut: leftOutOf(context, id, opened),
      start: null,
    },
  })
  return filled(context, draft, () => copyAttachments(context, draft, id, parsed.html))
}

/** Outside and, of an encrypted one, inside. */
const leftOutOf = (
  { mime, store }: Needs<'mime', 'messages'>,
  id: MessageId,
  { effectiveRaw }: OpenedMessage,
) => [
  ...new Set(
    [store.messages.raw(id), effectiveRaw].flatMap(raw => (raw === null ? [] : mime.readLeftOutFields(raw))),
  ),
]

const noAccount = '' as AccountId
