import { expect, test } from 'vitest'
import { overallState } from '../../../../../renderer/app/activity/overall-state'
import type { OutboxItem, TaskSummary } from '../../../../../shared/features/writing/model'
import type { SyncStatus } from '../../../../../shared/kit/status'

const sync = (state: SyncStatus['state']) => ({ state }) as SyncStatus
const outbox = (state: OutboxItem['state']) => ({ state }) as OutboxItem
const task = (state: TaskSummary['state']) => ({ state }) as TaskSummary

test('the dot shows trouble before work, and nothing when all is well', () => {
  expect(overallState([sync('watching')], [outbox('sent')], [task('done')])).toEqual({
    word: 'upToDate',
    dot: null,
  })
  expect(overallState([sync('syncing')], [], []).dot).toBe('busy')
  expect(overallState([sync('syncing')], [outbox('unknown')], []).dot).toBe('trouble')
  expect(overallState([sync('syncing')], [], [task('failed')]).dot).toBe('trouble')
  expect(overallState([sync('syncing'), sync('waiting')], [], []).dot).toBe('waiting')
  expect(overallState([sync('watching')], [outbox('queued')], []).dot).toBe('waiting')
})
