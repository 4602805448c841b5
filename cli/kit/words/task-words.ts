import type { TaskSummary } from '../../../shared/features/writing/model'
import { asErrorCode } from '../../../shared/kit/result'
import { errorWords } from './error-words'

/** Why a change has not reached the server; empty for one whose turn has only not come. */
function taskProblem({ problem }: TaskSummary): string {
  if (problem === null) return ''
  const { code, detail } = problem
  return errorWords({ code: asErrorCode(code), params: { detail, host: 'the server' } })
}

/** `   12  failed   create-mailbox Trash: the server refused: no`. */
export function taskLine(task: TaskSummary): string {
  const { id, state, kind, messageCount, mailboxName, waitsFor } = task
  const what = [kind, mailboxName ?? '', messageCount > 0 ? `(${messageCount} messages)` : '']
  const why = waitsFor === null ? taskProblem(task) : `waits for ${waitsFor}`
  const words = what.filter(each => each !== '').join(' ')
  return `${String(id).padStart(5)}  ${state.padEnd(8)} ${words}${why === '' ? '' : `: ${why}`}`
}

/** Changes that will not reach the server by themselves: refused ones, and those behind them. */
export function stuckTasks(tasks: readonly TaskSummary[]): readonly TaskSummary[] {
  const stuck = new Set<TaskSummary['id']>()
  // A change waits for an earlier one, so one pass in order finds all.
  for (const { id, state, waitsFor } of tasks)
    if (state === 'failed' || (waitsFor !== null && stuck.has(waitsFor))) stuck.add(id)
  return tasks.filter(({ id }) => stuck.has(id))
}
