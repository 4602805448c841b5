import { accountUseCases } from '../features/accounts/app/accounts'
import { calendarUseCases } from '../features/calendar/app/calendars'
import { eventChangeUseCases } from '../features/calendar/app/change-events'
import { eventViewUseCases } from '../features/calendar/app/look'
import { calendarTransferUseCases } from '../features/calendar/app/transfer'
import { takeBackEvents } from '../features/calendar/app/undo'
import { encryptArrivals, inboxEncryptionUseCases } from '../features/inbox-encryption/app/inbox-encryption'
import { keyUseCases } from '../features/keys/app/key-use-cases'
import { sampleUseCases } from '../features/mail/app/archive/add-sample'
import { exportUseCases } from '../features/mail/app/archive/export-mail'
import { importUseCases } from '../features/mail/app/archive/import-mail'
import { flagUseCases } from '../features/mail/app/change/change-flags'
import { deleteUseCases } from '../features/mail/app/change/delete-messages'
import { moveUseCases } from '../features/mail/app/change/move-messages'
import { undoUseCases } from '../features/mail/app/change/undo'
import { mailboxUseCases } from '../features/mail/app/folders/mailboxes'
import { listUseCases } from '../features/mail/app/list/message-list'
import { attachedUseCases } from '../features/mail/app/read/attached-message'
import { attachmentFileUseCases } from '../features/mail/app/read/attachment-files'
import { passphraseUseCases } from '../features/mail/app/read/open-with-passphrase'
import { bodyUseCases } from '../features/mail/app/read/read-body'
import { readUseCases } from '../features/mail/app/read/read-message'
import { sourceUseCases } from '../features/mail/app/read/read-source'
import { remoteContentUseCases } from '../features/mail/app/read/remote-content'
import { unsubscribeUseCases } from '../features/mail/app/read/unsubscribe'
import { syncUseCases } from '../features/mail/app/sync-control'
import { networkUseCases } from '../features/network/app/network'
import { transportUseCases } from '../features/network/app/transport-levels'
import { backUpUseCases } from '../features/profile/app/back-up'
import { attachmentUseCases } from '../features/writing/app/draft/change-attachments'
import { createDraftUseCases } from '../features/writing/app/draft/create-draft'
import { draftUseCases } from '../features/writing/app/draft/drafts'
import { explainUseCases } from '../features/writing/app/draft/explain-draft'
import { uploadDrafts } from '../features/writing/app/draft/upload-drafts'
import { protectionPlanUseCases } from '../features/writing/app/send/protection-plan'
import { selfCheckUseCases } from '../features/writing/app/send/self-check-file'
import { outboxUseCases } from '../features/writing/app/send/send-draft'
import { taskUseCases } from '../kit/tasks/use-cases'
import type { EngineParts } from '../ports/parts'
import type { UseCases } from '../ports/use-cases'

/** Every call that the engine answers, by name, but for its log, which its host keeps. The type makes a missing one a compile error. */
export function useCases(context: EngineParts): Omit<UseCases, 'log.report'> {
  return {
    ...accountUseCases(context),
    ...sampleUseCases(context),
    ...mailboxUseCases(context),
    ...listUseCases(context),
    ...readUseCases(context),
    ...bodyUseCases(context),
    ...sourceUseCases(context),
    ...attachmentFileUseCases(context),
    ...attachedUseCases(context),
    ...passphraseUseCases(context),
    ...remoteContentUseCases(context),
    ...flagUseCases(context),
    ...moveUseCases(context),
    ...deleteUseCases(context),
    ...undoUseCases(context, { events: entry => takeBackEvents(context, entry) }),
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
    ...syncUseCases(context, {
      before: () => uploadDrafts(context, context.clock.now()),
      after: accountId => encryptArrivals(context, accountId),
    }),
    ...transportUseCases(context),
    ...unsubscribeUseCases(context),
    ...keyUseCases(context),
    ...protectionPlanUseCases(context),
    ...calendarUseCases(context),
    ...eventViewUseCases(context),
    ...eventChangeUseCases(context),
    ...calendarTransferUseCases(context),
  }
}
