import { eachPercent } from '../../../shared/util/each-percent'
import type { LongWork } from '../ports/basics'
import type { AppContext, UseCases } from './context'

/**
 * The engine's parts of a backup: the first third of it is the copy, the last is reading it back; between them the host puts
 * the key behind it. Progress is in bytes, of three times the store.
 */
export function backUpUseCases(
  context: AppContext,
): Pick<UseCases, 'store.backup' | 'store.checkBackup' | 'store.stopBackup'> {
  const running = new Set<AbortController>()
  const stoppable = async <T>(third: 0 | 2, work: (how: LongWork) => Promise<T>): Promise<T> => {
    const controller = new AbortController()
    running.add(controller)
    try {
      return await work({
        signal: controller.signal,
        onProgress: eachPercent((done, total) =>
          context.emit('progress', { job: 'backup', done: third * total + done, total: 3 * total }),
        ),
      })
    } finally {
      running.delete(controller)
    }
  }
  return {
    'store.backup': ({ path }) => stoppable(0, how => context.store.backup(path, how)),
    'store.checkBackup': async ({ path }) => {
      await stoppable(2, how => context.store.checkBackup(path, how))
      return {}
    },
    'store.stopBackup': () => {
      for (const controller of running) controller.abort()
      return {}
    },
  }
}
