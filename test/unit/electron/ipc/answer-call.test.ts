import { beforeEach, expect, test } from 'vitest'
import { createAnswer, inputLimitBytes, type MainHandlers } from '../../../../electron/ipc/answer-call'
import { sizeOfInput } from '../../../../electron/ipc/size-of-input'
import { createLog, createLogRing } from '../../../../electron/log/log'
import { failed, ok, SiegelError } from '../../../../shared/ipc/result'

let engineCalls: { name: string; input: unknown }[]
let engineAnswer: unknown
let thrown: unknown
const ring = createLogRing()

const handler = async (): Promise<never> => {
  throw thrown
}
/** Main's side with nothing behind it but what each test needs. */
const handlers = new Proxy({}, { get: () => handler }) as MainHandlers

const answerWith = (checksOutput: boolean) =>
  createAnswer({
    handlers,
    callEngine: async (name, input) => {
      engineCalls.push({ name, input })
      return engineAnswer as never
    },
    guards: {},
    checksOutput,
    log: createLog('test', [ring.sink]),
  })
const answer = answerWith(false)

beforeEach(() => {
  engineCalls = []
  engineAnswer = ok([])
  thrown = new Error('bug')
})

const refused = (code: string) => ({ ok: false, error: expect.objectContaining({ code }) })

test('a call of the contract reaches the engine with its parsed input', async () => {
  engineAnswer = ok({ total: 0, ids: [] })
  const input = { text: 'hello', mailboxId: null, limit: 10 }
  expect(await answer('search.query', input)).toEqual(engineAnswer)
  expect(engineCalls).toEqual([{ name: 'search.query', input }])
})

test.each([
  ['an unknown name', 'accounts.getPassword', {}],
  ['a name that every object has', 'toString', {}],
  ['no name', null, {}],
  ['a call only main may make', 'messages.raw', { messageId: 1 }],
  ['an extra key', 'accounts.list', { extra: true }],
  ['a wrong type', 'messages.get', { messageId: '1' }],
  ['a missing input', 'messages.get', undefined],
])('%s is refused before anything is called', async (_what, name, input) => {
  expect(await answer(name, input)).toEqual(refused('bad-request'))
  expect(engineCalls).toEqual([])
})

test('too much is refused before the schema walks it, and a dropped file may be larger than text', async () => {
  expect(await answer('addresses.suggest', { prefix: 'x'.repeat(5_000_000) })).toEqual(refused('too-large'))
  const bytes = new Uint8Array(20 * 1024 * 1024)
  const attachment = { draftId: 'a'.repeat(32), fileName: 'x', contentType: 'y/z', bytes }
  expect(await answer('drafts.addAttachment', attachment)).toMatchObject({ ok: true })
  expect(await answer('accounts.list', { bytes })).toEqual(refused('too-large'))
})

test('an expected failure keeps its code; a bug says nothing of itself to the page and is in the log', async () => {
  thrown = new SiegelError('wrong-passphrase')
  expect(await answer('app.unlock', { passphrase: 'x' })).toEqual(refused('wrong-passphrase'))
  thrown = new Error('secret detail /home/someone')
  const result = await answer('app.unlock', { passphrase: 'x' })
  expect(result).toEqual(refused('internal'))
  expect(JSON.stringify(result)).not.toContain('someone')
  expect(ring.lines().at(-1)).toMatchObject({ level: 'error', facts: { call: 'app.unlock' } })
})

test('in development an answer that breaks the contract does not reach the page', async () => {
  engineAnswer = ok([{ surprise: true }])
  expect(await answerWith(true)('accounts.list', {})).toEqual(refused('internal'))
  engineAnswer = failed({ code: 'locked', retryable: false, params: {} })
  expect(await answerWith(true)('accounts.list', {})).toEqual(engineAnswer)
})

test('sizes count strings, names, bytes and arrays, and nothing but plain values passes', () => {
  const limit = inputLimitBytes('accounts.list')
  expect(sizeOfInput({ a: 'xyz' }, limit)).toBeGreaterThanOrEqual(8)
  expect(sizeOfInput(new Uint8Array(1000), 10_000)).toBeGreaterThanOrEqual(1000)
  expect(sizeOfInput(new Uint8Array(1000), 999)).toBe(Number.POSITIVE_INFINITY)
  expect(sizeOfInput(new Array(1_000_000), 1000)).toBe(Number.POSITIVE_INFINITY)
  for (const odd of [new Date(), new Map(), () => 1, 10n, Symbol.iterator])
    expect(sizeOfInput({ odd }, limit)).toBe(Number.POSITIVE_INFINITY)
  let deep: unknown = 1
  for (let level = 0; level < 50; level += 1) deep = [deep]
  expect(sizeOfInput(deep, limit)).toBe(Number.POSITIVE_INFINITY)
})
