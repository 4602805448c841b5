import { afterEach, describe, expect, test } from 'vitest'
import type { SubmissionStage } from '../../../shared/features/writing/model'
import { type EngineWithServers, openEngineWithServers } from '../../support/engine-with-servers'
import type { SmtpStage } from '../support/scripted-smtp-server'

const open: EngineWithServers[] = []
afterEach(async () => {
  for (const each of open.splice(0)) await each.close()
})

type Refusal = readonly [
  at: SmtpStage,
  words: string,
  stage: SubmissionStage,
  code: string,
  state: 'failed' | 'queued',
]
const refusals: readonly Refusal[] = [
  ['GREETING', '554 5.7.1 no service for you', 'greeting', 'server-refused', 'failed'],
  ['GREETING', '421 4.3.2 too busy', 'greeting', 'server-unavailable', 'queued'],
  ['EHLO', '550 5.7.1 your name is not liked', 'ehlo', 'server-refused', 'failed'],
  ['EHLO', '502 5.5.1 no EHLO here', 'ehlo', 'server-refused', 'failed'],
  ['EHLO', '421 4.7.0 come later', 'ehlo', 'server-unavailable', 'queued'],
  ['AUTH', '535 5.7.8 not these words', 'auth', 'login-refused', 'failed'],
  ['AUTH', '534 5.7.9 app password needed', 'auth', 'login-refused', 'failed'],
  ['AUTH', '454 4.7.0 no directory now', 'auth', 'server-unavailable', 'queued'],
  ['MAIL', '553 5.7.1 not your address', 'mail', 'sender-refused', 'failed'],
  ['MAIL', '452 4.3.1 disk is full', 'mail', 'server-unavailable', 'queued'],
  ['RCPT', '550 5.1.1 no such Bob', 'rcpt', 'recipient-refused', 'failed'],
  ['RCPT', '451 4.7.1 greylisted', 'rcpt', 'recipient-refused', 'queued'],
  ['DATA', '554 5.5.1 not now or ever', 'data', 'server-refused', 'failed'],
  ['DATA', '451 4.3.0 no room for it', 'data', 'server-unavailable', 'queued'],
  ['MESSAGE', '554 5.7.1 looks like spam', 'message', 'server-refused', 'failed'],
  ['MESSAGE', '452 4.2.2 queue is full', 'message', 'server-unavailable', 'queued'],
]

/** In the window, where a message waits for its next try instead of being tried four times over. */
async function started(security: 'tls' | 'starttls' = 'tls') {
  const here = await openEngineWithServers({ background: true, smtp: { security } })
  open.push(here)
  return here
}
async function tried(here: EngineWithServers) {
  const { id } = await here.send()
  await expect
    .poll(
      async () => {
        const { state, attempts } = await here.item(id)
        return attempts > 0 && state !== 'sending'
      },
      { timeout: 30_000 },
    )
    .toBe(true)
  return here.item(id)
}

test.each(refusals)(
  '%s answered with "%s" says so in the outbox, and where',
  async (at, words, stage, code, state) => {
    const here = await started()
    here.smtp.override(at, words)
    if (at === 'EHLO') here.smtp.override('HELO', words.startsWith('502') ? '250 rig.test' : words)
    const item = await tried(here)
    expect(item).toMatchObject({ state, problem: { code, stage } })
    expect(item.problem?.detail).toContain(words)
    expect(here.smtp.received).toEqual([])
  },
)

test('STARTTLS refused says so, and nothing was said in clear', async () => {
  const here = await started('starttls')
  here.smtp.override('STARTTLS', '554 5.7.3 no certificate here')
  expect(await tried(here)).toMatchObject({
    state: 'failed',
    problem: { code: 'starttls-missing', stage: 'starttls', detail: '554 5.7.3 no certificate here' },
  })
  expect(here.smtp.sent('AUTH')).toEqual([])
})

test.each(['GREETING', 'EHLO'] as const)('%s refused before STARTTLS says so', async at => {
  const here = await started('starttls')
  here.smtp.override(at, '554 5.7.1 go away')
  const stage = at === 'EHLO' ? 'ehlo' : 'greeting'
  expect(await tried(here)).toMatchObject({
    state: 'failed',
    problem: { code: 'server-refused', stage, detail: '554 5.7.1 go away' },
  })
})

test('a server that is not there says where it ended', async () => {
  const here = await started()
  await here.smtp.stop()
  expect(await tried(here)).toMatchObject({
    state: 'queued',
    problem: { code: 'connection-refused', stage: 'connect' },
  })
})

describe('a connection closed without a word', () => {
  const places: readonly [SmtpStage, SubmissionStage][] = [
    ['GREETING', 'greeting'],
    ['EHLO', 'ehlo'],
    ['AUTH', 'auth'],
    ['MAIL', 'mail'],
    ['RCPT', 'rcpt'],
    ['DATA', 'data'],
  ]
  test.each(places)('at %s waits for the next try and says where it ended', async (at, stage) => {
    const here = await started()
    here.smtp.override(at, ({ connection }) => connection.end())
    expect(await tried(here)).toMatchObject({ state: 'queued', problem: { code: 'connection-lost', stage } })
    expect(here.smtp.received).toEqual([])
  })

  test('behind the whole text is not known, and is not tried again', async () => {
    const here = await started()
    here.smtp.cutNext('after-dot-accepted')
    expect(await tried(here)).toMatchObject({ state: 'unknown', problem: { code: 'send-unknown' } })
  })
})
