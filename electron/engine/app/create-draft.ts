import { asErrorCode, SiegelError } from '../../../shared/ipc/result'
import type { AccountSummary } from '../../../shared/model/account'
import type { Draft, DraftContent } from '../../../shared/model/compose'
import type { AccountId, MessageId } from '../../../shared/model/ids'
import type { Address } from '../../../shared/model/mail'
import { secureAliasOf } from '../../../shared/model/mailbox-org'
import { noChoice } from '../../../shared/model/protection'
import { limits } from '../mail/limits'
import type { ParsedMessage } from '../ports/mime'
import { requireAccount } from './accounts'
import type { AppContext, UseCases } from './context'
import { type OpenedMessage, openMessage, requireParsed } from './open-message'
import { readOpenedPart } from './opened-part'
import { isEncryptedOriginal } from './original-protection'
import { wholeMessage } from './read-message'
import { type ReplyMode, replyContent, signatureBlock } from './reply-content'

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

/** What may be quoted, and no file out of a ciphertext that may not be. */
const quotablePart = (parsed: ParsedMessage, { quotable, outside }: OpenedMessage): ParsedMessage => ({
  ...parsed,
  text: quotable,
  ...(outside !== null && quotable !== parsed.text && { html: null, attachments: [] }),
})

/** What is here of the original and may be quoted; a reply must be possible offline, so a header is enough. */
async function original(
  context: AppContext,
  id: MessageId,
): Promise<{ parsed: ParsedMessage; dateMs: number; accountId: AccountId }> {
  const summary = context.store.messages.summaries([id])[0]
  if (!summary) throw new SiegelError('not-found', { what: 'message' })
  const opened = await openMessage(context, id)
  const { parsed } = opened
  const header: ParsedMessage['header'] = {
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
  }
  return {
    parsed: (parsed && quotablePart(parsed, opened)) ?? {
      header,
      text: summary.snippet,
      html: null,
      attachments: [],
      snippet: summary.snippet,
      encrypted: false,
      broken: false,
    },
    dateMs: summary.dateMs,
    accountId: summary.accountId,
  }
}

async function copyAttachments(context: AppContext, draft: Draft, id: MessageId): Promise<void> {
  await wholeMessage(context, id)
  const opened = await openMessage(context, id)
  for (const { partId } of requireParsed(opened).attachments) {
    const part = readOpenedPart(context, opened, partId)
    if (part)
      context.store.drafts.addAttachment(draft.id, {
        fileName: part.info.fileName,
        contentType: part.info.contentType,
        bytes: part.bytes,
        traces: context.builder.traces(part.bytes, part.info.fileName),
      })
  }
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

/** A message of the Drafts mailbox, opened for writing on. */
async function editDraft(context: AppContext, id: MessageId): Promise<Draft> {
  const { drafts } = context.store
  const known = drafts.byServerMessage(id)
  if (known) return known
  await wholeMessage(context, id)
  const opened = await openMessage(context, id)
  requireOpen(opened)
  const parsed = requireParsed(opened)
  const { accountId } = await original(context, id)
  const account = requireAccount(context, accountId)
  const { to, cc, bcc, subject } = parsed.header
  const content: DraftContent = {
    accountId,
    to: [...to],
    cc: [...cc],
    bcc: [...bcc],
    subject,
    text: parsed.text.slice(0, limits.textCharacters),
    html: parsed.html,
    ...aliasIn(account, parsed.header.from),
    // In a draft that lay there in clear anybody could have written a choice.
    protection:
      opened.security.encryption === 'encrypted'
        ? context.protectedBuilder.readDraftState(opened.effectiveRaw)
        : noChoice,
  }
  const draft = drafts.create({ content, relation: null, serverMessageId: id })
  await copyAttachments(context, draft, id)
  return drafts.get(draft.id) ?? draft
}

async function answerDraft(
  context: AppContext,
  mode: ReplyMode,
  id: MessageId,
  accountId: AccountId | null,
): Promise<Draft> {
  const { store } = context
  const source = await original(context, id)
  const account = writingAccount(context, accountId ?? source.accountId)
  const own = store.accounts
    .list()
    .flatMap(({ config }) => [config.address, secureAliasOf(config)])
    .filter(each => each !== null)
  const { from, to, cc } = source.parsed.header
  // What came over the secure address is answered over it.
  const content = {
    ...replyContent(mode, source, account, own),
    ...aliasIn(account, [...from, ...to, ...cc]),
  }
  const draft = store.drafts.create({
    // What came encrypted is not quoted in clear, also when it is gone by the time this is sent.
    content: isEncryptedOriginal(context, id)
      ? { ...content, protection: { ...noChoice, encrypt: 'on' } }
      : content,
    relation: { kind: mode === 'forward' ? 'forward' : 'reply', messageId: id },
    serverMessageId: null,
  })
  if (mode === 'forward' && source.parsed.attachments.length > 0) await copyAttachments(context, draft, id)
  return store.drafts.get(draft.id) ?? draft
}

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
      return mode === 'edit'
        ? editDraft(context, messageId)
        : answerDraft(context, mode, messageId, accountId)
    },
  }
}
