import { fork } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { noChoice } from '../../../../../shared/features/writing/protection'
import { until } from '../../../../support/until'
import {
  bytes,
  freshStore,
  newMessage,
  noTraces,
  openAt,
  parsed,
  seedAccount,
  storeKey,
  temporaryDirectory,
} from './support'

const canaries = [
  'canarysubject',
  'canarybody',
  'hunter2-canary',
  'canaryattachment',
  'canarydraft',
  'canaryaddress',
]

function canariesIn(directory: string): string[] {
  return readdirSync(directory).flatMap(name => {
    const content = readFileSync(join(directory, name)).toString('latin1').toLowerCase()
    return canaries.filter(canary => content.includes(canary)).map(canary => `${canary} in ${name}`)
  })
}

test('neither the file nor the log beside it holds a readable word', () => {
  const { store, directory } = freshStore()
  const { inbox, accountId } = seedAccount(store)
  const [id] = store.messages.insertHeaders(inbox, [
    newMessage(1, {
      subject: 'canarysubject',
      from: [{ name: 'canaryaddress', address: 'canaryaddress@x.example' }],
    }),
  ])
  store.messages.storeBodies([
    { id: id!, raw: bytes('canarybody '.repeat(20)), parsed: parsed('canarybody') },
  ])
  const draft = store.drafts.create({
    content: {
      accountId,
      to: [],
      cc: [],
      bcc: [],
      subject: '',
      text: 'canarydraft',
      html: null,
      protection: noChoice,
    },
    relation: null,
    serverMessageId: null,
  })
  store.drafts.addAttachment(draft.id, {
    fileName: 'canaryattachment',
    contentType: 'a/b',
    bytes: bytes('canaryattachment'),
    traces: noTraces,
  })
  store.messages.search('canarybody', { mailboxId: null, limit: 5 })
  expect(existsSync(join(directory, 'store.db-wal'))).toBe(true)
  expect(canariesIn(directory)).toEqual([])
  store.close()
  expect(canariesIn(directory)).toEqual([])
})

test('a backup is encrypted, complete, under the same key, and overwrites nothing', async () => {
  const { store, directory } = freshStore()
  const { inbox } = seedAccount(store)
  store.messages.insertHeaders(inbox, [newMessage(1, { subject: 'canarysubject' })])
  const target = temporaryDirectory()
  const path = join(target, 'store.db')
  expect((await store.backup(path, {})).sizeBytes).toBeGreaterThan(8192)
  expect(canariesIn(target)).toEqual([])
  await expect(store.backup(path, {})).rejects.toThrow('file-exists')
  await expect(store.backup(join(directory, 'no', 'such'), {})).rejects.toThrow('file-unwritable')
  expect(() => openAt(target, new Uint8Array(32))).toThrow('store-unreadable')
  const copy = openAt(target).store
  expect(copy.messages.search('canarysubject', { mailboxId: null, limit: 5 }).total).toBe(1)
  copy.close()
})

/** A second process that opens the store, writes without end, and says when it has begun. */
const writer = `
import BetterSqlite from 'better-sqlite3-multiple-ciphers'
const [path, key] = process.argv.slice(2)
const db = new BetterSqlite(path, { timeout: 0 })
db.pragma("cipher = 'chacha20'")
db.key(Buffer.concat([Buffer.from('raw:'), Buffer.from(key, 'hex')]))
db.pragma('locking_mode = EXCLUSIVE')
db.exec('BEGIN IMMEDIATE; COMMIT')
db.pragma('journal_mode = WAL')
const insert = db.prepare("INSERT INTO messages (account, mailbox, uid, thread, message_id, date, internal_date, size, flags, server_flags, subject, sender, recipients, body_state) VALUES (1, 1, ?, ?, '', 0, 0, 0, 0, 0, 'x', '[]', '[]', 2)")
const raw = db.prepare('INSERT INTO raw_messages VALUES (?, 0, 3000, ?)')
for (let uid = 1; ; uid += 1) {
  db.transaction(() => raw.run(insert.run(uid, uid).lastInsertRowid, Buffer.alloc(3000, uid & 255)))()
  if (uid >= 3) process.send(uid)
}
`

test('a second program is told that the profile is in use, and a killed one leaves a whole store', async () => {
  const directory = temporaryDirectory()
  const { store } = openAt(directory)
  seedAccount(store)
  expect(() => openAt(directory)).toThrow('profile-in-use')
  store.close()

  for (const messages of [3, 20, 150]) {
    const child = fork(
      '--input-type=module',
      ['-', join(directory, 'store.db'), Buffer.from(storeKey).toString('hex')],
      {
        execArgv: [],
        stdio: ['pipe', 'inherit', 'inherit', 'ipc'],
      },
    )
    child.stdin?.end(writer)
    let written = 0
    child.on('message', (uid: number) => {
      written = uid
    })
    await until(() => written >= 3, 'the other program has begun')
    expect(() => openAt(directory)).toThrow('profile-in-use')
    await until(() => written >= messages, `${messages} messages`)
    child.kill('SIGKILL')
    await once(child, 'exit')

    const { store: after, recovered } = openAt(directory)
    expect(recovered).toBeNull()
    const findings = after.check().filter(finding => finding.outcome !== 'ok')
    // The child writes past the search index, which is the only thing it may leave behind.
    expect(findings.filter(finding => finding.check !== 'search-rows')).toEqual([])
    const mailbox = after.mailboxes.list().find(found => found.role === 'inbox')
    const ids = after.messages.idsForExport(mailbox!.id)
    expect(ids.length).toBeGreaterThanOrEqual(3)
    for (const id of ids) expect(after.messages.raw(id)?.length).toBe(3000)
    after.messages.removeUids(mailbox!.id, after.messages.knownUids(mailbox!.id))
    after.close()
  }
})
