import { describe, expect, test } from 'vitest'
import { backgroundMail } from '../../support/background-mail'
import type { EngineWithServers } from '../../support/engine-with-servers'
import { testMessage } from '../../support/sync-profile'
import { until } from '../../support/until'
import { withMail as changedMail } from '../../support/with-mail'

const { isSeenThere, mark, reaches, start, status, withMail } = backgroundMail()

describe('an account that waits', () => {
  test('offline: until the user is online; asking for mail and the machine’s waking are no way round', async () => {
    const here = await start()
    await withMail(here)
    await here.call('settings.set', { offline: true })
    await reaches(here, 'offline')
    const before = here.imap.connectionCount()
    await here.call('sync.now', { accountId: null })
    await here.call('sync.wake', {})
    await mark(here)
    await reaches(here, 'offline')
    expect(here.imap.connectionCount()).toBe(before)
    await here.call('settings.set', { offline: false })
    // With the changes that were made meanwhile.
    await until(isSeenThere(here), 'the change')
    await reaches(here, 'watching')
  })

  const wakers: [string, (here: EngineWithServers) => Promise<unknown>][] = [
    ['asking for mail', here => here.call('sync.now', { accountId: null })],
    ['the machine’s waking', here => here.call('sync.wake', {})],
    [
      'a password',
      here =>
        here.call('accounts.setPassword', {
          accountId: here.accountId,
          service: 'mail',
          password: 'alice-pw',
        }),
    ],
    [
      'another route',
      here =>
        here.call('net.setRoute', { accountId: here.accountId, service: 'mail', route: { kind: 'direct' } }),
    ],
    [
      'going offline and online',
      async here => {
        await here.call('settings.set', { offline: true })
        await here.call('settings.set', { offline: false })
      },
    ],
  ]
  test.each(wakers)('for a server that is not there: until %s', async (_name, wake) => {
    const here = await start()
    await withMail(here)
    const end = here.imap.override('LOGIN', () => 'NO [UNAVAILABLE] not now')
    const endToo = here.imap.override('AUTHENTICATE', () => 'NO [UNAVAILABLE] not now')
    here.imap.disconnectAll()
    await until(async () => {
      const now = await status(here)
      return now?.state === 'waiting' && now.nextAttemptAtMs !== null && now.nextAttemptAtMs > Date.now()
    }, 'waiting')
    end()
    endToo()
    await wake(here)
    await reaches(here, 'watching')
  })

  test('for a right password: until it is given, and no waking tries the wrong one again', async () => {
    const here = await start({ password: 'wrong' })
    await reaches(here, 'error')
    expect((await status(here))?.problem).toMatchObject({ code: 'login-refused' })
    const before = here.imap.connectionCount()
    await here.call('sync.wake', {})
    await here.call('accounts.setPassword', {
      accountId: here.accountId,
      service: 'mail',
      password: 'alice-pw',
    })
    await reaches(here, 'watching')
    // One more for the right one, and those of the pass.
    expect(here.imap.sent('LOGIN').length + here.imap.sent('AUTHENTICATE').length).toBeGreaterThan(before)
  })

  test('for a certificate that is trusted: until the network is another (waking), or the account is edited', async () => {
    const here = await start({ mail: { caPem: null } })
    await reaches(here, 'error')
    expect((await status(here))?.problem).toMatchObject({ code: 'certificate-refused' })
    const tries = async () => (await here.call('net.connections', {})).length
    const before = await tries()
    await here.call('sync.wake', {})
    await until(async () => (await tries()) > before, 'another try')
    const config = changedMail(here.config, { caPem: `${here.imap.ca}\n${here.smtp.ca}` })
    await here.call('accounts.update', { accountId: here.accountId, config, signature: '' })
    await here.call('accounts.setPassword', {
      accountId: here.accountId,
      service: 'mail',
      password: 'alice-pw',
    })
    await reaches(here, 'watching')
  })
})

describe('a change that the server put off', () => {
  async function putOff() {
    const here = await start()
    await withMail(here)
    const end = here.imap.override('UID STORE', () => 'NO [UNAVAILABLE] later')
    await mark(here)
    await until(async () => (await here.tasks())[0]?.state === 'waiting', 'put off')
    const [task] = await here.tasks()
    expect(task?.nextAttemptAtMs).toBeGreaterThan(Date.now())
    end()
    return here
  }
  const wakers: [string, (here: EngineWithServers) => Promise<unknown>][] = [
    ['asking for mail', here => here.call('sync.now', { accountId: null })],
    ['the machine’s waking', here => here.call('sync.wake', {})],
    [
      'trying it again by hand',
      async here => here.call('tasks.retry', { taskId: (await here.tasks())[0]!.id }),
    ],
    [
      'going offline and online',
      async here => {
        await here.call('settings.set', { offline: true })
        await here.call('settings.set', { offline: false })
      },
    ],
  ]
  test.each(wakers)('is made at once by %s', async (_name, wake) => {
    const here = await putOff()
    await wake(here)
    await until(isSeenThere(here), 'the change')
    await until(async () => (await here.tasks()).length === 0, 'no task')
  })
})

describe('what waits for the network', () => {
  test('a message whose bytes are not here can be opened once the user is online', async () => {
    const here = await start({ background: false })
    await here.call('settings.set', { defaultWindow: { kind: 'headers', months: 1 } })
    here.imap.account.get('INBOX').add(testMessage(1, 'A long story.'))
    await here.sync()
    await here.call('settings.set', { offline: true })
    const messageId = await here.only('INBOX', 'message 1')
    await expect(here.call('messages.raw', { messageId })).rejects.toMatchObject({ code: 'offline' })
    await here.call('settings.set', { offline: false })
    const { bytes } = await here.call('messages.raw', { messageId })
    expect(Buffer.from(bytes).toString()).toContain('A long story.')
  })

  test('a draft reaches the server once the user is online', async () => {
    const here = await start({ background: false })
    await here.sync()
    await here.call('settings.set', { offline: true })
    const draft = await here.call('drafts.create', {
      mode: 'new',
      messageId: null,
      accountId: here.accountId,
    })
    const content = { ...draft.content, subject: 'from the train' }
    await here.call('drafts.save', { draftId: draft.id, content, revision: draft.revision })
    await here.sync()
    expect(here.imap.account.get('Drafts').messages).toHaveLength(0)
    await here.call('settings.set', { offline: false })
    await here.sync()
    expect(here.imap.account.get('Drafts').messages).toHaveLength(1)
    expect(await here.tasks()).toEqual([])
  })
})
