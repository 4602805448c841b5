import { create } from 'zustand'
import type { Failure } from '../../shared/ipc/result'

/** Words are chosen where they are shown; a toast carries what happened. */
export type ToastContent =
  | Readonly<{ kind: 'undo'; what: UndoableVerb; count: number; undoId: number }>
  | Readonly<{ kind: 'undone'; count: number }>
  | Readonly<{ kind: 'failure'; failure: Failure }>
  | Readonly<{ kind: 'notice'; text: string; action: ToastAction | null }>

export type ToastAction = Readonly<{ label: string; run: () => void }>

export type UndoableVerb = 'archive' | 'delete' | 'junk' | 'not-junk' | 'move' | 'flags' | 'seen' | 'empty'

export type Toast = ToastContent & Readonly<{ id: number; shownForMs: number }>

type ToastState = Readonly<{ toasts: readonly Toast[] }>

export const useToasts = create<ToastState>(() => ({ toasts: [] }))

const undoShownForMs = 8000
const failureShownForMs = 15_000
const noticeShownForMs = 6000
/** More than this at once is noise; the oldest goes. */
const mostAtOnce = 3

let lastId = 0

const shownFor = (content: ToastContent): number => {
  if (content.kind === 'undo') return undoShownForMs
  return content.kind === 'failure' ? failureShownForMs : noticeShownForMs
}

/** Says something once. A new undo offer takes the place of the one before: Ctrl+Z takes back the newest. */
export function showToast(content: ToastContent): number {
  lastId += 1
  const toast: Toast = { ...content, id: lastId, shownForMs: shownFor(content) }
  useToasts.setState(({ toasts }) => ({
    toasts: [...toasts.filter(other => !(content.kind === 'undo' && other.kind === 'undo')), toast].slice(
      -mostAtOnce,
    ),
  }))
  return toast.id
}

export function dismissToast(id: number): void {
  useToasts.setState(({ toasts }) => ({ toasts: toasts.filter(toast => toast.id !== id) }))
}

export function dismissAllToasts(): void {
  useToasts.setState({ toasts: [] })
}
