import { cpSync, mkdtempSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, expect, test } from 'vitest'
import type { AccountId, MailboxId } from '../../../shared/kit/ids'
import { difficultMessages } from '../../fixtures/difficult-mail'
import { type MailServerOptions, type MailServers, startMailServers } from '../../rig/mail-servers'
import { openTestEngine, type TestEngine } from '../../support/engine-in-test'
import { addAccountWithKey } from '../../support/inbox-account'
import { asLines, inboxOnDisk, sha256 } from '../../support/inbox-on-disk'

/** The long run of ADR 0018 has 5,000. */
const messageCount = Number(process.env['SIEGEL_INBOX_MESSAGES'] ?? 240)

const ended: (() => Promise<unknown>)[] = []
afterEach(async () => {
  for (const end of ended.splice(0).reverse()) await end()
})

async function start(options: MailServerOptions = {}): Promise<MailServers> {
  const servers = await startMailServers(options)
  ended.push(() => servers.stop())
  return servers
}

const newFolder = () => mkdtempSync(join(tmpdir(), 'sgi-'))

async function openEngine(directory = newFolder()): Promise<TestEngine> {
  const engine = await openTestEngine(directory)
  ended.push(async () => {
    await engine.close()
    await rm(directory, { recursive: true, force: true })
  })
  return engine
}

async function fill(servers: MailServers, count: number): Promise<void> {
  for (const { raw, receivedAt, maildirFlags } of difficultMessages(count, 9)) {
    const names = { F: '\\Flagged', R: '\\Answered', S: '\\Seen' } as const
    const flags = [...maildirFlags].map(letter => names[letter as keyof typeof names])
    await servers.deliver('alice@rig.test', raw, { receivedAt, flags })
  }
}

async function sync(engine: TestEngine): Promise<void> {
  const { problems } = await engine.call('sync.run', { accountId: null, mailboxId: null })
  expect(problems).toEqual([])
}

async function inboxOf(engine: TestEngine): Promise<MailboxId> {
  const inbox = (await engine.call('mailboxes.list', {})).find(
    each => each.role === 'inbox' && each.path === 'INBOX',
  )
  if (!inbox) throw new Error('no inbox')
  return inbox.id
}

async function listed(engine: TestEngine) {
  const mailboxId = await inboxOf(engine)
  const { ids } = await engine.call('messages.index', {
    mailboxId,
    role: null,
    unreadOnly: false,
    flaggedOnly: false,
  })
  const all = []
  for (let at = 0; at < ids.length; at += 100)
    all.push(...(await engine.call('messages.summaries', { ids: ids.slice(at, at + 100) })))
  return all
}

/** What a person sees of the list, without what the change is meant to change. */
const visible = (rows: Awaited<ReturnType<typeof listed>>) =>
  rows.map(({ sizeBytes: _size, keywords, ...row }) => ({
    ...row,
    keywords: keywords.filter(keyword => keyword !== '$InboxEncrypted'),
  }))

async function runOver(engine: TestEngine, accountId: AccountId, kind: 'back-catalogue' | 'decrypt') {
  const mailboxIds = [await inboxOf(engine)]
  return engine.call('inboxEncryption.run', { accountId, kind, mailboxIds, limit: null })
}

test('a difficult mailbox: encrypted, each message is the original byte for byte, with its date, flags, keywords and thread; and back again', async () => {
  const servers = await start()
  await fill(servers, messageCount)
  const engine = await openEngine()
  const accountId = await addAccountWithKey(engine, servers)
  await sync(engine)
  const rows = await listed(engine)
  await engine.call('messages.setFlags', {
    ids: rows.filter((_, at) => at % 7 === 0).map(row => row.id),
    add: ['flagged'],
    remove: [],
  })
  await sync(engine)
  const before = visible(await listed(engine))
  const folder = servers.maildir('alice@rig.test')
  const vault = (await engine.vault()).calls
  const onDisk = asLines(await inboxOnDisk(folder, vault))
  const raws = new Map<number, string>()
  for (const row of before) {
    const raw = await engine.call('messages.raw', { messageId: row.id })
    raws.set(row.id, sha256(raw.bytes))
  }

  await engine.call('inboxEncryption.set', { accountId, on: true, keepOriginalsDays: 3 })
  const preview = await engine.call('inboxEncryption.preview', {
    accountId,
    kind: 'back-catalogue',
    mailboxIds: [await inboxOf(engine)],
  })
  expect(preview.count).toBe(messageCount)
  const done = await runOver(engine, accountId, 'back-catalogue')
  expect(done).toMatchObject({
    problem: null,
    job: { state: 'done', total: messageCount, done: messageCount, skipped: 0, failed: 0 },
  })
  const encrypted = await inboxOnDisk(folder, vault)
  expect(encrypted.every(each => each.encrypted)).toBe(true)
  expect(asLines(encrypted)).toEqual(onDisk)
  await sync(engine)
  expect(visible(await listed(engine))).toEqual(before)

  // Another machine sees the same conversations, and again nothing is done twice.
  const other = await openEngine()
  await addAccountWithKey(other, servers)
  await sync(other)
  const outside = (list: typeof before) =>
    list.map(row => [row.subject, row.dateMs, row.flags, row.from, row.to]).sort()
  expect(outside(visible(await listed(other)))).toEqual(outside(before))
  const again = await runOver(engine, accountId, 'back-catalogue')
  expect(again.job).toMatchObject({ state: 'done', total: 0, done: 0 })

  const undone = await engine.call('inboxEncryption.undo', { accountId })
  expect(undone).toMatchObject({ problem: null, undoable: 0, job: { state: 'done', done: messageCount } })
  const decrypted = await inboxOnDisk(folder, vault)
  expect(decrypted.some(each => each.encrypted)).toBe(false)
  expect(asLines(decrypted)).toEqual(onDisk)
  for (const row of await listed(engine)) {
    const raw = await engine.call('messages.raw', { messageId: row.id })
    expect(sha256(raw.bytes)).toBe(raws.get(row.id))
  }
}, 10_800_000)

