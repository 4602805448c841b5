import type { ChatMessageId } from '../../../../../../shared/features/chat/model'
import type { Clock } from '../../../../ports/basics'

/** What moves is drawn again at most so often. */
const tellEveryMs = 200

/** How much of a file is done. `totalBytes`: null where nobody said how long it is. */
type FileProgress = Readonly<{ doneBytes: number; totalBytes: number | null }>

type Run = { doneBytes: number; totalBytes: number | null; toldMs: number; stop: AbortController }

/** Files that are sent or fetched just now. `onMoved`: something is to be drawn again. */
export function createProgress(clock: Clock, onMoved: (id: ChatMessageId) => void) {
  const runs = new Map<string, Run>()
  const nameOf = (id: ChatMessageId, index: number): string => `${id}/${index}`
  return {
    of: (id: ChatMessageId, index: number): FileProgress | null => runs.get(nameOf(id, index)) ?? null,
    begin: (id: ChatMessageId, index: number, totalBytes: number | null) => {
      const name = nameOf(id, index)
      const run: Run = { ...{ doneBytes: 0, totalBytes, toldMs: clock.now() }, stop: new AbortController() }
      runs.set(name, run)
      onMoved(id)
      return {
        signal: run.stop.signal,
        total: (bytes: number | null): void => {
          run.totalBytes = bytes
        },
        done: (bytes: number): void => {
          run.doneBytes = bytes
          const nowMs = clock.now()
          if (nowMs - run.toldMs < tellEveryMs) return
          run.toldMs = nowMs
          onMoved(id)
        },
        end: (): void => {
          if (runs.get(name) === run) runs.delete(name)
          onMoved(id)
        },
      }
    },
    stop: (id: ChatMessageId, index: number): void => runs.get(nameOf(id, index))?.stop.abort(),
    stopAll: (): void => {
      for (const { stop } of runs.values()) stop.abort()
    },
  }
}
export type Progress = ReturnType<typeof createProgress>
