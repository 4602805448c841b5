import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { LiveQueries } from '../../../../../renderer/state/live/live-queries'
import { failed, makeFailure, ok } from '../../../../../shared/kit/result'
import { QuietHost } from '../quiet-host'

const settle = () => vi.advanceTimersByTimeAsync(2000)
const nothing = () => {}

describe('live queries', () => {
  beforeEach(() => vi.useFakeTimers())
  afterEach(() => vi.useRealTimers())

  test('a change is asked for again, and the old answer stays until the new one is here', async () => {
    const host = new QuietHost()
    host.answer = () => ['old']
    const live = new LiveQueries(host)
    live.watch('accounts.list', {}, nothing)
    await settle()
    let answer: (value: unknown) => void = nothing
    host.answer = () => new Promise(resolve => (answer = resolve))
    host.changed('account')
    await settle()
    expect(live.snapshot('accounts.list', {})).toMatchObject({ data: ['old'], loading: true })
    answer(ok(['new']))
    await settle()
    expect(live.snapshot('accounts.list', {})).toMatchObject({ data: ['new'], loading: false })
  })

  test('a change of something else is not', async () => {
    const host = new QuietHost()
    const live = new LiveQueries(host)
    live.watch('accounts.list', {}, nothing)
    live.watch('messages.get', { messageId: 7 }, nothing)
    await settle()
    host.changed('draft')
    host.changed('message', [8])
    await settle()
    expect(host.calls).toHaveLength(2)
    host.changed('message', [7])
    await settle()
    expect(host.calls).toHaveLength(3)
  })

  test.each([
    { when: 'after nobody watched it any more', stopsFirst: true },
    { when: 'just before, and nobody asked any more', stopsFirst: false },
  ])('an answer is known to be old when something changed $when', async ({ stopsFirst }) => {
    const host = new QuietHost()
    host.answer = () => 'half a word'
    const live = new LiveQueries(host)
    const draft = { draftId: 'd' } as never
    const stop = live.watch('drafts.get', draft, nothing)
    await settle()
    expect(live.snapshot('drafts.get', draft)).toMatchObject({ data: 'half a word', isOld: false })
    if (stopsFirst) stop()
    host.changed('draft', ['d'])
    stop()
    await settle()
    expect(live.snapshot('drafts.get', draft).isOld).toBe(true)
    host.answer = () => 'all of it'
    live.watch('drafts.get', draft, nothing)
    expect(live.snapshot('drafts.get', draft).isOld).toBe(true)
    await settle()
    expect(live.snapshot('drafts.get', draft)).toMatchObject({ data: 'all of it', isOld: false })
  })

  test('a storm of changes during a sync becomes a few questions', async () => {
    const host = new QuietHost()
    const live = new LiveQueries(host)
    live.watch('mailboxes.list', {}, nothing)
    await settle()
    host.calls.length = 0
    for (let at = 0; at < 1000; at += 1) {
      host.changed('mailbox', [at])
      await vi.advanceTimersByTimeAsync(1)
    }
    await settle()
    expect(host.calls.length).toBeGreaterThan(3)
    expect(host.calls.length).toBeLessThan(12)
  })

  test('a slow answer is asked for at most a fifth of the time', async () => {
    const host = new QuietHost()
    host.answer = () => new Promise(resolve => setTimeout(() => resolve([]), 500))
    const live = new LiveQueries(host)
    live.watch('mailboxes.list', {}, nothing)
    for (let at = 0; at < 100; at += 1) {
      host.changed('mailbox')
      await vi.advanceTimersByTimeAsync(100)
    }
    expect(host.calls.length).toBeLessThanOrEqual(5)
  })

  test('a change that comes while the answer is on its way is not lost', async () => {
    const host = new QuietHost()
    let count = 0
    host.answer = () => new Promise(resolve => setTimeout(() => resolve([++count]), 300))
    const live = new LiveQueries(host)
    live.watch('accounts.list', {}, nothing)
    await vi.advanceTimersByTimeAsync(100)
    host.changed('account')
    await vi.advanceTimersByTimeAsync(5000)
    expect(live.snapshot('accounts.list', {}).data).toEqual([2])
  })

  test('an answer nobody watches is not asked for, but asked again when it is watched', async () => {
    const host = new QuietHost()
    const live = new LiveQueries(host)
    const stop = live.watch('accounts.list', {}, nothing)
    await settle()
    stop()
    host.changed('account')
    await settle()
    expect(host.calls).toHaveLength(1)
    live.watch('accounts.list', {}, nothing)
    await settle()
    expect(host.calls).toHaveLength(2)
  })

  test('what is not looked at any more when its time comes is not asked for', async () => {
    const host = new QuietHost()
    const live = new LiveQueries(host)
    const stop = live.watch('messages.get', { messageId: 7 }, nothing)
    await settle()
    host.changed('message', [7], ['place'])
    stop()
    await settle()
    expect(host.calls).toHaveLength(1)
    live.watch('messages.get', { messageId: 7 }, nothing)
    await settle()
    expect(host.calls).toHaveLength(2)
  })

  test('a failure keeps what was known', async () => {
    const host = new QuietHost()
    host.answer = () => ['known']
    const live = new LiveQueries(host)
    live.watch('accounts.list', {}, nothing)
    await settle()
    host.answer = () => failed(makeFailure('offline', {}, { retryable: true }))
    host.changed('account')
    await settle()
    expect(live.snapshot('accounts.list', {})).toMatchObject({
      data: ['known'],
      failure: { code: 'offline' },
    })
  })

  test('locking forgets every answer, also one that was on its way', async () => {
    const host = new QuietHost()
    host.answer = () => new Promise(resolve => setTimeout(() => resolve(['secret']), 300))
    const live = new LiveQueries(host)
    live.watch('accounts.list', {}, nothing)
    await vi.advanceTimersByTimeAsync(100)
    live.clear()
    await settle()
    expect(live.snapshot('accounts.list', {}).data).toBeUndefined()
  })

  test('watchers are asked for again after a lock', async () => {
    const host = new QuietHost()
    const live = new LiveQueries(host)
    const stop = live.watch('accounts.list', {}, nothing)
    await settle()
    stop()
    live.clear()
    live.watch('accounts.list', {}, nothing)
    await settle()
    expect(live.snapshot('accounts.list', {}).data).toEqual([])
  })
})
