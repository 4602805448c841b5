import type { CallInput } from '../../../shared/ipc/contract'
import type { Host } from '../../host/host'
import { runCommand } from '../run-command'
import { openDraft } from '../ui-store'

/** Has the engine make a draft and opens it in front. */
export async function startDraft(
  host: Host,
  mode: CallInput<'drafts.create'>['mode'],
  messageId: number | null = null,
): Promise<void> {
  const draft = await runCommand(host, 'drafts.create', { mode, messageId, accountId: null })
  if (draft !== null) openDraft(draft.id)
}
