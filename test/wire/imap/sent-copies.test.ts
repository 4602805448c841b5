import { afterEach, describe, expect, test } from 'vitest'
import { type EngineWithServers, openEngineWithServers } from '../../support/engine-with-servers'
import { withMail } from '../../support/with-mail'
import { poorCapabilities, richCapabilities } from '../support/scripted-imap-server'
import type { ReceivedMessage } from '../support/scripted-smtp-server'

const open: EngineWithServers[] = []
afterEach(async () => {
  for (const each of open.splice(0)) await each.close()
})
async function start(options: Parameters<typeof openEngineWithServers>[0] = {}) {
  const here = await openEngineWithServers(options)
  open.push(here)
  await here.sync()
  return here
}
const inSent = (here: EngineWithServers) => here.imap.account.get('Sent').messages
const file = (here: EngineWithServers, raw: Buffer) =>
  here.imap.account.get('Sent').add(raw, { flags: ['\\Seen'] })
const isProviders = (raw: Buffer) => raw.toString('latin1').includes('X-Provider: yes')

/** What a provider makes of a message before it files it. */
const rewrites: readonly [string, (raw: Buffer) => Buffer][] = [
  ['as it is', raw => Buffer.from(`X-Provider: yes\r\n${raw.toString('latin1')}`, 'latin1')],
  [
    'with fields of its own',
    raw => Buffer.from(`Received: by mx; now\r\nX-Provider: yes\r\n${raw.toString('latin1')}`, 'latin1'),
  ],
  [
    'under a Message-ID of its own',
    raw =>
      Buffer.from(
        `X-Provider: yes\r\n${raw.toString('latin1').replace(/^Message-ID:.*$/m, 'Message-ID: <made@provider.example>')}`,
        'latin1',
      ),
  ],
  [
    'without any Message-ID',
    raw =>
      Buffer.from(
        `X-Provider: yes\r\n${raw.toString('latin1').replace(/^Message-ID:.*\r\n/m, '')}`,
        'latin1',
      ),
  ],
]
/** When the copy comes, counted in syncs behind the sending. */
const moments = ['at once', 'after one sync', 'after three syncs'] as const

describe.each(rewrites)('a provider that files sent mail %s', (_name, rewrite) => {
  test.each(moments)('%s: one copy is left, and it is the provider\u2019s', async moment => {
    const here = await start()
    let held: ReceivedMessage | undefined
    here.smtp.override('MESSAGE', ({ message }) => {
      if (moment === 'at once' && message) file(here, rewrite(message.raw))
      else held = message
      return '250 ok'
    })
    await here.send('one', { bcc: [{ name: '', address: 'carol@rig.test' }] })
    await here.sync()
    if (moment === 'after three syncs') for (let more = 0; more < 2; more++) await here.sync()
    if (held) {
      // Until then ours is there: a copy is never missing.
      expect(inSent(here)).toHaveLength(1)
      file(here, rewrite(held.raw))
    }
    for (let more = 0; more < 3; more++) await here.sync()
    expect(inSent(here)).toHaveLength(1)
    expect(isProviders(inSent(here)[0]!.raw)).toBe(true)
    expect(await here.subjects('Sent')).toEqual(['one'])
    expect(await here.tasks()).toEqual([])
    // Said, shown, and known from now on.
    expect(here.notices.map(each => each.code)).toContain('provider-files-sent-mail')
    expect((await here.call('accounts.list', {}))[0]).toMatchObject({ filesSentMail: true })
  })
})

test('a provider that was seen to do it is given time, and where it fails ours goes up', async () => {
  const here = await start()
  here.smtp.overrideOnce('MESSAGE', ({ message }) => {
    file(here, message!.raw)
    return '250 ok'
  })
  await here.send('first')
  await here.sync()
  await here.send('second')
  await here.sync()
  expect(here.imap.sent('APPEND')).toHaveLength(0)
  expect(await here.subjects('Sent')).toEqual(['first', 'second'])
  const [waiting] = await here.tasks()
  expect(waiting).toMatchObject({ kind: 'append', state: 'waiting', problem: null })
  expect(waiting!.nextAttemptAtMs! - Date.now()).toBeGreaterThan(60_000)
  // Its time is over.
  await here.call('tasks.retry', { taskId: waiting!.id })
  await here.sync()
  expect(inSent(here)).toHaveLength(2)
  expect(await here.subjects('Sent')).toEqual(['first', 'second'])
})

