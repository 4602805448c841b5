import { beforeEach, expect, test } from 'vitest'
import { servePage } from '../../../../../electron/engine/page-guards/page-door'
import { createLog } from '../../../../../electron/log/log'
import { failed, makeFailure, ok, type Result } from '../../../../../shared/kit/result'

let called: { name: string; input: unknown }[]
let engineAnswer: Result<unknown>
beforeEach(() => {
  called = []
  engineAnswer = ok([])
})

/** A page that asks over a port like the real one; answers what comes back under the same id. */
const ask = async (message: unknown, checksOutput = false): Promise<unknown> => {
  const posted: unknown[] = []
  let say: (message: unknown) => void = () => undefined
  servePage(
    {
      post: reply => posted.push(structuredClone(reply)),
      onMessage(listener) {
        say = listener
      },
    },
    {
      call: async (name, input) => {
        called.push({ name, input })
        return engineAnswer
      },
      guards: {},
      checksOutput,
      log: createLog('test', []),
    },
  )
  say(structuredClone(message))
  await new Promise(resolve => setImmediate(resolve))
  return posted.length > 0 ? (posted[0] as { result: unknown }).result : null
}
const refused = (code: string) => ({ ok: false, error: expect.objectContaining({ code }) })

test('a call of the page reaches the engine and is answered', async () => {
  const input = { text: 'hello', mailboxId: null, limit: 10 }
  expect(await ask({ id: 0, name: 'search.query', input })).toEqual({ ok: true, value: [] })
  expect(called).toEqual([{ name: 'search.query', input }])
})

test.each([
  ['an unknown name', 'accounts.getPassword'],
  ['a name that every object has', 'toString'],
  ['no name', null],
  ['a path', 'mail.import'],
  ['raw mail', 'messages.raw'],
  ['a certificate that main asks about', 'certificates.pin'],
  ['a call that main answers', 'app.unlock'],
  ['a call that main asks about', 'accounts.setRoute'],
])('%s is refused before anything is called', async (_what, name) => {
  expect(await ask({ id: 0, name, input: {} })).toEqual(refused('bad-request'))
  expect(called).toEqual([])
})

test('too much, too deep and what is no plain value is refused before the engine walks it', async () => {
  const inputs = [{ prefix: 'x'.repeat(5_000_000) }, { when: new Date() }, { map: new Map([[1, 2]]) }]
  for (const input of inputs)
    expect(await ask({ id: 0, name: 'addresses.suggest', input })).toEqual(refused('too-large'))
  const attachment = { bytes: new Uint8Array(20 * 1024 * 1024) }
  expect(await ask({ id: 0, name: 'drafts.addAttachment', input: attachment })).toMatchObject({ ok: true })
  expect(await ask({ id: 0, name: 'accounts.list', input: attachment })).toEqual(refused('too-large'))
})

test('what is no question is not answered', async () => {
  for (const message of [
    'hello',
    null,
    { name: 'accounts.list', input: {} },
    { id: -1, name: 'accounts.list' },
  ])
    expect(await ask(message)).toBeNull()
  expect(called).toEqual([])
})

test('in development an answer that breaks the contract does not reach the page', async () => {
  engineAnswer = ok([{ surprise: true }])
  expect(await ask({ id: 0, name: 'accounts.list', input: {} }, true)).toEqual(refused('internal'))
  engineAnswer = failed(makeFailure('locked'))
  expect(await ask({ id: 0, name: 'accounts.list', input: {} }, true)).toEqual(engineAnswer)
})
