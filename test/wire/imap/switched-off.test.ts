import { describe, expect, test } from 'vitest'
import { backgroundMail } from '../../support/background-mail'
import type { EngineWithServers } from '../../support/engine-with-servers'
import { until } from '../../support/until'

const { isSeenThere, mark, reaches, start, status, withMail } = backgroundMail()
const turn = (here: EngineWithServers, isOff: boolean) =>
  here.call('accounts.switchService', { accountId: here.accountId, service: 'mail', isOff })
const configOf = async (here: EngineWithServers) => (await here.call('accounts.list', {}))[0]!.config

describe('mail of an account that is switched off', () => {
  test('is dialled by nothing, and all that waited goes on when it is on again', async () => {
    const here = await start()
    await withMail(here)
    const before = await configOf(here)
    await turn(here, true)
    expect(await status(here)).toMatchObject({ service: 'mail', state: 'off', problem: null })
    await until(
      async () => (await here.call('net.connections', {})).every(each => each.state === 'closed'),
      'every connection closed',
    )
    expect(await here.call('net.policy', {})).toEqual([])
    const dialled = [here.imap.connectionCount(), here.smtp.connectionCount()]
    await mark(here)
    const { id } = await here.send('waits')
    await here.call('sync.now', { accountId: here.accountId })
    await here.call('sync.wake', {})
    await here.call('settings.set', { offline: true })
    await here.call('settings.set', { offline: false })
    await here.call('net.setRoute', {
      accountId: here.accountId,
      service: 'mail',
      route: { kind: 'direct' },
    })
    await here.call('accounts.setPassword', {
      accountId: here.accountId,
      service: 'mail',
      password: 'alice-pw',
    })
    const run = await here.call('sync.run', { accountId: here.accountId, mailboxId: null })
    const problem = { code: 'service-off', params: { name: 'alice@rig.test', service: 'mail' } }
    expect(run.problems.map(each => each.problem)).toEqual([expect.objectContaining(problem)])
    expect((await here.call('sync.run', { accountId: null, mailboxId: null })).problems).toEqual([])
    expect((await status(here))?.state).toBe('off')
    expect(await here.item(id)).toMatchObject({ state: 'queued', attempts: 0, problem: null })
    expect([here.imap.connectionCount(), here.smtp.connectionCount()]).toEqual(dialled)
    expect(await isSeenThere(here)()).toBe(false)
    await turn(here, false)
    await until(isSeenThere(here), 'the change')
    await until(async () => (await here.item(id)).state === 'sent', 'sent')
    await reaches(here, 'watching')
    expect(here.smtp.received).toHaveLength(1)
    expect(await configOf(here)).toEqual(before)
  })

  test('stays off over a restart and over a save of settings that know it as on', async () => {
    const here = await start()
    await withMail(here)
    const [account] = await here.call('accounts.list', {})
    await turn(here, true)
    const dialled = here.imap.connectionCount()
    await here.call('accounts.update', {
      accountId: here.accountId,
      config: { ...account!.config, displayName: 'Anew' },
      signature: '',
    })
    await here.restart(true)
    await reaches(here, 'off')
    expect(await configOf(here)).toMatchObject({ displayName: 'Anew', services: { mail: { isOff: true } } })
    await turn(here, false)
    await reaches(here, 'watching')
    expect(here.imap.connectionCount()).toBeGreaterThan(dialled)
  })

  test('a message can go back to drafts, and what is asked for by hand says why it is not done', async () => {
    const here = await start()
    await withMail(here)
    await turn(here, true)
    const { id } = await here.send('taken back')
    await here.call('outbox.retry', { outboxId: id })
    expect(await here.item(id)).toMatchObject({ state: 'queued', attempts: 0 })
    const { mail } = (await configOf(here)).services
    await expect(
      here.call('accounts.test', { mail: mail!, password: null, accountId: here.accountId }),
    ).rejects.toThrow(/service-off .*"alice@rig\.test".*"mail"/)
    await here.call('outbox.cancel', { outboxId: id })
    expect(await here.outbox()).toEqual([])
    expect(here.smtp.connectionCount()).toBe(0)
  })

  test('turning it off twice, or on when it is on, changes nothing', async () => {
    const here = await start()
    await withMail(here)
    const dialled = here.imap.connectionCount()
    await turn(here, false)
    expect(here.imap.connectionCount()).toBe(dialled)
    await turn(here, true)
    const first = await configOf(here)
    await turn(here, true)
    expect(await configOf(here)).toEqual(first)
  })
})
