import { chmodSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { type MailServers, startMailServers } from '../../rig/mail-servers'
import { readPem, SyncProfile, testMessage } from '../../support/sync-profile'

describe('a message that Dovecot cannot read', () => {
  let servers: MailServers
  let profile: SyncProfile | undefined

  beforeAll(async () => {
    servers = await startMailServers({ users: ['first', 'middle', 'last'] })
  })
  afterAll(async () => {
    await servers?.stop()
  })
  afterEach(async () => {
    await profile?.remove()
    profile = undefined
  })

  /** Takes away the right to read the file of one message. */
  const damage = (user: string, raw: string) => {
    const folder = servers.maildir(user)
    const names = readdirSync(join(folder, 'new')).filter(name => name.endsWith(`,S=${raw.length}`))
    expect(names).toHaveLength(1)
    for (const name of names) chmodSync(join(folder, 'new', name), 0)
  }

  test.each([
    ['first', 1],
    ['middle', 20],
    ['last', 40],
  ] as const)('the %s of 40 costs itself and nothing else, and is named', async (name, bad) => {
    const user = `${name}@rig.test`
    // A size of its own for each, so that the file of one is known.
    const raw = (at: number) => testMessage(at, '.'.repeat(10 * at))
    for (let at = 1; at <= 40; at++) await servers.deliver(user, raw(at))
    damage(user, raw(bad))
    profile = new SyncProfile({
      user,
      password: `${name}-pw`,
      port: servers.imapsPort,
      ca: readPem(servers.caFile),
    })
    const run = await profile.sync.runOnce(profile.accountId, null)
    const whole = profile.messages('INBOX').filter(each => each.bodyState === 'whole')
    expect(whole.map(each => each.subject)).toHaveLength(39)
    expect(whole.map(each => each.subject)).not.toContain(`message ${bad}`)
    expect(run.problems).toMatchObject([
      {
        problem: {
          code: 'message-withheld',
          params: { mailbox: 'INBOX', count: 1, detail: expect.stringContaining('Internal error') },
        },
      },
    ])
    // Not asked for again at once, and still named; the rest is not fetched twice.
    expect(await profile.sync.runOnce(profile.accountId, null)).toMatchObject({
      new: 0,
      bytes: 0,
      problems: [{ problem: { code: 'message-withheld' } }],
    })
  })
})
