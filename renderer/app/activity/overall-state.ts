import type { OutboxItem, TaskSummary } from '../../../shared/features/writing/model'
import type { SyncStatus } from '../../../shared/kit/status'

/** One word and one dot for everything that goes on: trouble first, then waiting, then work. */
export type OverallState = Readonly<{
  word: 'error' | 'offline' | 'syncing' | 'waiting' | 'upToDate'
  dot: 'trouble' | 'waiting' | 'busy' | null
}>

export function overallState(
  sync: readonly SyncStatus[],
  outbox: readonly OutboxItem[],
  tasks: readonly TaskSummary[],
): OverallState {
  const inTrouble =
    sync.some(status => status.state === 'error') ||
    outbox.some(item => item.state === 'failed' || item.state === 'unknown') ||
    tasks.some(task => task.state === 'failed')
  if (inTrouble) return { word: 'error', dot: 'trouble' }
  if (sync.some(status => status.state === 'waiting')) return { word: 'waiting', dot: 'waiting' }
  if (sync.some(status => status.state === 'offline')) return { word: 'offline', dot: 'waiting' }
  const atWork =
    sync.some(status => status.state === 'syncing' || status.state === 'connecting') ||
    outbox.some(item => item.state === 'sending')
  if (atWork) return { word: 'syncing', dot: 'busy' }
  if (outbox.some(item => item.state === 'queued') || tasks.some(task => task.state !== 'done'))
    return { word: 'waiting', dot: 'waiting' }
  return { word: 'upToDate', dot: null }
}
