import { accountUseCases } from './accounts'
import { sampleUseCases } from './add-sample'
import { attachedUseCases } from './attached-message'
import { backUpUseCases } from './back-up'
import { attachmentUseCases } from './change-attachments'
import { flagUseCases } from './change-flags'
import type { AppContext, UseCases } from './context'
import { createDraftUseCases } from './create-draft'
import { deleteUseCases } from './delete-messages'
import { draftUseCases } from './drafts'
import { explainUseCases } from './explain-draft'
import { exportUseCases } from './export-mail'
import { importUseCases } from './import-mail'
import { inboxEncryptionUseCases } from './inbox-encryption'
import { keyUseCases } from './keys/key-use-cases'
import { mailboxUseCases } from './mailboxes'
import { listUseCases } from './message-list'
import { moveUseCases } from './move-messages'
import { networkUseCases } from './network'
import { passphraseUseCases } from './open-with-passphrase'
import { readUseCases } from './read-message'
import { remoteContentUseCases } from './remote-content'
import { selfCheckUseCases } from './self-check-file'
import { outboxUseCases } from './send-draft'
import { syncUseCases } from './sync-control'
import { taskUseCases } from './tasks'
import { transportUseCases } from './transport-levels'
import { undoUseCases } from './undo'
import { unsubscribeUseCases } from './unsubscribe'

/** Every call that the engine answers, by name, but for its log, which its host keeps. The type makes a missing one a compile error. */
export function useCases(context: AppContext): Omit<UseCases, 'log.report'> {
  return {
    ...accountUseCases(context),
    ...sampleUseCases(context),
    ...mailboxUseCases(context),
    ...listUseCases(context),
    ...readUseCases(context),
    ...attachedUseCases(context),
    ...passphraseUseCases(context),
    ...remoteContentUseCases(context),
    ...flagUseCases(context),
    ...moveUseCases(context),
    ...deleteUseCases(context),
    ...undoUseCases(context),
    ...createDraftUseCases(context),
    ...draftUseCases(context),
    ...attachmentUseCases(context),
    ...explainUseCases(context),
    ...outboxUseCases(context),
    ...selfCheckUseCases(context),
    ...taskUseCases(context),
    ...inboxEncryptionUseCases(context),
    ...importUseCases(context),
    ...exportUseCases(context),
    ...backUpUseCases(context),
    ...networkUseCases(context),
    ...syncUseCases(context),
    ...transportUseCases(context),
    ...unsubscribeUseCases(context),
    ...keyUseCases(context),
  }
}
