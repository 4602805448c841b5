import type { Address } from '../../../shared/features/mail/model'
import type { Host } from '../../host/host'
import { runCommand } from '../run-command'
import { openDraft } from '../ui-store'

/** Opens a draft to these people, with their names. Nothing is sent. */
export async function composeToPeople(host: Host, people: readonly Address[]): Promise<void> {
  const draft = await runCommand(host, 'drafts.create', { mode: 'new', messageId: null, accountId: null })
  if (draft === null) return
  const saved = await runCommand(host, 'drafts.save', {
    draftId: draft.id,
    content: { ...draft.content, to: [...draft.content.to, ...people] },
    revision: draft.revision,
    as: 'start',
  })
  if (saved !== null) openDraft(draft.id)
}
