import { afterEach, describe, expect, test } from 'vitest'
import { mime } from '../../../electron/engine/formats/mime/mime'
import { SyncProfile, testMessage } from '../../support/sync-profile'
import {
  poorCapabilities,
  richCapabilities,
  type ScriptedImapOptions,
  startScriptedImapServer,
} from '../support/scripted-imap-server'

const ended: (() => Promise<unknown>)[] = []
afterEach(async () => {
  for (const end of ended.splice(0).reverse()) await end()
})

async function start(options: ScriptedImapOptions = {}, count = 0) {
  const server = await startScriptedImapServer(options)
  const profile = new SyncProfile({ port: server.port, ca: server.ca })
  ended.push(
    () => server.stop(),
    () => profile.remove(),
  )
  const inbox = server.account.get('INBOX')
  for (let at = 1; at <= count; at++) inbox.add(testMessage(at))
  return { server, profile, inbox }
}

const subjects = (count: number) => Array.from({ length: count }, (_, at) => `message ${at + 1}`).sort()

function insertDraft(profile: SyncProfile, text: string) {
  const raw = Buffer.from(testMessage(text))
  const parsed = mime.parseMessage(raw)
  const mailboxId = profile.mailbox('Drafts').id
  const { store, accountId } = profile
  return store.transaction(() => {
    const messageId = store.messages.insertLocal(mailboxId, {
      uid: null,
      flags: ['\\Draft'],
      modseq: null,
      internalDateMs: Date.now(),
      sizeBytes: raw.length,
      header: parsed.header,
      raw,
      parsed,
    })
    store.tasks.add(accountId, {
      kind: 'append',
      messageId,
      mailboxId,
      flags: ['\\Draft'],
      replacesUid: null,
    })
    return messageId
  })
}

