import type { ProtectionPlan } from '../../../../shared/features/writing/protection'
import type { DraftId } from '../../../../shared/kit/ids'
import type { Host } from '../../../host/host'
import { runCommand } from '../../../state/run-command'
import { showToast } from '../../../state/toasts'
import { openDraft } from '../../../state/ui-store'

/**
 * The plan of a saved draft when it needs a decision first; null when it can go as planned. With a passphrase all that matters
 * is who it goes to.
 */
export async function decisionFor(
  host: Host,
  draftId: DraftId,
  hasPassphrase: boolean,
): Promise<ProtectionPlan | null> {
  const plan = await host.call('keys.plan', { draftId })
  // What cannot be asked is refused by the engine itself when it is sent.
  if (!plan.ok || plan.value.encrypts !== 'stop') return null
  return hasPassphrase && plan.value.reason !== 'unprotected-address' ? null : plan.value
}

/** Hands a saved draft to the outbox and offers to take it back while it waits there. False when it was refused. */
export async function sendDraft(
  host: Host,
  draftId: DraftId,
  words: Readonly<{ sending: string; undo: string }>,
  passphrase: string | null,
): Promise<boolean> {
  const item = await runCommand(host, 'outbox.send', { draftId, passphrase })
  if (item === null) return false
  const settings = await host.call('settings.get', {})
  const seconds = settings.ok ? settings.value.undoSendSeconds : 0
  if (seconds === 0) return true
  const takeBack = async () => {
    const draft = await runCommand(host, 'outbox.cancel', { outboxId: item.id })
    if (draft !== null) openDraft(draft.id)
  }
  // The offer ends when the message goes.
  showToast({
    kind: 'notice',
    text: words.sending,
    action: { label: words.undo, run: () => void takeBack() },
    shownForMs: seconds * 1000,
  })
  return true
}
