import { SiegelError } from '../../../shared/ipc/result'
import type { AccountSummary } from '../../../shared/model/account'
import type { Draft, DraftContent } from '../../../shared/model/compose'
import type { AccountId, MessageId } from '../../../shared/model/ids'
import type { Address } from '../../../shared/model/mail'
import { secureAliasOf } from '../../../shared/model/mailbox-org'
import { limits } from '../mail/limits'
import type { ParsedMessage } from '../ports'
import { requireAccount } from './accounts'
import type { AppContext, UseCases } from './context'
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
})

/** What is here of the original; a reply must be possible offline, so a header is enough. */
function original(
  context: AppContext,
  id: MessageId,
): { parsed: ParsedMessage; dateMs: number; accountId: AccountId } {
  const summary = context.store.messages.summaries([id])[0]
  if (!summary) throw new SiegelError('not-found', { what: 'message' })
  const raw = context.store.messages.raw(id)
  const parsed = raw ? context.mime.parseMessage(raw) : context.store.messages.storedText(id)
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
    parsed: parsed ?? {
      header,
      text: summary.snippet,
      html: null,
      attachments: [],
      snippet: summary.snippet,
      broken: false,
    },
    dateMs: summary.dateMs,
    accountId: summary.accountId,
  }
}

async function copyAttachments(context: AppContext, draft: Draft, id: MessageId): Promise<void> {
  const raw = await wholeMessage(context, id)
  for (const { partId } of context.mime.parseMessage(raw).attachments) {
    const part = context.mime.readPart(raw, partId)
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

/** A message of the Drafts mailbox, opened for writing on. */
async function editDraft(context: AppContext, id: MessageId): Promise<Draft> {
  const { drafts } = context.store
  const known = drafts.byServerMessage(id)
  if (known) return known
  const raw = await wholeMessage(context, id)
  const parsed = context.mime.parseMessage(raw)
  const { accountId } = original(context, id)
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
  const source = original(context, id)
  const account = writingAccount(context, accountId ?? source.accountId)
  const own = store.accounts
    .list()
    .flatMap(({ config }) => [config.address, secureAliasOf(config)])
    .filter(each => each !== null)
  const { from, to, cc } = source.parsed.header
  const draft = store.drafts.create({
    // What came over the secure address is answered over it.
    content: { ...replyContent(mode, source, account, own), ...aliasIn(account, [...from, ...to, ...cc]) },
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
