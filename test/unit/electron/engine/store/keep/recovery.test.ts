import { randomBytes } from 'node:crypto'
import { readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { layout } from '../../../../../../electron/engine/compose/layout'
import { configureWriter, openConnection } from '../../../../../../electron/engine/store/connection'
import { migrate } from '../../../../../../electron/engine/store/migrate'
import { noChoice } from '../../../../../../shared/features/writing/protection'
import { contactKeyOf, fingerprintOf, ownKeyRow } from '../../features/keys/store/openpgp-support'
import {
  bytes,
  imapConfig,
  localConfig,
  newMessage,
  noTraces,
  openAt,
  parsed,
  seedAccount,
  storeKey,
  temporaryDirectory,
} from '../support'

const pageBytes = 8192

/** A store with something of everything that exists only here, closed; answers its directory. */
function filledStore(): string {
  const directory = temporaryDirectory()
  const { store } = openAt(directory)
  const remote = seedAccount(store, imapConfig)
  const local = seedAccount(store, localConfig)
  store.accounts.addPin({ host: 'imap.example.org', port: 993, fingerprint256: 'aa:bb' })
  store.settings.set({ undoSendSeconds: 42 })
  const headers = store.messages.insertHeaders(
    remote.inbox,
    Array.from({ length: 400 }, (_, position) => newMessage(position + 1)),
  )
  store.messages.storeBodies(
    headers.map(id => ({
      id,
      raw: bytes(`server mail ${id} ${randomBytes(1500).toString('hex')}`),
      parsed: parsed('server'),
    })),
  )
  store.messages.insertLocalMany(
    local.inbox,
    Array.from({ length: 50 }, (_, position) => ({
      ...newMessage(null, { messageIdHeader: `local${position}@x` }, { flags: ['\\Seen', 'mine'] }),
      raw: bytes(`local mail ${position}\r\n${'y'.repeat(position * 100)}`),
      parsed: parsed(`local text ${position}`),
    })),
  )
  store.openpgp.saveOwnKey(ownKeyRow('a'))
  store.openpgp.setSettings(remote.accountId, { key: fingerprintOf('a') })
  store.openpgp.saveContactKey(contactKeyOf('bob@example.net', 'b'))
  store.openpgp.setTrust('bob@example.net', fingerprintOf('b'), 'verified')
  const content = {
    accountId: remote.accountId,
    to: [],
    cc: [],
    bcc: [],
    subject: 'Draft',
    text: 'my words',
    html: null,
    protection: noChoice,
  }
  const draft = store.drafts.create({ content, relation: null, serverMessageId: null })
  store.drafts.addAttachment(draft.id, {
    fileName: 'a.txt',
    contentType: 'text/plain',
    bytes: bytes('attached'),
    traces: noTraces,
  })
  store.outbox.enqueue({
    accountId: remote.accountId,
    draftId: null,
    messageIdHeader: 'out@x',
    subject: 'Out',
    raw: bytes('out'),
    sentCopy: bytes('copy'),
    envelope: { from: 'anna@example.org', to: ['bob@example.net'] },
    notBeforeMs: 0,
  })
  store.contacts.add({
    bookId: store.contacts.addBook('Club'),
    raw: bytes('BEGIN:VCARD\r\nVERSION:3.0\r\nFN:Ida Berg\r\nEMAIL:ida@berg.example\r\nEND:VCARD\r\n'),
  })
  const work = store.calendars.addLocal({ name: 'Work', colour: '#112233' })
  const [personal] = store.calendars.list()
  for (const [calendar, rule] of [
    [personal!, ''],
    [work, 'RRULE:FREQ=DAILY;COUNT=2\r\n'],
  ] as const)
    store.calendars.add(
      calendar.id,
      bytes(
        `BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nUID:${calendar.id}\r\nDTSTART:20260601T090000Z\r\n${rule}X-Kept:1\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n`,
      ),
    )
  store.close()
  return directory
}

function flip(directory: string, offset: number): void {
  const path = join(directory, 'store.db')
  const content = readFileSync(path)
  content[offset] = (content[offset] ?? 0) ^ 0x10
  writeFileSync(path, content)
}

test('a damaged first page is told from a wrong key, and everything written here is carried over', () => {
  const directory = filledStore()
  flip(directory, 3000)
  expect(() => openAt(directory, new Uint8Array(32))).toThrow('store-wrong-key')

  const { store, recovered } = openAt(directory)
  expect(recovered?.saved).toEqual({
    keys: 1,
    drafts: 1,
    outbox: 1,
    localMessages: 50,
    accounts: 2,
    events: 2,
    contacts: 1,
  })
  expect(readdirSync(directory)).toContain(recovered?.setAside)
  const [remote, local] = store.accounts.list()
  expect(store.accounts.password(remote!.id, 'mail')).toBe('hunter2-canary')
  expect(store.accounts.pins()).toHaveLength(1)
  expect(store.settings.get().undoSendSeconds).toBe(42)
  expect(store.openpgp.ownKey(fingerprintOf('a'))).toMatchObject({
    sealed: Buffer.from('sealed a'),
    revocation: 'revocation a',
  })
  expect(store.openpgp.settings(remote!.id).key).toBe(fingerprintOf('a'))
  expect(store.openpgp.keysFor('bob@example.net')).toMatchObject([{ trust: 'verified', inUse: true }])
  // Their index is made again.
  const [contact] = store.contacts.find('berg', 5)
  expect(store.contacts.books().find(({ id }) => id === contact?.bookId)?.name).toBe('Club')
  expect(store.contacts.books()).toHaveLength(3)
  const [draft] = store.drafts.list()
  expect(draft?.content.text).toBe('my words')
  expect(Buffer.from(store.drafts.attachmentBytes(draft!.attachments[0]!.id)!.bytes).toString()).toBe(
    'attached',
  )
  expect(Buffer.from(store.outbox.get(store.outbox.list()[0]!.id)!.raw).toString()).toBe('out')
  const inbox = store.mailboxes.byRole(local!.id, 'inbox')!
  const ids = store.messages.idsForExport(inbox.id)
  expect(ids).toHaveLength(50)
  expect(Buffer.from(store.messages.raw(ids[3]!)!).toString()).toBe(`local mail 3\r\n${'y'.repeat(300)}`)
  expect(store.messages.summaries(ids)[0]).toMatchObject({
    flags: ['seen'],
    keywords: ['mine'],
    bodyState: 'whole',
  })
  expect(store.calendars.list().map(({ name, eventCount }) => [name, eventCount])).toEqual([
    ['', 1],
    ['Work', 1],
  ])
  // The index is made again of what was saved.
  const year = { fromMs: Date.UTC(2026, 0), toMs: Date.UTC(2027, 0), zone: 'UTC', calendarIds: null }
  expect(store.calendars.between(year).events.map(({ calendarId }) => calendarId)).toEqual([1, 2, 2])
  // Server mail is gone from here and asked for again.
  const serverInbox = store.mailboxes.byRole(remote!.id, 'inbox')!
  expect(store.messages.knownUids(serverInbox.id)).toEqual([])
  expect(serverInbox).toMatchObject({ uidValidity: null, headersComplete: false })
  expect(store.check().filter(finding => finding.outcome !== 'ok')).toEqual([])
  store.close()
  expect(openAt(directory).recovered).toBeNull()
})

test('of the changes that wait, what is only here comes along with its upload; what a server has does not', () => {
  const directory = temporaryDirectory()
  const { store } = openAt(directory)
  const { accountId, inbox, archive } = seedAccount(store, imapConfig)
  const whole = (uid: number | null, subject: string) => ({
    ...newMessage(uid, { messageIdHeader: `${subject}@x`, subject }),
    raw: bytes(subject),
    parsed: parsed(subject),
  })
  const [upload] = store.messages.insertLocalMany(archive, [whole(null, 'upload')])
  const [moved] = store.messages.insertHeaders(inbox, [newMessage(1)])
  store.messages.storeBodies([{ id: moved!, raw: bytes('moved'), parsed: parsed('moved') }])
  store.tasks.add(accountId, {
    kind: 'move',
    items: store.messages.moveLocally([moved!], archive),
    toMailboxId: archive,
  })
  store.tasks.add(accountId, {
    kind: 'append',
    messageId: upload!,
    mailboxId: archive,
    flags: [],
    replacesUid: null,
  })
  store.close()
  flip(directory, 3000)

  const again = openAt(directory)
  expect(again.recovered?.saved).toMatchObject({ localMessages: 1, accounts: 1 })
  const [task, ...others] = again.store.tasks.list()
  expect([task?.kind, task?.mailboxName, others.length]).toEqual(['append', 'Archive', 0])
  expect(again.store.messages.idsForExport(archive)).toEqual([upload])
  expect(again.store.messages.summaries([upload!])[0]).toMatchObject({ subject: 'upload', pending: true })
  expect(again.store.tasks.isOpen('append', upload!)).toBe(true)
  again.store.close()
})

test('a flipped bit on any page is never read as good data', () => {
  const directory = filledStore()
  const original = readFileSync(join(directory, 'store.db'))
  const pages = original.length / pageBytes
  for (let page = 2; page < pages; page += Math.ceil(pages / 12)) {
    const content = Buffer.from(original)
    const offset = page * pageBytes + 4321
    content[offset] = (content[offset] ?? 0) ^ 1
    writeFileSync(join(directory, 'store.db'), content)
    const { store, recovered } = openAt(directory)
    if (recovered === null) {
      expect(
        store.check().find(finding => finding.check === 'store-integrity')?.outcome,
        `page ${page}`,
      ).toBe('failed')
    }
    store.close()
  }
})

test('damage met while reading is named, and the next start repairs it', () => {
  const directory = filledStore()
  const path = join(directory, 'store.db')
  const original = readFileSync(path)
  // Destroy pages in the middle, where the bytes of server mail are; those with the list of tables (odd ones today) would make it unreadable.
  for (let page = 42; page < original.length / pageBytes - 60; page += 4)
    original.fill(7, page * pageBytes, page * pageBytes + 64)
  writeFileSync(path, original)
  const first = openAt(directory)
  if (first.recovered === null) {
    const read = () => {
      for (const mailbox of first.store.mailboxes.list()) {
        for (const id of first.store.messages.idsForExport(mailbox.id)) first.store.messages.raw(id)
      }
    }
    expect(read).toThrow('store-damaged')
    first.store.close()
    const second = openAt(directory)
    expect(second.recovered?.saved).toMatchObject({ drafts: 1, outbox: 1, accounts: 2 })
    expect(second.recovered?.saved.localMessages).toBeGreaterThan(30)
    expect(second.store.check().filter(finding => finding.outcome !== 'ok')).toEqual([])
    second.store.close()
  }
})

test('a recovery killed before its last step is finished at the next start', () => {
  const directory = filledStore()
  renameSync(join(directory, 'store.db'), join(directory, 'store-recovering.db'))
  const { store } = openAt(directory)
  expect(store.drafts.list()).toHaveLength(1)
  store.close()
})

test('a wrong key is refused and touches nothing', () => {
  const directory = filledStore()
  const before = readFileSync(join(directory, 'store.db'))
  expect(() =>
    openAt(
      directory,
      Uint8Array.from(storeKey, byte => byte ^ 255),
    ),
  ).toThrow('store-wrong-key')
  expect(readFileSync(join(directory, 'store.db')).equals(before)).toBe(true)
})

test('a damaged store from before accounts had services gives its accounts with their servers, passwords and ways', () => {
  const directory = temporaryDirectory()
  const connection = openConnection(join(directory, 'store.db'), storeKey)
  configureWriter(connection)
  migrate(
    connection,
    layout.migrations.filter(({ version }) => version <= 10),
  )
  const { services, ...person } = imapConfig
  const before = [
    [{ kind: 'imap', ...person, ...services.mail }, '{"kind":"tor"}', 'first word'],
    [{ kind: 'local', address: 'local', displayName: '' }, '{"kind":"direct"}', null],
    [{ kind: 'imap', ...person, ...services.mail, address: 'b@example.org' }, '{', 'second word'],
  ] as const
  before.forEach(([config, route, password], at) => {
    const id = String(at).repeat(32)
    connection
      .prepare('INSERT INTO accounts (number, id, config, position, route) VALUES (?, ?, ?, ?, ?)')
      .run(at + 1, id, JSON.stringify(config), at, route)
    if (password !== null)
      connection.prepare('INSERT INTO account_passwords VALUES (?, ?)').run(at + 1, password)
  })
  connection.pragma('wal_checkpoint(TRUNCATE)')
  connection.close()
  flip(directory, 3000)

  const { store, recovered } = openAt(directory)
  expect(recovered?.saved.accounts).toBe(3)
  const accounts = store.accounts.list()
  expect(accounts.map(({ config }) => config)).toEqual([
    imapConfig,
    { address: 'local', displayName: '', services: {} },
    { ...imapConfig, address: 'b@example.org' },
  ])
  expect(accounts.map(({ id }) => store.accounts.password(id, 'mail'))).toEqual([
    'first word',
    null,
    'second word',
  ])
  expect(accounts.map(({ id }) => store.network.route(id, 'mail'))).toEqual([{ kind: 'tor' }, null, null])
  store.close()
})
