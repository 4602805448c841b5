import { asErrorCode, SiegelError } from '../../../shared/ipc/result'
import type { AccountSummary } from '../../../shared/model/account'
import { type Draft, type DraftContent, filesPerDraft } from '../../../shared/model/compose'
import type { AccountId, MessageId } from '../../../shared/model/ids'
import type { Address } from '../../../shared/model/mail'
import { secureAliasOf } from '../../../shared/model/mailbox-org'
import { noChoice } from '../../../shared/model/protection'
import { limits } from '../mail/limits'
import type { ParsedMessage } from '../ports/mime'
import { requireAccount } from './accounts'
import { answerOriginal, requireFields } from './answer-original'
import {
  type AnswerMode,
  type AnswerRecipients,
  addressKey,
  answerRecipients,
  ownAddressTest,
} from './answer-recipients'
import type { AppContext, UseCases } from './context'
import { type OpenedMessage, openMessage, requireParsed } from './open-message'
import { readOpenedPart } from './opened-part'
import { fieldsOf, protectedPeople } from './original-people'
import { isEncryptedOriginal } from './original-protection'
import { threadHeadersFor } from './outgoing-message'
import { wholeMessage } from './read-message'
import { replyContent, signatureBlock } from './reply-content'

/** The account a new message is written from: the asked one, else the first that can send. */
function writingAccount(context: AppContext, accountId: AccountId | null): AccountSummary {
  if (accountId) return requireAccount(context, accountId)
  const accounts = context.store.accounts.list()
  const account = accounts.find(each => each.config.kind === 'imap') ?? accounts[0]
  if (!account) throw new SiegelError('not-found', { what: 'account' })
  return account
}

const emptyContent = (account: AccountSummary): DraftContent => ({
  accountId: account.id,
  to: [],
  cc: [],
  bcc: [],
  subject: '',
  text: signatureBlock(account.signature),
  html: null,
  protection: noChoice,
})

