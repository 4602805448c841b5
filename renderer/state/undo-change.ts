import type { Host } from '../host/host'
import { forgetLeaving } from './leaving'
import { runCommand } from './run-command'
import { dismissToast, showToast, useToasts } from './toasts'

/** Takes back a change, the last one when none is named, and withdraws the offer to do so. */
export async function undoChange(host: Host, undoId: number | null): Promise<void> {
  for (const toast of useToasts.getState().toasts) if (toast.kind === 'undo') dismissToast(toast.id)
  const done = await runCommand(host, 'undo.last', { undoId })
  if (done === null) return
  forgetLeaving()
  showToast({ kind: 'undone', ...done })
}
