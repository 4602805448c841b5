import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { type MailServers, startMailServers } from '../../rig/mail-servers'
import { readPem, SyncProfile, testMessage } from '../../support/sync-profile'
import { until } from '../../support/until'

describe('sync with a real Dovecot', () => {
  let servers: MailServers
  let number = 0
  const profiles: SyncProfile[] = []
  const users = Array.from({ length: 30 }, (_, at) => `user${at}`)

  beforeAll(async () => {
    servers = await startMailServers({ users })
  })
  afterAll(async () => {
    await servers?.stop()
  })
  afterEach(async () => {
    for (const profile of profiles.splice(0)) await profile.remove()
  })

  /** Every test has a user of its own, so nothing is cleaned up. */
  const newUser = () => {
    const name = users[number++] ?? 'user0'
    return { user: `${name}@rig.test`, password: `${name}-pw` }
  }
  const profileOf = (account: { user: string; password: string }, security: 'tls' | 'starttls' = 'tls') => {
    const profile = new SyncProfile({
      ...account,
      security,
      port: security === 'tls' ? servers.imapsPort : servers.imapPort,
      ca: readPem(servers.caFile),
    })
    profiles.push(profile)
    return profile
  }

  test.each(['tls', 'starttls'] as const)(
    'mail is here, byte for byte, after one pass over %s',
    async security => {
      const account = newUser()
      const raw = Buffer.from(testMessage(1, 'Grüße \u0001\u0002 und Ende'))
      await servers.deliver(account.user, raw, {
        flags: ['\\Seen'],
        receivedAt: new Date('2026-02-03T04:05:06Z'),
      })
      for (let at = 2; at <= 5; at++) await servers.deliver(account.user, testMessage(at))
      const profile = profileOf(account, security)
      const run = await profile.pass()
      expect(run).toMatchObject({ new: 5, messages: 5 })
      const first = profile.messages('INBOX').find(each => each.subject === 'message 1')
      expect(first).toMatchObject({ flags: ['seen'], bodyState: 'whole', messageIdHeader: 'm1@rig.test' })
      expect(Buffer.from(profile.store.messages.raw(first!.id) ?? [])).toEqual(raw)
      expect(profile.mailbox('INBOX')).toMatchObject({ headersComplete: true, uidNext: 6 })
      expect(profile.mailbox('INBOX').highestModseq).not.toBeNull()
      // Again, without change: nothing new, nothing twice.
      expect(await profile.pass()).toMatchObject({ new: 0, bytes: 0 })
      expect(profile.messages('INBOX')).toHaveLength(5)
    },
  )

  test('flags, new mail and removals of another client arrive', async () => {
    const account = newUser()
    for (let at = 1; at <= 4; at++) await servers.deliver(account.user, testMessage(at))
    const [here, other] = [profileOf(account), profileOf(account)]
    await here.pass()
    const session = await other.connect()
    await session.open('INBOX', { readOnly: false })
    await session.storeFlags([1], { add: ['\\Flagged', 'work'], remove: [] })
    await session.expunge([2])
    await session.logout()
    await servers.deliver(account.user, testMessage(5))
    await here.pass()
    expect(here.subjects('INBOX')).toEqual(['message 1', 'message 3', 'message 4', 'message 5'])
    expect(here.messages('INBOX').find(each => each.subject === 'message 1')).toMatchObject({
      flags: ['flagged'],
      keywords: ['work'],
    })
  })

  test('changes made offline are replayed once, and win until then', async () => {
    const account = newUser()
    for (let at = 1; at <= 3; at++) await servers.deliver(account.user, testMessage(at))
    const [here, other] = [profileOf(account), profileOf(account)]
    await here.pass()
    const session = await other.connect()
    await session.createMailbox('Ablage/Größe & mehr')
    await here.pass()
    const [one, two, three] = ['message 1', 'message 2', 'message 3'].map(
      subject => here.messages('INBOX').find(each => each.subject === subject)!.id,
    )
    here.store.settings.set({ offline: true })
    const { store, accountId } = here
    const target = here.mailbox('Ablage/Größe & mehr')
    store.transaction(() => {
      store.messages.changeFlags([one!], { add: ['\\Flagged'], remove: [] })
      store.tasks.add(accountId, { kind: 'set-flags', messageIds: [one!], add: ['\\Flagged'], remove: [] })
      const items = store.messages.moveLocally([two!], target.id)
      store.tasks.add(accountId, { kind: 'move', items, toMailboxId: target.id })
      store.tasks.add(accountId, { kind: 'expunge', items: store.messages.removeLocally([three!]) })
    })
    expect(await here.passProblems()).toEqual(['offline'])
    expect(store.tasks.countOpen(accountId)).toBe(3)
    store.settings.set({ offline: false })
    await here.pass()
    await here.pass()
    expect(store.tasks.countOpen(accountId)).toBe(0)
    expect(here.subjects('INBOX')).toEqual(['message 1'])
    expect(here.subjects('Ablage/Größe & mehr')).toEqual(['message 2'])
    expect(store.messages.location(two!)?.uid).toBe(1)
    const status = await session.open('Ablage/Größe & mehr', { readOnly: true })
    expect(status.exists).toBe(1)
    await session.open('INBOX', { readOnly: true })
    const flags = []
    for await (const each of session.fetchFlags({})) flags.push(each)
    expect(flags.map(each => [each.uid, each.flags])).toEqual([[1, ['\\Flagged']]])
    await session.logout()
  })

  test('a draft is appended once and replaced by its next version', async () => {
    const account = newUser()
    const here = profileOf(account)
    await here.pass()
    const { store, accountId } = here
    const drafts =
      store.mailboxes.byRole(accountId, 'drafts') ??
      store.mailboxes.create({ accountId, path: 'Drafts', delimiter: '/', role: 'drafts' })
    if (drafts.uidValidity === null && !here.statuses.some(each => each.mailboxId === drafts.id))
      store.tasks.add(accountId, { kind: 'create-mailbox', mailboxId: drafts.id })
    const { mime } = await import('../../../electron/engine/formats/mime/mime')
    const insert = (version: number) => {
      const raw = Buffer.from(testMessage(`draft-${version}`))
      const parsed = mime.parseMessage(raw)
      return store.messages.insertLocal(drafts.id, {
        uid: null,
        flags: ['\\Draft'],
        modseq: null,
        internalDateMs: Date.now(),
        sizeBytes: raw.length,
        header: parsed.header,
        raw,
        parsed,
      })
    }
    const first = insert(1)
    store.tasks.add(accountId, {
      kind: 'append',
      messageId: first,
      mailboxId: drafts.id,
      flags: ['\\Draft'],
      replacesUid: null,
    })
    await here.pass()
    const uid = store.messages.location(first)?.uid
    expect(uid).toBe(1)
    const second = store.transaction(() => {
      store.messages.removeLocally([first])
      const id = insert(2)
      store.tasks.add(accountId, {
        kind: 'append',
        messageId: id,
        mailboxId: drafts.id,
        flags: ['\\Draft'],
        replacesUid: uid ?? null,
      })
      return id
    })
    await here.pass()
    await here.pass()
    expect(store.messages.location(second)?.uid).toBe(2)
    expect(here.subjects('Drafts')).toEqual(['message draft-2'])
    await here.sync.withSession(accountId, async session => {
      expect((await session.open('Drafts', { readOnly: true })).exists).toBe(1)
    })
  })

  test('new mail is noticed while watching, and a stop ends everything', async () => {
    const account = newUser()
    await servers.deliver(account.user, testMessage(1))
    const here = profileOf(account)
    here.sync.start(here.accountId)
    const watching = () => here.board.all()[0]?.state === 'watching'
    await until(watching, 'watching')
    expect(here.subjects('INBOX')).toEqual(['message 1'])
    await servers.deliver(account.user, testMessage(2))
    await until(() => here.store.mailboxes.list().some(each => each.total === 2), 'new mail')
    await until(() => here.messages('INBOX').every(each => each.bodyState === 'whole'), 'bodies')
    await here.sync.stopAll()
    await until(() => here.gate.connections().every(each => each.state !== 'open'), 'no connection')
  })

  test('after the server was away, and after a wake, watching goes on', async () => {
    const account = newUser()
    const here = profileOf(account)
    here.sync.start(here.accountId)
    const states = () => here.board.all()[0]?.state
    await until(() => states() === 'watching', 'watching')
    await servers.stopImap()
    await until(() => states() === 'waiting', 'waiting')
    expect(here.board.all()[0]?.nextAttemptAtMs).toBeGreaterThan(Date.now())
    expect(here.board.all()[0]?.problem?.code).toMatch(/connection-|server-unavailable/)
    await servers.startImap()
    await servers.deliver(account.user, testMessage(1))
    here.sync.wake()
    await until(() => states() === 'watching', 'watching again')
    await until(() => here.subjects('INBOX').length === 1, 'mail')
  })

  test('a refused login stops and says so, and does not hammer', async () => {
    const account = newUser()
    const here = profileOf({ ...account, password: 'wrong' })
    here.sync.start(here.accountId)
    await until(() => here.board.all()[0]?.state === 'error', 'error')
    expect(here.board.all()[0]?.problem?.code).toBe('login-refused')
    expect(here.board.all()[0]?.nextAttemptAtMs).toBeNull()
    // Another account of the same server logs in, syncs and watches in the meantime.
    const other = profileOf(newUser())
    other.sync.start(other.accountId)
    await until(() => other.board.all()[0]?.state === 'watching', 'the other account watching')
    expect(here.gate.connections()).toHaveLength(1)
    expect(here.board.all()[0]?.state).toBe('error')
  })
})