describe('who is who after things changed on the server', () => {
  test('a UIDVALIDITY change lists again, downloads no body twice and keeps local drafts', async () => {
    const { server, profile, inbox } = await start({}, 5)
    server.account.get('Drafts').add(testMessage('seen-draft'))
    await profile.pass()
    const before = profile
      .messages('INBOX')
      .map(each => each.id)
      .sort()
    server.override('APPEND', () => 'NO [OVERQUOTA] full')
    insertDraft(profile, 'unsent')
    inbox.expunge(3)
    inbox.renumber()
    server.account.get('Drafts').renumber()
    const run = await profile.pass()
    expect(run.bytes).toBe(0)
    expect(profile.subjects('INBOX')).toEqual(subjects(5).filter(each => each !== 'message 3'))
    expect(profile.messages('INBOX').every(each => before.includes(each.id))).toBe(true)
    expect(profile.mailbox('INBOX').uidValidity).toBe(inbox.uidValidity)
    expect(profile.subjects('Drafts')).toEqual(['message seen-draft', 'message unsent'])
    expect(profile.store.tasks.list()).toMatchObject([
      { kind: 'append', state: 'failed', problem: { code: 'quota-exceeded' } },
    ])
  })

  test('a kill in the middle of that leaves nothing lost and nothing twice', async () => {
    const { server, profile, inbox } = await start({}, 5)
    await profile.pass()
    inbox.renumber()
    const restore = server.override('UID FETCH', ({ session }) => session.connection.reset())
    expect(await profile.passProblems()).not.toEqual([])
    restore()
    await profile.reopen()
    await profile.pass()
    expect(profile.subjects('INBOX')).toEqual(subjects(5))
  })

  test.each([
    ['a rich', richCapabilities],
    ['a poor', poorCapabilities],
  ])(
    'UIDNEXT going back on %s server: no message is shown under the number of another',
    async (_name, capabilities) => {
      const { profile, inbox } = await start({ capabilities }, 5)
      await profile.pass()
      // A restored backup: the newest are gone, and the next message gets a UID that was used before.
      inbox.expunge(4)
      inbox.expunge(5)
      inbox.uidNext = 4
      inbox.add(testMessage('after-restore'))
      await profile.pass()
      expect(profile.subjects('INBOX')).toEqual([
        'message 1',
        'message 2',
        'message 3',
        'message after-restore',
      ])
      for (const each of profile.messages('INBOX'))
        expect(Buffer.from(profile.store.messages.raw(each.id) ?? []).toString()).toContain(each.subject)
    },
  )

  test('a mailbox renamed elsewhere keeps its mail under the new name', async () => {
    const { server, profile } = await start()
    server.account.add('Projekt', { uidValidity: 77 })
    for (let at = 1; at <= 3; at++) server.account.get('Projekt').add(testMessage(at))
    await profile.pass()
    const { id } = profile.mailbox('Projekt')
    server.account.rename('Projekt', 'Kunden/Projekt 2026')
    const run = await profile.pass()
    await profile.pass()
    await profile.pass()
    expect(profile.subjects('Kunden/Projekt 2026')).toEqual(subjects(3))
    expect(profile.store.mailboxes.byPath(profile.accountId, 'Projekt')).toBeNull()
    expect(run.bytes).toBe(0)
    expect(profile.mailbox('Kunden/Projekt 2026').id).toBe(id)
  })

  test.each([
    ['with', richCapabilities],
    ['without', poorCapabilities],
  ] as const)(
    'an append whose answer was lost is not done twice, %s UIDPLUS',
    async (_name, capabilities) => {
      const { server, profile } = await start({ capabilities })
      await profile.pass()
      server.overrideOnce('APPEND', async ({ session, honest }) => {
        await honest()
        session.connection.reset()
      })
      const id = insertDraft(profile, 'one')
      expect(await profile.passProblems()).toHaveLength(1)
      expect(profile.store.tasks.list()).toMatchObject([{ state: 'queued', attempts: 1 }])
      await profile.reopen()
      await profile.pass()
      await profile.pass()
      expect(server.account.get('Drafts').messages).toHaveLength(1)
      expect(profile.store.messages.location(id)?.uid).toBe(1)
      expect(profile.subjects('Drafts')).toEqual(['message one'])
      expect(profile.store.tasks.countOpen(profile.accountId)).toBe(0)
    },
  )

  test.each([
    ['MOVE', richCapabilities, 'UID MOVE'],
    ['COPY', richCapabilities.filter(name => name !== 'MOVE'), 'UID COPY'],
    ['COPY on a poor server', poorCapabilities, 'UID COPY'],
  ] as const)(
    'a move by %s whose answer was lost is not done twice',
    async (_name, capabilities, command) => {
      const { server, profile } = await start({ capabilities }, 3)
      await profile.pass()
      const { store, accountId } = profile
      const two = profile.messages('INBOX').find(each => each.subject === 'message 2')!.id
      const archive = profile.mailbox('Archive').id
      store.transaction(() =>
        store.tasks.add(accountId, {
          kind: 'move',
          items: store.messages.moveLocally([two], archive),
          toMailboxId: archive,
        }),
      )
      server.overrideOnce(command, async ({ session, honest }) => {
        await honest()
        session.connection.reset()
      })
      expect(await profile.passProblems()).toHaveLength(1)
      await profile.reopen()
      await profile.pass()
      await profile.pass()
      expect(server.account.get('Archive').messages).toHaveLength(1)
      expect(profile.subjects('Archive')).toEqual(['message 2'])
      expect(profile.store.messages.location(two)?.uid).toBe(1)
      // Without UIDPLUS the original stays there, marked, and is not taken for new mail.
      expect(profile.subjects('INBOX')).toEqual(['message 1', 'message 3'])
      expect(server.sent('EXPUNGE')).toEqual([])
    },
  )

  test('a message that is put on the server and moved on before that arrives in the second place', async () => {
    const { server, profile } = await start()
    await profile.pass()
    const { store, accountId } = profile
    const id = insertDraft(profile, 'wanderer')
    const archive = profile.mailbox('Archive').id
    store.transaction(() =>
      store.tasks.add(accountId, {
        kind: 'move',
        items: store.messages.moveLocally([id], archive),
        toMailboxId: archive,
      }),
    )
    await profile.pass()
    await profile.pass()
    expect(server.account.get('Drafts').messages).toHaveLength(0)
    expect(server.account.get('Archive').messages).toHaveLength(1)
    expect(profile.subjects('Archive')).toEqual(['message wanderer'])
    expect(store.tasks.countOpen(accountId)).toBe(0)
  })

  test('a move never takes another message that has the UID now', async () => {
    const { server, profile, inbox } = await start({}, 3)
    await profile.pass()
    const { store, accountId } = profile
    const three = profile.messages('INBOX').find(each => each.subject === 'message 3')!.id
    const archive = profile.mailbox('Archive').id
    store.transaction(() =>
      store.tasks.add(accountId, {
        kind: 'move',
        items: store.messages.moveLocally([three], archive),
        toMailboxId: archive,
      }),
    )
    // The same UIDVALIDITY, but UID 3 is a new message: a server that cheats.
    const wanted = inbox.messages.find(each => each.uid === 3)!.raw
    inbox.expunge(3)
    inbox.add(testMessage('other'), { uid: 3 })
    inbox.add(wanted)
    await profile.pass()
    const subjectOf = (raw: Uint8Array) => mime.parseHeader(raw).subject
    expect(server.account.get('Archive').messages.map(each => subjectOf(each.raw))).toEqual(['message 3'])
    expect(inbox.messages.map(each => subjectOf(each.raw)).sort()).toEqual([
      'message 1',
      'message 2',
      'message other',
    ])
  })

  test('a removal never hits another message that has the UID now', async () => {
    const { server, profile, inbox } = await start({}, 3)
    await profile.pass()
    const { store, accountId } = profile
    const one = profile.messages('INBOX').find(each => each.subject === 'message 1')!.id
    store.tasks.add(accountId, { kind: 'expunge', items: store.messages.removeLocally([one]) })
    const unwanted = inbox.messages.find(each => each.uid === 1)!.raw
    inbox.expunge(1)
    inbox.renumber()
    inbox.add(unwanted)
    await profile.pass()
    expect(inbox.messages.map(each => mime.parseHeader(each.raw).subject).sort()).toEqual([
      'message 2',
      'message 3',
    ])
    expect(server.sent('EXPUNGE')).toEqual([])
  })

  test('a pending local change wins over what the server says until it is replayed', async () => {
    const { server, profile, inbox } = await start({}, 2)
    await profile.pass()
    const { store, accountId } = profile
    const one = profile.messages('INBOX').find(each => each.subject === 'message 1')!.id
    store.messages.changeFlags([one], { add: ['\\Seen'], remove: [] })
    store.tasks.add(accountId, { kind: 'set-flags', messageIds: [one], add: ['\\Seen'], remove: [] })
    server.overrideOnce('UID STORE', ({ session }) => session.connection.reset())
    expect(await profile.passProblems()).toHaveLength(1)
    inbox.setFlags(1, ['\\Flagged'])
    const session = await profile.connect()
    await session.logout()
    expect(profile.messages('INBOX').find(each => each.id === one)?.flags).toEqual(['seen'])
    await profile.pass()
    expect([...(inbox.messages.find(each => each.uid === 1)?.flags ?? [])].sort()).toEqual([
      '\\Flagged',
      '\\Seen',
    ])
    await profile.pass()
    expect([...(profile.messages('INBOX').find(each => each.id === one)?.flags ?? [])].sort()).toEqual([
      'flagged',
      'seen',
    ])
  })

  test('a mailbox made, renamed and deleted here is so there', async () => {
    const { server, profile } = await start()
    await profile.pass()
    const { store, accountId } = profile
    const row = store.transaction(() => {
      const made = store.mailboxes.create({ accountId, path: 'Größe', delimiter: '/', role: 'none' })
      store.tasks.add(accountId, { kind: 'create-mailbox', mailboxId: made.id })
      return made
    })
    await profile.pass()
    expect(profile.mailbox('Größe').id).toBe(row.id)
    store.transaction(() => {
      store.mailboxes.rename(row.id, 'Maße')
      store.tasks.add(accountId, {
        kind: 'rename-mailbox',
        mailboxId: row.id,
        oldPath: 'Größe',
        newPath: 'Maße',
      })
    })
    await profile.pass()
    expect(profile.mailbox('Maße').id).toBe(row.id)
    const session = await profile.connect()
    expect((await session.list()).map(each => each.path)).toContain('Maße')
    store.transaction(() => {
      store.mailboxes.remove(row.id)
      store.tasks.add(accountId, { kind: 'delete-mailbox', accountId, path: 'Maße' })
    })
    await profile.pass()
    expect((await session.list()).map(each => each.path)).not.toContain('Maße')
    expect(store.tasks.countOpen(accountId)).toBe(0)
    await session.logout()
    expect(server.sent('CREATE')).toHaveLength(1)
  })
})
