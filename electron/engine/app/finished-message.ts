import type { Draft } from '../../../shared/model/compose'
import type { OutgoingMessage } from '../ports'
import type { ProtectedBuilder } from '../ports/protected-mail'
import type { AppContext } from './context'
import { isEncryptedOriginal } from './original-protection'
import { outgoingMessage } from './outgoing-message'
import { protectionFor } from './protect-message'
import { withoutPrefixes } from './reply-content'

/** What a draft becomes when it is sent now: the bytes for SMTP and the copy for Sent, protected as the plan says. */
export async function finishedMessage(
  context: AppContext,
  draft: Draft,
): ReturnType<ProtectedBuilder['build']> {
  const protection = await protectionFor(context, draft)
  const message = outgoingMessage(context, draft)
  const fitting = protection.encryption === null ? withoutHiddenSubject(context, draft, message) : message
  return context.protectedBuilder.build(fitting, protection)
}

/**
 * An answer in clear does not repeat a subject that was hidden in what it answers (RFC 9788 §6.1): it goes out as that one
 * showed itself outside. A subject of the writer's own stays.
 */
function withoutHiddenSubject(context: AppContext, draft: Draft, message: OutgoingMessage): OutgoingMessage {
  const id = draft.relation?.messageId ?? null
  if (id === null || !isEncryptedOriginal(context, id)) return message
  const hidden = withoutPrefixes(context.store.messages.summaries([id])[0]?.subject ?? '')
  const own = withoutPrefixes(message.subject)
  if (own !== hidden || own === '') return message
  return { ...message, subject: `${message.subject.slice(0, message.subject.length - own.length)}[...]` }
}
