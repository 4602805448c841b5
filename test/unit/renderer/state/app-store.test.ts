import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { connectAppStore, useAppStore } from '../../../../renderer/state/app-store'
import type { AppStatus, SyncStatus } from '../../../../shared/kit/status'
import { QuietHost } from './quiet-host'

const app = (state: AppStatus['state']) => ({ state }) as AppStatus
const sync = (done: number) =>
  ({ accountId: 'a', service: 'mail', state: 'syncing', done }) as unknown as SyncStatus

beforeEach(() => vi.useFakeTimers())
afterEach(() => vi.useRealTimers())

async function connected(): Promise<QuietHost> {
  const host = new QuietHost()
  host.answer = name => (name === 'app.status' ? app('open') : [])
  await connectAppStore(host)
  return host
}

test('a first sync that counts a thousand times a second draws the window a few times', async () => {
  const host = await connected()
  let drawn = 0
  const stop = useAppStore.subscribe(() => {
    drawn += 1
  })
  for (let done = 1; done <= 1000; done += 1) {
    host.emit('sync', sync(done))
    await vi.advanceTimersByTimeAsync(1)
  }
  await vi.advanceTimersByTimeAsync(1000)
  stop()
  expect(drawn).toBeLessThan(10)
  expect([...useAppStore.getState().sync.values()]).toMatchObject([{ done: 1000 }])
})

test('after locking nothing of the accounts is known, not even a count that was on its way', async () => {
  const host = await connected()
  host.emit('sync', sync(1))
  host.emit('app', app('locked'))
  await vi.advanceTimersByTimeAsync(1000)
  expect(useAppStore.getState().sync.size).toBe(0)
})
