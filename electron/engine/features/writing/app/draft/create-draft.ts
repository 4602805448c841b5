import type { AccountSummary } from '../../../../../../shared/features/accounts/model'
import type { DraftContent } from '../../../../../../shared/features/writing/model'
import { noChoice } from '../../../../../../shared/features/writing/protection'
import { SiegelError } from '../../../../../../shared/kit/result'
import type { Needs } from '../../../../ports/parts'
import type { UseCases } from '../../../../ports/use-cases'
import { answerDraft, forwardDraft } from '../answer/answer-draft'
import { signatureBlock } from '../answer/reply-content'
import { editDraft } from './edit-draft'
import { writingAccount } from './writing-account'

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

export function createDraftUseCases(
  context: Needs<
    'builder' | 'mime' | 'protectedBuilder' | 'protection' | 'reading',
    'accounts' | 'drafts' | 'messages' | 'transaction'
  >,
): Pick<UseCases, 'drafts.create'> {
  return {
    'drafts.create': async ({ mode, messageId, accountId }) => {
      if (mode === 'new') {
        return context.store.drafts.create({
          content: emptyContent(writingAccount(context, accountId)),
          relation: null,
          serverMessageId: null,
        })
      }
      if (messageId === null) throw new SiegelError('bad-request', { field: 'messageId' })
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
