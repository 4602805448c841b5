import { expect, test } from 'vitest'
import { createLog, createLogRing } from '../../../../electron/log/log'
import { SiegelError } from '../../../../shared/kit/result'

const canary = 'canary-4711'

const logged = (facts: Readonly<Record<string, unknown>>): string => {
  const ring = createLogRing()
  createLog('test', [ring.sink]).info('something happened', facts)
  return JSON.stringify(ring.lines())
}

test.each([
  ['a password by name', { password: canary }],
  ['a passphrase deep inside', { config: { inner: { newPassphrase: canary } } }],
  ['a subject', { Subject: canary }],
  ['a search query', { searchQuery: canary }],
  ['bytes', { raw: Buffer.from(canary) }],
  ['the words of an unexpected error', { error: new Error(`cannot parse ${canary}`) }],
  ['what lies too deep to look at', { a: { b: { c: { d: { e: canary } } } } }],
])('%s does not reach a log line', (_what, facts) => {
  const text = logged(facts)
  expect(text).not.toContain(canary)
  expect(text).not.toContain(Buffer.from(canary).toString('base64'))
})

test('what helps is kept: hosts, ports, numbers and the code of an expected error', () => {
  const text = logged({
    host: 'mail.example',
    port: 993,
    error: new SiegelError('connection-lost', { host: 'h' }),
  })
  expect(text).toContain('"host":"mail.example","port":993')
  expect(text).toContain('"error":"connection-lost"')
})

test('the ring keeps the newest lines only and long texts are cut', () => {
  const ring = createLogRing(3)
  const log = createLog('test', [ring.sink])
  for (let count = 0; count < 10; count += 1) log.warn('line', { count, text: 'x'.repeat(10_000) })
  expect(ring.lines().map(line => line.facts.count)).toEqual([7, 8, 9])
  expect(JSON.stringify(ring.lines()).length).toBeLessThan(2000)
})
