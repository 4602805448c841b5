import type { CallInput, CallOutput, FaceCallName } from '../../shared/ipc/contract'
import type { Host } from '../host/host'
import { showToast, type UndoableVerb } from './toasts'

/** Calls and says so when it failed. `null` after a failure; a cancelled dialog is not worth a word. */
export async function runCommand<N extends FaceCallName>(
  host: Host,
  name: N,
  input: CallInput<N>,
): Promise<CallOutput<N> | null> {
  const result = await host.call(name, input)
  if (result.ok) return result.value
  if (result.error.code !== 'cancelled') showToast({ kind: 'failure', failure: result.error })
  return null
}

type UndoableName =
  | 'messages.setFlags'
  | 'messages.move'
  | 'messages.archive'
  | 'messages.junk'
  | 'messages.delete'
  | 'mailboxes.markAllSeen'
  | 'mailboxes.empty'

/** A change that can be taken back: applies it and offers the way back. How many messages it changed; null after a failure. */
export async function runUndoable<N extends UndoableName>(
  host: Host,
  what: UndoableVerb,
  name: N,
  input: CallInput<N>,
): Promise<number | null> {
  const done = await runCommand(host, name, input)
  if (done === null) return null
  const { undoId, messageCount } = done as CallOutput<UndoableName>
  if (undoId !== null) showToast({ kind: 'undo', what, count: messageCount, undoId })
  return messageCount
}

/** Flags of one message are their own way back (press again), so nothing is offered for one. A failure is said for one and many. */
export async function changeFlags(host: Host, input: CallInput<'messages.setFlags'>): Promise<boolean> {
  return input.ids.length === 1
    ? (await runCommand(host, 'messages.setFlags', input)) !== null
    : (await runUndoable(host, 'flags', 'messages.setFlags', input)) !== null
}
