import { create } from 'zustand'
import type { Undone } from '../../shared/features/writing/model'
import type { Failure } from '../../shared/kit/result'

/** Words are chosen where they are shown; a toast carries what happened. */
export type ToastContent =
  | Readonly<{ kind: 'undo'; what: UndoableVerb; count: number; undoId: number }>
  | (Readonly<{ kind: 'undone' }> & Undone)
  | Readonly<{ kind: 'progress'; job: ProgressJob; done: number; total: number | null }>
  | Readonly<{ kind: 'failure'; failure: Failure }>
  /** A mailto: link asked for more than a draft holds. */
  | Readonly<{ kind: 'link-cut'; people: number; characters: number }>
  | Readonly<{ kind: 'notice'; text: string; action: ToastAction | null; shownForMs?: number }>

type ToastAction = Readonly<{ label: string; run: () => void }>

/** Long work that is told in a toast. */
export type ProgressJob = 'import' | 'export'

export type UndoableVerb =
  | 'archive'
  | 'delete'
  | 'junk'
  | 'not-junk'
  | 'move'
  | 'flags'
  | 'seen'
  | 'empty'
  | 'event-add'
  | 'event-change'
  | 'event-move'
  | 'event-delete'
  | 'contact-import'
  | 'todo-done'
  | 'todo-open'
  | 'todo-delete'
  | 'todo-move'

export type Toast = ToastContent & Readonly<{ id: number; shownForMs: number }>

type ToastState = Readonly<{ toasts: readonly Toast[] }>

export const useToasts = create<ToastState>(() => ({ toasts: [] }))

const undoShownForMs = 8000
const failureShownForMs = 15_000
const noticeShownForMs = 6000
const progressShownForMs = 30_000
/** For what nobody may miss: it stays until it is closed. Timers beyond this would fire at once. */
export const untilClosedMs = 2 ** 31 - 1
/** More than this at once is noise; the oldest goes. */
const mostAtOnce = 3

let lastId = 0

const shownFor = (content: ToastContent): number => {
  if (content.kind === 'undo') return undoShownForMs
  if (content.kind === 'progress') return progressShownForMs
  if (content.kind === 'notice') return content.shownForMs ?? noticeShownForMs
  if (content.kind === 'link-cut') return untilClosedMs
  return content.kind === 'failure' ? failureShownForMs : noticeShownForMs
}

/** Says something once. A new undo offer takes the place of the one before: Ctrl+Z takes back the newest. */
export function showToast(content: ToastContent): number {
  lastId += 1
  const toast: Toast = { ...content, id: lastId, shownForMs: shownFor(content) }
  useToasts.setState(({ toasts }) => {
    const others = toasts.filter(other => !(content.kind === 'undo' && other.kind === 'undo'))
    // What stays until it is closed makes no room for what does not.
    const passing = others.filter(other => other.shownForMs < untilClosedMs)
    const leaving = new Set(passing.slice(0, Math.max(0, others.length + 1 - mostAtOnce)))
    return { toasts: [...others, toast].filter(other => !leaving.has(other)) }
  })
  return toast.id
}

export function dismissToast(id: number): void {
  useToasts.setState(({ toasts }) => ({ toasts: toasts.filter(toast => toast.id !== id) }))
}

/** Shows how far a long job is, in the place where it was shown before. It goes when no news comes for a while. */
export function showProgress(job: ProgressJob, done: number, total: number | null): void {
  const { toasts } = useToasts.getState()
  const shown = toasts.find(toast => toast.kind === 'progress' && toast.job === job)
  if (shown === undefined) {
    showToast({ kind: 'progress', job, done, total })
    return
  }
  useToasts.setState({
    toasts: toasts.map(toast => (toast === shown ? { ...shown, kind: 'progress', job, done, total } : toast)),
  })
}

/** The job has ended; what came of it is said by whoever began it. */
export function endProgress(job: ProgressJob): void {
  useToasts.setState(({ toasts }) => ({
    toasts: toasts.filter(toast => !(toast.kind === 'progress' && toast.job === job)),
  }))
}

export const dismissAllToasts = () => useToasts.setState({ toasts: [] })
