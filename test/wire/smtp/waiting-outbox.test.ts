import { afterEach, describe, expect, test } from 'vitest'
import type { OutboxId } from '../../../shared/kit/ids'
import { type EngineWithServers, openEngineWithServers } from '../../support/engine-with-servers'
import { until } from '../../support/until'
import { withMail } from '../../support/with-mail'

const open: EngineWithServers[] = []
afterEach(async () => {
  for (const each of open.splice(0)) await each.close()
})
async function start(options: Parameters<typeof openEngineWithServers>[0] = {}) {
  const made = await openEngineWithServers({ background: true, ...options })
  open.push(made)
  return made
}
const isSent = (here: EngineWithServers, id: OutboxId) => async () => (await here.item(id)).state === 'sent'
const states = async (here: EngineWithServers) => (await here.outbox()).map(each => each.state)

describe('a message that waits because the user is offline', () => {
  test('goes when the user goes online, with every other one', async () => {
    const here = await start()
    await here.call('settings.set', { offline: true })
    const ids = [(await here.send('one')).id, (await here.send('two')).id, (await here.send('three')).id]
    expect(await states(here)).toEqual(['queued', 'queued', 'queued'])
    // Asking for mail is no way round the switch.
    await here.call('sync.now', { accountId: null })
    await here.call('sync.wake', {})
    expect(here.smtp.connectionCount()).toBe(0)
    await here.call('settings.set', { offline: false })
    for (const id of ids) await until(isSent(here, id), `sent ${id}`)
    expect(here.smtp.received).toHaveLength(3)
  })

  test('that went offline on its way goes at once afterwards, whatever its next try was', async () => {
    const here = await start()
    const { id } = await here.send()
    await until(async () => (await here.item(id)).attempts === 1, 'first attempt')
    expect(await here.item(id)).toMatchObject({ state: 'sending' })
    await here.call('settings.set', { offline: true })
    await here.call('settings.set', { offline: false })
    await until(isSent(here, id), 'sent')
  })

  test('goes after a restart that is online', async () => {
    const here = await start()
    await here.call('settings.set', { offline: true })
    const { id } = await here.send()
    await here.restart(false)
    await here.call('settings.set', { offline: false })
    await here.restart(true)
    await until(isSent(here, id), 'sent')
  })
})

describe('a message that waits for its next try', () => {
  const wakers: [string, (here: EngineWithServers) => Promise<unknown>][] = [
    ['asking for mail', here => here.call('sync.now', { accountId: null })],
    ['asking for the mail of its account', here => here.call('sync.now', { accountId: here.accountId })],
    ['the end of the machine\u2019s sleep', here => here.call('sync.wake', {})],
    [
      'trying it again by hand',
      async here => here.call('outbox.retry', { outboxId: (await here.outbox())[0]!.id }),
    ],
    [
      'another route',
      here =>
        here.call('net.setRoute', {
          accountId: here.accountId,
          service: 'mail',
          route: { kind: 'direct' },
        } as never),
    ],
    [
      'a password',
      here =>
        here.call('accounts.setPassword', {
          accountId: here.accountId,
          service: 'mail',
          password: 'alice-pw',
        }),
    ],
  ]
  test.each(wakers)('goes at once by %s', async (_name, wake) => {
    const here = await start()
    // The second wait is 5 to 10 seconds, the third 10 to 20: none ends within the test by itself.
    let refusals = 3
    here.smtp.override('GREETING', () => (refusals-- > 0 ? '421 4.3.2 not now' : '220 rig.test ESMTP'))
    const { id } = await here.send()
    for (const attempts of [1, 2, 3]) {
      await until(async () => {
        const { state, attempts: sofar } = await here.item(id)
        return state === 'queued' && sofar === attempts
      }, `attempt ${attempts}`)
      const waiting = await here.item(id)
      expect(waiting.problem?.detail).toContain('421 4.3.2 not now')
      await wake(here)
    }
    await until(isSent(here, id), 'sent')
    expect(here.smtp.received).toHaveLength(1)
  })

  test('keeps the time in which it can be taken back, whatever wakes', async () => {
    const here = await start()
    await here.call('settings.set', { undoSendSeconds: 120 })
    const { id } = await here.send()
    await here.call('sync.now', { accountId: null })
    await here.call('sync.wake', {})
    await here.call('settings.set', { offline: true })
    await here.call('settings.set', { offline: false })
    expect(await here.item(id)).toMatchObject({ state: 'queued', attempts: 0 })
    expect(here.smtp.connectionCount()).toBe(0)
    await here.call('outbox.cancel', { outboxId: id })
    expect(await here.outbox()).toEqual([])
  })
})

describe('a message that was refused for its account', () => {
  test('goes when the right password is given', async () => {
    const here = await start({ password: 'wrong' })
    const { id } = await here.send()
    await until(async () => (await here.item(id)).state === 'failed', 'refused')
    expect((await here.item(id)).problem).toMatchObject({ code: 'login-refused' })
    await here.call('accounts.setPassword', {
      accountId: here.accountId,
      service: 'mail',
      password: 'alice-pw',
    })
    await until(isSent(here, id), 'sent')
    expect(here.smtp.received).toHaveLength(1)
  })

  test('goes when the certificate is trusted by hand, or the servers are changed', async () => {
    const here = await start({ mail: { caPem: null } })
    const { id } = await here.send()
    await until(async () => (await here.item(id)).state === 'failed', 'refused')
    expect((await here.item(id)).problem).toMatchObject({ code: 'certificate-refused' })
    await here.call('accounts.update', { accountId: here.accountId, config: here.config, signature: '' })
    await until(async () => (await here.item(id)).state === 'failed', 'refused again')
    const config = withMail(here.config, { caPem: `${here.imap.ca}\n${here.smtp.ca}` })
    await here.call('accounts.update', { accountId: here.accountId, config, signature: '' })
    // Another authority: the password has to be given again.
    await here.call('accounts.setPassword', {
      accountId: here.accountId,
      service: 'mail',
      password: 'alice-pw',
    })
    await until(isSent(here, id), 'sent')
  })

  test('stays where it is when it was refused for what it says', async () => {
    const here = await start()
    here.smtp.override('MESSAGE', '554 5.7.1 looks like spam')
    const { id } = await here.send()
    await until(async () => (await here.item(id)).state === 'failed', 'refused')
    await here.call('accounts.setPassword', {
      accountId: here.accountId,
      service: 'mail',
      password: 'alice-pw',
    })
    await here.call('sync.now', { accountId: null })
    await here.call('settings.set', { offline: true })
    await here.call('settings.set', { offline: false })
    expect(await here.item(id)).toMatchObject({ state: 'failed', attempts: 1 })
  })
})