describe('what is not certain stays', () => {
  const others: readonly [string, (raw: Buffer) => Buffer][] = [
    ['a footer was added', raw => Buffer.concat([raw, Buffer.from('-- \r\nsent by provider\r\n')])],
    [
      'another subject',
      raw => Buffer.from(raw.toString('latin1').replace('Subject: one', 'Subject: two'), 'latin1'),
    ],
    ['another sender', raw => Buffer.from(raw.toString('latin1').replaceAll('alice@', 'eve@'), 'latin1')],
  ]
  test.each(others)('%s', async (_name, rewrite) => {
    const here = await start()
    let held: Buffer | undefined
    here.smtp.override('MESSAGE', ({ message }) => {
      held = message?.raw
      return '250 ok'
    })
    await here.send('one')
    await here.sync()
    const text = rewrite(held!)
      .toString('latin1')
      .replace(/^Message-ID:.*$/m, 'Message-ID: <other@x>')
    file(here, Buffer.from(text, 'latin1'))
    for (let more = 0; more < 3; more++) await here.sync()
    expect(inSent(here)).toHaveLength(2)
    expect(here.imap.sent('UID EXPUNGE')).toEqual([])
    expect((await here.call('accounts.list', {}))[0]?.filesSentMail).toBeUndefined()
  })

  test('two messages of the same words sent one after the other are two', async () => {
    const here = await start()
    await here.send('same')
    await here.send('same')
    for (let more = 0; more < 3; more++) await here.sync()
    expect(inSent(here)).toHaveLength(2)
  })

  test('a server that cannot remove by name keeps both, and the next one is left to the provider', async () => {
    const capabilities = richCapabilities.filter(each => each !== 'UIDPLUS')
    const here = await start({
      imap: { capabilities: capabilities.length > 0 ? capabilities : poorCapabilities },
    })
    let held: Buffer | undefined
    here.smtp.override('MESSAGE', ({ message }) => {
      held = message?.raw
      return '250 ok'
    })
    await here.send('one')
    await here.sync()
    file(here, held!)
    for (let more = 0; more < 3; more++) await here.sync()
    expect(inSent(here)).toHaveLength(2)
    expect(await here.tasks()).toEqual([])
    expect((await here.call('accounts.list', {}))[0]).toMatchObject({ filesSentMail: true })
  })
})

describe('the choice of the account', () => {
  test('always: one is filed beside the provider\u2019s, and none is taken away', async () => {
    const here = await start({ mail: { sentCopies: 'always' } })
    here.smtp.override('MESSAGE', ({ message }) => {
      file(here, Buffer.from(`X-Provider: yes\r\n${message!.raw.toString('latin1')}`, 'latin1'))
      return '250 ok'
    })
    await here.send('one')
    for (let more = 0; more < 3; more++) await here.sync()
    expect(inSent(here)).toHaveLength(2)
  })

  test('never: nothing is filed here or there', async () => {
    const here = await start({ mail: { sentCopies: 'never' } })
    expect(await here.send('one')).toMatchObject({ state: 'sent' })
    for (let more = 0; more < 2; more++) await here.sync()
    expect(inSent(here)).toHaveLength(0)
    expect(await here.subjects('Sent')).toEqual([])
    expect(await here.tasks()).toEqual([])
    expect(here.imap.sent('APPEND')).toEqual([])
  })

  test('changed to never on the way: what waits still goes up, nothing is lost', async () => {
    const here = await start()
    await here.send('one')
    await here.call('accounts.update', {
      accountId: here.accountId,
      config: withMail(here.config, { sentCopies: 'never' }),
      signature: '',
    })
    for (let more = 0; more < 2; more++) await here.sync()
    expect(inSent(here)).toHaveLength(1)
  })
})
