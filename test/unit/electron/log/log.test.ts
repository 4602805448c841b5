import { expect, test } from 'vitest'
import { createLog, createLogRing } from '../../../../electron/log/log'
import { logReport } from '../../../../electron/log/report'
import { SiegelError } from '../../../../shared/ipc/result'

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

const reportOf = (facts: Readonly<Record<string, unknown>>): string => {
  const ring = createLogRing()
  createLog('engine', [ring.sink]).warn('something happened', facts)
  return logReport(ring.lines())
}

test.each([
  ['an address', { address: 'anna@example.org' }, 'anna'],
  ['an address where a code is expected', { error: 'anna@example.org' }, 'anna'],
  ['a host', { host: 'imap.example.org', port: 993 }, 'imap.example.org'],
  ['a host where a code is expected', { code: 'imap.example.org' }, 'example'],
  ['an IP address', { code: '192.0.2.7', host: '2001:db8::7' }, '192.0.2|2001:db8'],
  ['an onion name', { call: `${'a'.repeat(56)}.onion` }, 'aaaa'],
  ['a subject', { subject: 'Quarterly numbers' }, 'Quarterly'],
  ['a subject in what a server said', { detail: 'cannot store Quarterly numbers' }, 'Quarterly'],
  ['a folder', { mailbox: 'Kunden/Meier', path: 'Kunden/Meier' }, 'Meier'],
  ['a passphrase', { passphrase: 'correct horse', inner: { newPassphrase: 'correct horse' } }, 'horse'],
  [
    'the facts of an expected error',
    { error: new SiegelError('login-refused', { host: 'imap.example.org', detail: 'no anna' }) },
    'example|anna',
  ],
  ['what lies in lists', { hosts: ['imap.example.org', 'smtp.example.org'] }, 'example'],
])('%s stands in no report', (_what, facts, canary) => {
  expect(reportOf(facts)).not.toMatch(new RegExp(canary))
})

test('a report tells what happened: codes, numbers, calls, and the place of a bug without its folder', () => {
  expect(reportOf({ error: 'connection-lost', port: 993, call: 'messages.get', ok: true })).toMatch(
    /Z warn {2}engine: something happened error="connection-lost" port=993 call="messages.get" ok=true$/,
  )
  const told = reportOf({ error: new TypeError('cannot read anna@example.org') })
  expect(told).toMatch(/"error":"TypeError"/)
  expect(told).toMatch(/log\.test\.ts:\d+:\d+/)
  expect(told).not.toMatch(/anna|test\/unit/)
})
