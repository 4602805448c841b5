import type { EngineFeature } from '../../kit/feature'
import type { EngineParts } from '../../ports/parts'
import { attachmentUseCases } from './app/draft/change-attachments'
import { createDraftUseCases } from './app/draft/create-draft'
import { draftUseCases } from './app/draft/drafts'
import { explainUseCases } from './app/draft/explain-draft'
import { startDraftUploads } from './app/draft/upload-drafts'
import { protectionPlanUseCases } from './app/send/protection-plan'
import { selfCheckUseCases } from './app/send/self-check-file'
import { outboxUseCases } from './app/send/send-draft'
import { writingCarryOver } from './store/carry-over'
import { holdOutbox } from './store/hold-outbox'
import { writingTables } from './store/tables'

export const writing = {
  tables: writingTables,
  carryOver: writingCarryOver,
  afterRestore: [holdOutbox],
  useCases: (parts: EngineParts) => ({
    ...createDraftUseCases(parts),
    ...draftUseCases(parts),
    ...attachmentUseCases(parts),
    ...explainUseCases(parts),
    ...outboxUseCases(parts),
    ...selfCheckUseCases(parts),
    ...protectionPlanUseCases(parts),
  }),
  start: parts => (parts.background ? startDraftUploads(parts) : () => undefined),
} as const satisfies EngineFeature
