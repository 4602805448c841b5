import { expect, test } from 'vitest'
import type { Host } from '../../../../renderer/host/host'
import { takeWaiting } from '../../../../renderer/state/take-waiting'

type Item = { id: number; notice: { code: string; params: Record<string, never>; undoId: null } }

/** Main, as far as what waits for the page goes. */
const main = () => {
  let notices: Item[] = []
  let lastId = 0
  const listeners = new Set<() => void>()
  const answered: (() => void)[] = []
  const host = {
    async call(name: string, input: { ids?: number[] }) {
      if (name === 'page.waiting') return { ok: true, value: { notices: [...notices], commands: [] } }
      notices = notices.filter(({ id }) => !input.ids?.includes(id))
      for (const resolve of answered.splice(0)) resolve()
      return { ok: true, value: {} }
    },
    on(_: string, listener: () => void) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
  }
  return {
    host: host as unknown as Host,
    say(code: string) {
      lastId += 1
      notices.push({ id: lastId, notice: { code, params: {}, undoId: null } })
      for (const listener of listeners) listener()
    },
    left: () => notices.length,
    /** The page has said that it took something. */
    taken: () => new Promise<void>(resolve => answered.push(resolve)),
    listeners,
  }
}

test('a page takes what was said before it listened and what is said while it takes, each once', async () => {
  const there = main()
  const seen: string[] = []
  there.say('early')
  there.say('earlier than the page')
  const first = there.taken()
  const end = takeWaiting(there.host, 'notices', ({ notice }) => void seen.push(notice.code))
  there.say('meanwhile')
  await first
  if (there.left() > 0) await there.taken()
  const next = there.taken()
  there.say('later')
  await next
  expect(seen).toEqual(['early', 'earlier than the page', 'meanwhile', 'later'])
  expect(there.left()).toBe(0)
  end()
  expect(there.listeners.size).toBe(0)
})

test('a page that goes away before it was answered takes nothing: the next one does', async () => {
  const there = main()
  const seen: string[] = []
  there.say('store-rebuilt')
  takeWaiting(there.host, 'notices', () => void seen.push('gone'))()
  const taken = there.taken()
  takeWaiting(there.host, 'notices', ({ notice }) => void seen.push(notice.code))
  await taken
  expect(seen).toEqual(['store-rebuilt'])
})
