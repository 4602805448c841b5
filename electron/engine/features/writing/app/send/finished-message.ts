import type { Draft } from '../../../../../../shared/features/writing/model'
import type { ProtectedBuilder } from '../../../../ports/keys/protected-mail'
import type { Needs } from '../../../../ports/parts'
import type { OutgoingMessage } from '../../../../ports/writing/outgoing'
import { hiddenSubjectOf } from '../answer/original-protection'
import { withoutPrefixes } from '../answer/reply-content'
import { checkAgreedPassphrase } from './agreed-passphrase'
import { outgoingMessage } from './outgoing-message'
import { protectionFor } from './protect-message'
import { ownKeyOf } from './recipient-keys'
import { requireDecided } from './undecided-recipients'

/** What a draft becomes when it is sent now: the bytes for SMTP and the copy for Sent, protected as the plan says. */
export async function finishedMessage(
  context: Needs<
    'clock' | 'mime' | 'protectedBuilder' | 'protection' | 'random' | 'reading' | 'vault',
    'accounts' | 'drafts' | 'messages' | 'openpgp'
  >,
  draft: Draft,
): ReturnType<ProtectedBuilder['build']> {
  const protection = await protectionFor(context, draft)
  const message = outgoingMessage(context, draft)
  const fitting =
    protection.encryption === null ? await withoutHiddenSubject(context, draft, message) : message
  return context.protectedBuilder.build(fitting, protection)
}

/**
 * The same for people without a key: one sealed page that opens with `passphrase`. The copy for Sent is encrypted to the
 * writer, who need not remember it; without a key of their own it is what was sent. Throws `weak-passphrase`, `too-large`,
 * `unprotected-address`.
 */
export async function lockedWithPassphrase(
  context: Needs<
    'clock' | 'lockMessage' | 'mime' | 'protectedBuilder' | 'random',
    'accounts' | 'drafts' | 'messages' | 'openpgp'
  >,
  draft: Draft,
  passphrase: string,
): ReturnType<ProtectedBuilder['build']> {
  checkAgreedPassphrase(passphrase)
  requireDecided(draft)
  const message = outgoingMessage(context, draft)
  const plain = { signWith: null, encryption: null, autocrypt: null }
  const built = await context.protectedBuilder.build(await context.lockMessage(message, passphrase), plain)
  const own = ownKeyOf(context, draft.content.accountId)?.publicKey
  if (own === undefined) return built
  const everybody = [...message.to, ...message.cc, ...message.bcc]
  const { sentCopy } = await context.protectedBuilder.build(message, {
    ...plain,
    encryption: {
      headers: 'baseline',
      own,
      keys: new Map(everybody.map(({ address }) => [address.trim().toLowerCase(), own])),
      gossip: new Map(),
    },
  })
  return { ...built, sentCopy }
}

/**
 * An answer in clear does not repeat a subject that was hidden in what it answers (RFC 9788 §6.1): it goes out as that one
 * showed itself outside. A subject of the writer's own stays.
 */
async function withoutHiddenSubject(
  context: Needs<'mime' | 'protection' | 'reading', 'messages'>,
  draft: Draft,
  message: OutgoingMessage,
): Promise<OutgoingMessage> {
  const id = draft.relation?.messageId ?? null
  const hidden = id === null ? null : await hiddenSubjectOf(context, id)
  const own = withoutPrefixes(message.subject)
  if (hidden === null || own === '' || own !== withoutPrefixes(hidden.inside)) return message
  const prefix = message.subject.slice(0, message.subject.length - own.length)
  return { ...message, subject: `${prefix}${hidden.outside}` }
}
