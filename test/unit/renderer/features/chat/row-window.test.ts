import { expect, test, vi } from 'vitest'
import { mostRows, pageRows, RowWindow } from '../../../../../renderer/features/chat/conversation/row-window'
import type { Host } from '../../../../../renderer/host/host'
import type {
  ChatAnchor,
  ChatMessage,
  ChatMessageId,
  ConversationId,
} from '../../../../../shared/features/chat/model'
import { failed, makeFailure, ok } from '../../../../../shared/kit/result'
import { message } from './made-rows'

const conversationId = 1 as ConversationId

/** A store of so many messages that answers as the engine does, when it is let. */
function fakeStore(count: number) {
  const rows: ChatMessage[] = Array.from({ length: count }, (_, at) => message(at + 1))
  const waiting: (() => void)[] = []
  const asked: ChatAnchor[] = []
  let listener: (record: unknown) => void = () => undefined
  let isHeld = false
  let isFailing = false
  const page = (anchor: ChatAnchor, limit: number) => {
    const at = 'id' in anchor ? rows.findIndex(({ id }) => id === anchor.id) : 0
    const from =
      anchor.at === 'before'
        ? at - limit
        : anchor.at === 'after'
          ? at + 1
          : anchor.at === 'around'
            ? at - Math.floor(limit / 2)
            : rows.length - limit
    const to = anchor.at === 'before' ? at : Math.max(0, from) + limit
    return {
      rows: structuredClone(rows.slice(Math.max(0, from), to)),
      isStart: from <= 0,
      isEnd: to >= rows.length,
    }
  }
  const host = {
    call: async (_name: string, { anchor, limit }: { anchor: ChatAnchor; limit: number }) => {
      asked.push(anchor)
      if (isHeld) await new Promise<void>(resolve => waiting.push(resolve))
      return isFailing ? failed(makeFailure('offline')) : ok(page(anchor, limit))
    },
    on: (_name: string, heard: typeof listener) => {
      listener = heard
      return () => {
        listener = () => undefined
      }
    },
  } as unknown as Host
  return {
    host,
    rows,
    asked,
    hold: (held: boolean) => {
      isHeld = held
    },
    fail: (failing: boolean) => {
      isFailing = failing
    },
    release: () => {
      for (const go of waiting.splice(0)) go()
    },
    change: (ids: readonly number[] = [conversationId]) =>
      listener({ entity: 'chat', kind: 'messages', ids, version: 1 }),
  }
}

const opened = async (count: number, anchor: ChatAnchor = { at: 'end' }) => {
  const store = fakeStore(count)
  const held = new RowWindow(store.host, conversationId)
  held.start()
  await held.open(anchor)
  const ids = () => held.stretch().rows.map(row => (row.kind === 'message' ? row.id : 0))
  return { store, held, ids }
}

test('of 100,000 messages only a stretch is held, in both directions, without a gap', async () => {
  const { held, ids } = await opened(100_000)
  expect(ids()).toHaveLength(pageRows)
  expect(ids().at(-1)).toBe(100_000)
  for (let page = 0; page < 40; page += 1) await held.more('before')
  expect(ids().length).toBeLessThanOrEqual(mostRows)
  expect(held.stretch()).toMatchObject({ isStart: false, isEnd: false })
  const [first = 0] = ids()
  expect(ids()).toEqual(Array.from({ length: ids().length }, (_, at) => first + at))
  for (let page = 0; page < 60; page += 1) await held.more('after')
  expect(ids().at(-1)).toBe(100_000)
  expect(held.stretch().isEnd).toBe(true)
})

test('the start and the end are known, and nothing is asked beyond them', async () => {
  const { store, held } = await opened(100)
  await held.more('before')
  expect(held.stretch()).toMatchObject({ isStart: true, isEnd: true })
  const asked = store.asked.length
  await held.more('before')
  await held.more('after')
  expect(store.asked).toHaveLength(asked)
})

test('a newer wish wins over one that is still on its way', async () => {
  const { store, held, ids } = await opened(1000)
  store.hold(true)
  const jump = held.open({ at: 'around', id: 200 as ChatMessageId })
  const newest = held.open({ at: 'end' })
  store.release()
  await Promise.all([jump, newest])
  expect(ids().at(-1)).toBe(1000)
})

test('what comes is added at the end, and what did not change stays the same object', async () => {
  const { store, held, ids } = await opened(100)
  const before = held.stretch().rows
  store.rows.push(message(101))
  store.rows[99] = message(100, { state: 'read' })
  store.change()
  await vi.waitUntil(() => ids().at(-1) === 101)
  const after = held.stretch().rows
  const same = (id: number) =>
    after.find(row => row.kind === 'message' && row.id === id) ===
    before.find(row => row.kind === 'message' && row.id === id)
  expect([same(99), same(100)]).toEqual([true, false])
})

test('a change while a page is on its way is not missed', async () => {
  const { store, held, ids } = await opened(1000)
  store.hold(true)
  const page = held.more('before')
  store.rows.push(message(1001))
  store.change()
  store.hold(false)
  store.release()
  await page
  await vi.waitUntil(() => ids().at(-1) === 1001)
  expect(ids()).toContain(1000 - pageRows)
})

test('news of another conversation asks nothing; a failure is said and the rows stay', async () => {
  const { store, held, ids } = await opened(1000)
  const asked = store.asked.length
  store.change([2])
  store.fail(true)
  await held.more('before')
  expect(store.asked).toHaveLength(asked + 1)
  expect(held.stretch().failure?.code).toBe('offline')
  expect(ids()).toHaveLength(pageRows)
  store.fail(false)
  await held.more('before')
  expect(held.stretch().failure).toBeNull()
  expect(ids()).toHaveLength(2 * pageRows)
  held.close()
  const count = store.asked.length
  store.change()
  await held.open({ at: 'end' })
  expect(store.asked).toHaveLength(count + 1)
})