/** Ids of pictures that stand in the HTML. */
const picturesIn = (html: string): ReadonlySet<string> =>
  new Set([...html.matchAll(/\bsrc\s*=\s*["']?cid:([^"'\s>]+)/gi)].map(([, id = '']) => decodedId(id)))

/** RFC 2392 §2: percent escapes; entities as they stand in an attribute. */
function decodedId(id: string): string {
  const text = id.replaceAll('&amp;', '&')
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}

/** All files of a message, for a draft; pictures that stand in `html` keep their place. */
async function copyAttachments(
  context: AppContext,
  draft: Draft,
  id: MessageId,
  html: string | null,
): Promise<void> {
  await wholeMessage(context, id)
  const opened = await openMessage(context, id)
  const { attachments } = requireParsed(opened)
  if (attachments.length > filesPerDraft)
    throw new SiegelError('too-large', { limit: filesPerDraft, what: 'attachments' })
  const placed = html === null ? new Set<string>() : picturesIn(html)
  for (const { partId, contentId } of attachments) {
    const part = readOpenedPart(context, opened, partId)
    if (part)
      context.store.drafts.addAttachment(draft.id, {
        fileName: part.info.fileName,
        contentType: part.info.contentType,
        bytes: part.bytes,
        traces: context.builder.traces(part.bytes, part.info.fileName),
        contentId: contentId !== null && placed.has(contentId) ? contentId : null,
        isCopied: true,
      })
  }
}

/** What the writer gets is whole, or there is no draft. */
async function filled(context: AppContext, draft: Draft, fill: () => Promise<void>): Promise<Draft> {
  try {
    await fill()
  } catch (error) {
    context.store.drafts.discard(draft.id)
    throw error
  }
  return context.store.drafts.get(draft.id) ?? draft
}

/** The choice of the secure alias, when it stands among these addresses. */
function aliasIn(account: AccountSummary, addresses: readonly Address[]): { secureAlias?: true } {
  const alias = secureAliasOf(account.config)?.toLowerCase()
  return addresses.some(({ address }) => address.toLowerCase() === alias) ? { secureAlias: true } : {}
}

/** A draft that cannot be read is not opened: the next save would put an empty one in its place. */
function requireOpen({ security }: OpenedMessage): void {
  const { encryption, failure, neededKeys } = security
  if (encryption === 'locked') throw new SiegelError('key-locked', { fingerprint: neededKeys[0] ?? '' })
  if (encryption === 'failed') throw new SiegelError(asErrorCode(failure ?? 'decrypt-failed'))
}

/** A text that was cut on reading would put less in the place of what lies on the server. */
function requireWritable({ text, html }: ParsedMessage): void {
  if (text.length >= limits.textCharacters || (html ?? '').length >= limits.htmlCharacters)
    throw new SiegelError('draft-too-long', { limit: limits.textCharacters })
}

/** A message of the Drafts mailbox, opened for writing on. */
async function editDraft(context: AppContext, id: MessageId): Promise<Draft> {
  const { drafts, messages } = context.store
  const known = drafts.byServerMessage(id)
  if (known) return known
  await wholeMessage(context, id)
  const opened = await openMessage(context, id)
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
      unprotected: answered === undefined ? null : await unprotectedPeople(context, answered.id),
      start: null,
    },
  })
  return filled(context, draft, () => copyAttachments(context, draft, id, parsed.html))
}

const noAccount = '' as AccountId

/** Of a draft from elsewhere that answers a message here: whom only that one's unprotected fields name. */
async function unprotectedPeople(context: AppContext, id: MessageId): Promise<Draft['unprotected']> {
  const { opened, fields } = await answerOriginal(context, id)
  const people = protectedPeople(context, opened)
  if (people === null) return null
  const named = answerRecipients('reply-all', fields, [])
  const everybody = [...fields.from, ...fields.replyTo, ...fields.mailReplyTo, ...named.to, ...named.cc]
  return withoutProtected(context, everybody, people, answerRecipients('reply', fieldsOf(people, fields), []))
}

function withoutProtected(
  context: AppContext,
  named: readonly Address[],
  people: ReadonlySet<string>,
  instead: AnswerRecipients,
): Draft['unprotected'] {
  const isOwn = ownAddressTest(ownAddresses(context))
  const addresses = named.filter(({ address }) => !people.has(addressKey(address)) && !isOwn(address))
  return addresses.length === 0 ? null : { addresses, instead: [...instead.to, ...instead.cc] }
}

const ownAddresses = ({ store }: AppContext): readonly string[] =>
  store.accounts
    .list()
    .flatMap(({ config }) => [config.address, secureAliasOf(config)])
    .filter(each => each !== null)

async function answerDraft(
  context: AppContext,
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
    content: keptEncrypted(context, id, parsed, {
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
          : withoutProtected(
              context,
              [...recipients.to, ...recipients.cc, ...recipients.bcc],
              people,
              answerRecipients(mode === 'reply-list' ? 'reply' : mode, fieldsOf(people, fields), own),
            ),
    },
  })
}

async function forwardDraft(context: AppContext, id: MessageId, accountId: AccountId | null): Promise<Draft> {
  const source = await answerOriginal(context, id)
  const account = writingAccount(context, accountId ?? source.accountId)
  const { fields, opened, parsed } = source
  const nobody = { to: [], cc: [], bcc: [] }
  const { content, quoteIsCut } = replyContent('forward', source, account, nobody)
  const draft = context.store.drafts.create({
    content: keptEncrypted(context, id, parsed, {
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
const keptEncrypted = (
  context: AppContext,
  id: MessageId,
  { encrypted }: ParsedMessage,
  content: DraftContent,
): DraftContent =>
  isEncryptedOriginal(context, id) || encrypted
    ? { ...content, protection: { ...noChoice, encrypt: 'on' } }
    : content

export function createDraftUseCases(context: AppContext): Pick<UseCases, 'drafts.create'> {
  return {
    'drafts.create': async ({ mode, messageId, accountId }) => {
      if (mode === 'new') {
        return context.store.drafts.create({
          content: emptyContent(writingAccount(context, accountId)),
          relation: null,
          serverMessageId: null,
        })
      }
      if (messageId === null) throw new SiegelError('bad-request', { what: 'messageId' })
      switch (mode) {
        case 'edit':
          return editDraft(context, messageId)
        case 'forward':
          return forwardDraft(context, messageId, accountId)
        default:
          return answerDraft(context, mode, messageId, accountId)
      }
    },
  }
}
