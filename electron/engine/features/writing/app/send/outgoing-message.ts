import { secureAliasOf } from '../../../../../../shared/features/accounts/mailbox-org'
import type { AccountSummary } from '../../../../../../shared/features/accounts/model'
import { hasMailServer } from '../../../../../../shared/features/accounts/services'
import type { Draft } from '../../../../../../shared/features/writing/model'
import type { MessageId } from '../../../../../../shared/kit/ids'
import { SiegelError } from '../../../../../../shared/kit/result'
import { requireAccount } from '../../../../kit/require'
import type { Needs } from '../../../../ports/parts'
import type { OutgoingMessage } from '../../../../ports/writing/outgoing'

const maxReferences = 20

const hex = (bytes: Uint8Array) => [...bytes].map(byte => byte.toString(16).padStart(2, '0')).join('')

/** Thread headers of an answer (RFC 5322 §3.6.4). */
export type ThreadHeaders = Readonly<{ inReplyTo: string | null; references: readonly string[] }>

/**
 * Those of an answer to a message, from what is here of it. The first reference is the root of the thread and stays when the
 * middle is cut; none where there is nothing to answer.
 */
export function threadHeadersFor(context: Needs<'mime', 'messages'>, id: MessageId | null): ThreadHeaders {
  const summary = id === null ? undefined : context.store.messages.summaries([id])[0]
  if (id === null || !summary || summary.messageIdHeader === '') return { inReplyTo: null, references: [] }
  const raw = context.store.messages.raw(id)
  const earlier = raw
    ? context.mime.parseMessage(raw).header.references
    : (context.store.messages.storedText(id)?.header.references ?? [])
  // The first reference is the root of the thread and stays when the middle is cut.
  const kept =
    earlier.length > maxReferences ? [...earlier.slice(0, 1), ...earlier.slice(1 - maxReferences)] : earlier
  return { inReplyTo: summary.messageIdHeader, references: [...kept, summary.messageIdHeader] }
}

function threadOf(context: Needs<'mime', 'drafts' | 'messages'>, draft: Draft): ThreadHeaders {
  const { inReplyTo, references } = context.store.drafts.origin(draft.id)
  if (inReplyTo !== null || references.length > 0) return { inReplyTo, references }
  // Of drafts of before the headers were kept.
  return threadHeadersFor(context, draft.relation?.kind === 'reply' ? draft.relation.messageId : null)
}

/** The alias that was asked for, or nothing: another address than the one chosen would be weaker without a word. */
function senderOf(account: AccountSummary, secureAlias: boolean): string {
  if (!secureAlias) return account.config.address
  const alias = secureAliasOf(account)
  if (alias === null) throw new SiegelError('sender-refused', { detail: 'this account has no secure alias' })
  return alias
}

/** A draft as the outgoing builder wants it. `messageIdLocal` is new each time unless given. */
export function outgoingMessage(
  context: Needs<'clock' | 'mime' | 'random', 'accounts' | 'drafts' | 'messages'>,
  draft: Draft,
  messageIdLocal = hex(context.random.bytes(16)),
): OutgoingMessage {
  const { content } = draft
  const account = requireAccount(context, content.accountId)
  if (!hasMailServer(account)) throw new SiegelError('account-is-local', {})
  const attachments = draft.attachments.map(({ id, keepsTraces, contentId }) => {
    const file = context.store.drafts.attachmentBytes(id)
    if (!file) throw new SiegelError('not-found', { what: 'attachment' })
    return { ...file, keepsTraces, contentId }
  })
  return {
    from: {
      name: account.config.displayName,
      address: senderOf(account, content.secureAlias === true),
    },
    to: content.to,
    cc: content.cc,
    bcc: content.bcc,
    replyTo: content.replyTo ?? [],
    subject: content.subject,
    text: content.text,
    html: content.html,
    attachments,
    ...threadOf(context, draft),
    dateMs: context.clock.now(),
    messageIdLocal,
  }
}
