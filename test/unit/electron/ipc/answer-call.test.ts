import { beforeEach, expect, test } from 'vitest'
import { createAnswer, type MainHandlers } from '../../../../electron/ipc/answer-call'
import { createLog, createLogRing } from '../../../../electron/log/log'
import { inputLimitBytes, sizeOfInput } from '../../../../shared/ipc/size-of-input'
import { SiegelError } from '../../../../shared/kit/result'

let handled: { name: string; input: unknown }[]
let handle: () => unknown
const ring = createLogRing()

/** Main's side with nothing behind it but what each test needs. */
const handlers = new Proxy({} as Record<string, unknown>, {
  get: (_, name) => async (input: unknown) => {
    handled.push({ name: String(name), input })
    return handle()
  },
}) as unknown as MainHandlers

const answerWith = (checksOutput: boolean) =>
  createAnswer({ handlers, checksOutput, log: createLog('test', [ring.sink]) })
const answer = answerWith(false)

beforeEach(() => {
  handled = []
  handle = () => ({})
})

const throwing = (error: Error) => () => {
  throw error
}

const refused = (code: string) => ({ ok: false, error: expect.objectContaining({ code }) })

test('a call of the contract reaches its handler with its parsed input', async () => {
  expect(await answer('links.open', { url: 'https://a.example' })).toEqual({ ok: true, value: {} })
  expect(handled).toEqual([{ name: 'links.open', input: { url: 'https://a.example' } }])
})

test.each([
  ['an unknown name', 'accounts.getPassword', {}],
  ['a name that every object has', 'toString', {}],
  ['no name', null, {}],
  ['a call only main may make', 'messages.raw', { messageId: 1 }],
  ['a call about mail, which goes to the engine past main', 'messages.get', { messageId: 1 }],
  ['a draft', 'drafts.list', {}],
  ['an extra key', 'app.status', { extra: true }],
  ['a wrong type', 'files.saveMessage', { messageId: '1' }],
  ['a missing input', 'files.saveMessage', undefined],
  ['a passphrase as text', 'app.unlock', { passphrase: 'seven otters juggle plums' }],
  ['a passphrase as bytes', 'keys.unlock', { fingerprint: 'A'.repeat(40), passphrase: new Uint8Array(8) }],
])('%s is refused before anything is called', async (_what, name, input) => {
  expect(await answer(name, input)).toEqual(refused('bad-request'))
  expect(handled).toEqual([])
})

test('too much is refused before the schema walks it', async () => {
  expect(await answer('links.open', { url: 'x'.repeat(5_000_000) })).toEqual(refused('too-large'))
  expect(await answer('app.status', { bytes: new Uint8Array(20 * 1024 * 1024) })).toEqual(
    refused('too-large'),
  )
})

test('an expected failure keeps its code; a bug says nothing of itself to the page and is in the log', async () => {
  handle = throwing(new SiegelError('wrong-passphrase'))
  expect(await answer('app.unlock', { passphrase: { secret: 1 } })).toEqual(refused('wrong-passphrase'))
  handle = throwing(new Error('secret detail /home/someone'))
  const result = await answer('app.unlock', { passphrase: { secret: 1 } })
  expect(result).toEqual(refused('internal'))
  expect(JSON.stringify(result)).not.toContain('someone')
  expect(ring.lines().at(-1)).toMatchObject({ level: 'error', facts: { call: 'app.unlock' } })
})

test('in development an answer that breaks the contract does not reach the page', async () => {
  handle = () => ({ surprise: true })
  expect(await answerWith(true)('app.status', {})).toEqual(refused('internal'))
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
