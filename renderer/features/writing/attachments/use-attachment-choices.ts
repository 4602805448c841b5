import { useMemo } from 'react'
import type { CallInput } from '../../../../shared/ipc/contract'
import type { DraftId } from '../../../../shared/kit/ids'
import { useHost } from '../../../host/host-context'
import { runCommand } from '../../../state/run-command'

/** What can be chosen for one attachment, or with null for all. Null when it failed and was said so. */
export type AttachmentChoices = Readonly<{
  rename: (
    attachmentId: number | null,
    name: CallInput<'drafts.renameAttachments'>['name'],
  ) => Promise<unknown>
  keepTraces: (attachmentId: number, keep: boolean) => Promise<unknown>
}>

/** Names of attachments and their hidden data, as the writer wants them. */
export function useAttachmentChoices(draftId: DraftId): AttachmentChoices {
  const host = useHost()
  return useMemo(
    () => ({
      rename: (attachmentId, name) =>
        runCommand(host, 'drafts.renameAttachments', { draftId, attachmentId, name }),
      keepTraces: (attachmentId, keep) =>
        runCommand(host, 'drafts.keepTraces', { draftId, attachmentId, keep }),
    }),
    [host, draftId],
  )
}
