import { hasMailServer } from '../../../../../../shared/features/accounts/services'
import { noChoice } from '../../../../../../shared/features/writing/protection'
import { SiegelError } from '../../../../../../shared/kit/result'
import { requireAccount } from '../../../../kit/require'
import type { Needs } from '../../../../ports/parts'
import type { OutgoingMessage } from '../../../../ports/writing/outgoing'
import type { Letter, Post } from '../../../../ports/writing/post'
import { threadHeadersFor } from './outgoing-message'
import { protectionFor } from './protect-message'
import { planFor } from './protection-plan'
import type { Addressed } from './undecided-recipients'

type Context = Needs<
  | 'background'
  | 'clock'
  | 'mime'
  | 'outbox'
  | 'protectedBuilder'
  | 'protection'
  | 'random'
  | 'reading'
  | 'vault',
  'accounts' | 'messages' | 'openpgp' | 'outbox' | 'settings'
>

/** The letter as a draft would be, for the one judgement of how messages go out. It is stored nowhere. */
function asDraft(
  { accountId, to, subject, text, answers }: Letter,
  encrypt: 'auto' | 'on' | 'off',
): Addressed {
  return {
    content: {
      ...{ accountId, to: [...to], cc: [], bcc: [], subject, text, html: null },
      protection: { ...noChoice, encrypt },
    },
    relation: answers === null ? null : { kind: 'reply', messageId: answers },
    unprotected: null,
  }
}

/** Messages without a draft, through the same builder, protection and outbox as all. */
export function createPost(context: Context): Post {
  const { clock, random, store } = context
  return {
    ready: async letter => {
      const account = requireAccount(context, letter.accountId)
      if (!hasMailServer(account)) throw new SiegelError('account-is-local', {})
      const draft = asDraft(letter, letter.inClear ? 'off' : 'auto')
      const plan = letter.inClear ? null : await planFor(context, draft)
      // Where all can read it and somebody would be asked only whether to encrypt: there is nobody to ask, and it does no harm.
      const isAsked = plan?.encrypts === 'stop' && plan.reason === 'all-reachable'
      const protection = await protectionFor(context, isAsked ? asDraft(letter, 'on') : draft)
      const message: OutgoingMessage = {
        from: { name: account.config.displayName, address: letter.from },
        ...{ to: letter.to, cc: [], bcc: [], subject: letter.subject, text: letter.text, html: null },
        ...{ attachments: [], calendar: letter.calendar, dateMs: clock.now() },
        ...threadHeadersFor(context, letter.answers),
        messageIdLocal: Buffer.from(random.bytes(16)).toString('hex'),
      }
      const { raw, sentCopy, messageIdHeader, envelope } = await context.protectedBuilder.build(
        message,
        protection,
      )
      return {
        enqueue: () =>
          store.outbox.enqueue({
            accountId: letter.accountId,
            draftId: null,
            ...{ messageIdHeader, subject: letter.subject, raw, sentCopy, envelope },
            notBeforeMs: clock.now() + (context.background ? store.settings.get().undoSendSeconds * 1000 : 0),
          }),
        start: item => {
          if (!context.background) return context.outbox.runUntilFinal(item.id)
          context.outbox.kick()
          return Promise.resolve(item)
        },
      }
    },
  }
}
