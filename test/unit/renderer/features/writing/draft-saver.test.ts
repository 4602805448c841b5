import { expect, test } from 'vitest'
import { type Clock, DraftSaver, type SaveState } from '../../../../../renderer/features/writing/draft-saver'
import type { Host } from '../../../../../renderer/host/host'
import type { Draft, DraftContent } from '../../../../../shared/features/writing/model'
import { noChoice } from '../../../../../shared/features/writing/protection'

/** A clock moved by hand. */
class HandClock implements Clock {
  #nowMs = 0
  #timers = new Map<number, { atMs: number; run: () => void }>()
  #next = 1
  now = () => this.#nowMs
  setTimeout = (run: () => void, afterMs: number) => {
    this.#timers.set(this.#next, { atMs: this.#nowMs + afterMs, run })
    return this.#next++
  }
  clearTimeout = (timer: number) => void this.#timers.delete(timer)
  async pass(ms: number) {
    this.#nowMs += ms
    for (const [id, { atMs, run }] of this.#timers)
      if (atMs <= this.#nowMs) {
        this.#timers.delete(id)
        run()
      }
    await new Promise(resolve => setImmediate(resolve))
  }
}

const content = (text: string): DraftContent => ({
  accountId: '1'.repeat(32) as DraftContent['accountId'],
  to: [],
  cc: [],
  bcc: [],
  subject: '',
  text,
  html: null,
  protection: noChoice,
})
const draftOf = (text: string, revision: number): Draft => ({
  id: '2'.repeat(32) as Draft['id'],
  content: content(text),
  attachments: [],
  relation: null,
  revision,
  updatedAtMs: 0,
  serverState: 'local-only',
  unprotected: null,
  quoteIsCut: false,
  leftOut: [],
  touched: false,
})

/** An engine that keeps one draft, refuses old revisions, and can be told to fail or to wait. */
function setUp() {
  const world = { stored: draftOf('', 0), failures: 0, saved: [] as string[], gate: Promise.resolve() }
  const call = async (name: string, input: { content: DraftContent; revision: number }) => {
    await world.gate
    if (name === 'drafts.get') return { ok: true, value: world.stored }
    const failure = (code: string) => ({ ok: false, error: { code, retryable: true, params: {} } })
    if (world.failures > 0) {
      world.failures -= 1
      return failure('disk-full')
    }
    if (input.revision !== world.stored.revision) return failure('conflict')
    world.stored = { ...world.stored, content: input.content, revision: world.stored.revision + 1 }
    world.saved.push(input.content.text)
    return { ok: true, value: world.stored }
  }
  const clock = new HandClock()
  const states: SaveState['kind'][] = []
  const conflicts: string[] = []
  const saver = new DraftSaver(
    { call } as unknown as Host,
    world.stored,
    { state: ({ kind }) => states.push(kind), conflict: theirs => conflicts.push(theirs.content.text) },
    clock,
  )
  return { world, clock, states, conflicts, saver }
}

test('text is saved half a second after the last key, the newest only', async () => {
  const { world, clock, saver } = setUp()
  saver.change(content('a'))
  await clock.pass(400)
  saver.change(content('ab'))
  await clock.pass(400)
  expect(world.saved).toEqual([])
  await clock.pass(100)
  expect(world.saved).toEqual(['ab'])
})

test('typing without a pause is saved all the same', async () => {
  const { world, clock, saver } = setUp()
  for (let at = 0; at < 10; at += 1) {
    saver.change(content('x'.repeat(at + 1)))
    await clock.pass(300)
  }
  expect(world.saved.length).toBeGreaterThan(0)
})

test('a failed save loses nothing: it is said, and tried again until the text is stored', async () => {
  const { world, clock, states, saver } = setUp()
  world.failures = 1
  saver.change(content('precious'))
  expect(await saver.flush()).toBe(false)
  expect(states.at(-1)).toBe('failed')
  await clock.pass(4000)
  expect(world.stored.content.text).toBe('precious')
  expect(states.at(-1)).toBe('saved')
})

test('what is typed during a save is saved after it, never before, and flush waits for both', async () => {
  const { world, saver } = setUp()
  let open = () => {}
  world.gate = new Promise(resolve => {
    open = resolve
  })
  saver.change(content('first'))
  const early = saver.flush()
  saver.change(content('first and second'))
  const late = saver.flush()
  open()
  expect(await Promise.all([early, late])).toEqual([true, true])
  expect(world.saved).toEqual(['first', 'first and second'])
})

test('a draft changed elsewhere keeps what is typed here and hands over the other text', async () => {
  const { world, conflicts, saver } = setUp()
  world.stored = draftOf('from another window', 7)
  saver.change(content('mine'))
  expect(await saver.flush()).toBe(true)
  expect(world.stored.content.text).toBe('mine')
  expect(conflicts).toEqual(['from another window'])
})

test('a sent draft is not saved again', async () => {
  const { world, clock, saver } = setUp()
  saver.change(content('late'))
  saver.close()
  await clock.pass(10_000)
  expect(world.saved).toEqual([])
})