test('it may not be switched on without a key, nor without a backup of it', async () => {
  const servers = await start()
  const engine = await openEngine()
  const accountId = await addAccountWithKey(engine, servers)
  const { facts } = await engine.call('keys.generate', {
    name: 'unsaved',
    address: 'alice@rig.test',
    accountId,
    version: 4,
    expiresAtMs: null,
  })
  await engine.call('keys.setSettings', { accountId, change: { key: facts.fingerprint } })
  const on = () => engine.call('inboxEncryption.set', { accountId, on: true })
  await expect(on()).rejects.toMatchObject({ code: 'key-not-backed-up' })
  await engine.call('keys.setSettings', { accountId, change: { key: null } })
  await expect(on()).rejects.toMatchObject({ code: 'no-key' })
  expect(await engine.call('inboxEncryption.status', { accountId })).toMatchObject({ on: false })
})

test('a server without UIDPLUS is refused before anything is touched', async () => {
  const servers = await start({ capability: 'IMAP4rev1 IDLE' })
  const engine = await openEngine()
  const accountId = await addAccountWithKey(engine, servers)
  await expect(engine.call('inboxEncryption.set', { accountId, on: true })).rejects.toMatchObject({
    code: 'capability-missing',
  })
})

test('a mailbox over quota: it pauses and says so; everything is still there once; with room it ends', async () => {
  const servers = await start({ quota: '400k' })
  let size = 0
  const kept = [...difficultMessages(60, 4)].filter(({ raw }) => {
    if (size + raw.length > 180_000) return false
    size += raw.length
    return true
  })
  for (const { raw, receivedAt } of kept) await servers.deliver('alice@rig.test', raw, { receivedAt })
  const filler = `Message-ID: <filler@rig.test>\nSubject: filler\n\n${'filler\n'.repeat(18_000)}`
  await servers.deliver('alice@rig.test', filler, { mailbox: 'Trash' })
  const engine = await openEngine()
  const accountId = await addAccountWithKey(engine, servers)
  await sync(engine)
  await engine.call('inboxEncryption.set', { accountId, on: true })
  const vault = (await engine.vault()).calls
  const folder = servers.maildir('alice@rig.test')
  const before = asLines(await inboxOnDisk(folder, vault))
  const first = await runOver(engine, accountId, 'back-catalogue')
  expect(first).toMatchObject({ problem: { code: 'quota-exceeded' }, job: { state: 'paused' } })
  expect(asLines(await inboxOnDisk(folder, vault))).toEqual(before)
  await sync(engine)
  expect(await listed(engine)).toHaveLength(kept.length)

  const trash = (await engine.call('mailboxes.list', {})).find(each => each.path === 'Trash')!
  const { ids } = await engine.call('messages.index', {
    mailboxId: trash.id,
    role: null,
    unreadOnly: false,
    flaggedOnly: false,
  })
  await engine.call('messages.delete', { ids })
  await sync(engine)
  const { job, problem } = await engine.call('inboxEncryption.resume', { accountId })
  expect({ problem, state: job?.state, failed: job?.failed }).toEqual({
    problem: null,
    state: 'done',
    failed: 0,
  })
  const after = await inboxOnDisk(folder, vault)
  expect(after.every(each => each.encrypted)).toBe(true)
  expect(asLines(after)).toEqual(before)
}, 720_000)

test('two machines with the same key and the switch on: every message is there once, encrypted', async () => {
  const servers = await start()
  const template = newFolder()
  const setUp = await openTestEngine(template)
  const accountId = await addAccountWithKey(setUp, servers)
  await setUp.close()
  const twin = newFolder()
  cpSync(template, twin, { recursive: true })
  const one = await openEngine(template)
  const engines = [one, await openEngine(twin)]
  for (const { raw, receivedAt } of difficultMessages(40, 6))
    await servers.deliver('alice@rig.test', raw, { receivedAt })
  const folder = servers.maildir('alice@rig.test')
  const vault = (await one.vault()).calls
  const before = asLines(await inboxOnDisk(folder, vault))
  for (const engine of engines) {
    await sync(engine)
    await engine.call('inboxEncryption.set', { accountId, on: true })
  }
  await Promise.all(engines.map(engine => runOver(engine, accountId, 'back-catalogue')))
  await Promise.all(engines.map(sync))
  const after = await inboxOnDisk(folder, vault)
  expect(after.every(each => each.encrypted)).toBe(true)
  expect(asLines(after)).toEqual(before)
  for (const engine of engines) expect(await listed(engine)).toHaveLength(40)
})
