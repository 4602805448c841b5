import type { EngineFeature } from '../../kit/feature'
import type { EngineParts } from '../../ports/parts'
import { sampleUseCases } from './app/archive/add-sample'
import { exportUseCases } from './app/archive/export-mail'
import { importUseCases } from './app/archive/import-mail'
import { flagUseCases } from './app/change/change-flags'
import { deleteUseCases } from './app/change/delete-messages'
import { moveUseCases } from './app/change/move-messages'
import { undoUseCases } from './app/change/undo'
import { mailboxUseCases } from './app/folders/mailboxes'
import { listUseCases } from './app/list/message-list'
import { startRenewingSearch } from './app/list/renew-search'
import { attachedUseCases } from './app/read/attached-message'
import { attachmentFileUseCases } from './app/read/attachment-files'
import { passphraseUseCases } from './app/read/open-with-passphrase'
import { bodyUseCases } from './app/read/read-body'
import { readUseCases } from './app/read/read-message'
import { sourceUseCases } from './app/read/read-source'
import { remoteContentUseCases } from './app/read/remote-content'
import { unsubscribeUseCases } from './app/read/unsubscribe'
import { syncUseCases } from './app/sync-control'
import { mailCarryOver } from './store/carry-over'
import { mailChecks } from './store/checks'
import { mailTables } from './store/tables'
import { mailTasks } from './tasks/kinds'

export const mail = {
  tables: mailTables,
  carryOver: mailCarryOver,
  checks: mailChecks,
  taskKinds: mailTasks,
  useCases: (parts: EngineParts) => ({
    ...sampleUseCases(parts),
    ...mailboxUseCases(parts),
    ...listUseCases(parts),
    ...readUseCases(parts),
    ...bodyUseCases(parts),
    ...sourceUseCases(parts),
    ...attachmentFileUseCases(parts),
    ...attachedUseCases(parts),
    ...passphraseUseCases(parts),
    ...remoteContentUseCases(parts),
    ...flagUseCases(parts),
    ...moveUseCases(parts),
    ...deleteUseCases(parts),
    ...undoUseCases(parts),
    ...importUseCases(parts),
    ...exportUseCases(parts),
    ...syncUseCases(parts),
    ...unsubscribeUseCases(parts),
  }),
  start: startRenewingSearch,
} as const satisfies EngineFeature
