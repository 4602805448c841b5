import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { connect } from 'node:tls'
import { afterEach, describe, expect, test } from 'vitest'
import type { MailboxSummary } from '../../../shared/features/mail/model'
import { startCourier } from '../../rig/courier-server'
import { type ImapServer, startCyrus } from '../../rig/cyrus-server'
import { startMailServers } from '../../rig/mail-servers'
import { openTestEngine } from '../../support/engine-in-test'
import { readPem, SyncProfile, testMessage } from '../../support/sync-profile'
import { startScriptedSmtpServer } from '../../wire/support/scripted-smtp-server'

const startDovecot = async (prefix: string, separator: string): Promise<ImapServer> => {
  const servers = await startMailServers({ namespace: { prefix, separator } })
  return { port: servers.imapsPort, ca: readPem(servers.caFile), stop: servers.stop }
}

const servers: readonly { name: string; prefix: string; separator: string; start(): Promise<ImapServer> }[] =
  [
    {
      name: 'Dovecot below INBOX.',
      prefix: 'INBOX.',
      separator: '.',
      start: () => startDovecot('INBOX.', '.'),
    },
    { name: 'Dovecot below mail/', prefix: 'mail/', separator: '/', start: () => startDovecot('mail/', '/') },
    {
      name: 'Dovecot below two levels',
      prefix: 'my/mail/',
      separator: '/',
      start: () => startDovecot('my/mail/', '/'),
    },
    { name: 'Cyrus without altnamespace', prefix: 'INBOX.', separator: '.', start: startCyrus },
    { name: 'Courier', prefix: 'INBOX.', separator: '.', start: startCourier },
  ]

const cleanups: (() => unknown)[] = []
afterEach(async () => {
  for (const cleanup of cleanups.splice(0).reverse()) await cleanup()
})

/** The whole program on a new profile, signed in as alice, on a server that has INBOX with three messages and no more. */
async function open(server: ImapServer) {
  cleanups.push(server.stop)
  const smtp = await startScriptedSmtpServer({ extensions: ['8BITMIME', 'SIZE 50000000'] })
  const directory = mkdtempSync(join(tmpdir(), 'siegel-namespace-'))
  const engine = await openTestEngine(directory)
  cleanups.push(async () => {
    await engine.close()
    await smtp.stop()
    rmSync(directory, { recursive: true, force: true })
  })
  const other = new SyncProfile(server)
  cleanups.push(() => other.remove())
  const session = await other.connect()
  for (const number of [1, 2, 3])
    await session.append('INBOX', Buffer.from(testMessage(number)), { flags: [], internalDateMs: null })
  await session.logout()
  const { id: accountId } = await engine.call('accounts.add', {
    config: {
      address: 'alice@rig.test',
      displayName: 'Alice',
      services: {
        mail: {
          userName: 'alice@rig.test',
          imap: { host: 'localhost', port: server.port, security: 'tls' },
          smtp: { host: 'localhost', port: smtp.port, security: 'tls' },
          caPem: `${server.ca}\n${smtp.ca}`,
        },
      },
    },
    password: 'alice-pw',
  })
  const mailboxes = () => engine.call('mailboxes.list', {})
  return {
    engine,
    other,
    accountId,
    mailboxes,
    sync: () => engine.call('sync.run', { accountId: null, mailboxId: null }),
    async mailbox(path: string): Promise<MailboxSummary> {
      const found = (await mailboxes()).find(each => each.path === path)
      if (!found)
        throw new Error(`no mailbox ${path}: ${(await mailboxes()).map(each => each.path).join(' ')}`)
      return found
    },
    async idOf(subject: string) {
      const { ids } = await engine.call('messages.index', {
        mailboxId: null,
        role: 'inbox',
        unreadOnly: false,
        flaggedOnly: false,
      })
      const found = (await engine.call('messages.summaries', { ids })).find(each => each.subject === subject)
      if (!found) throw new Error(`no message ${subject}`)
      return found.id
    },
  }
}

describe.each(servers)('$name', ({ prefix, separator, start }) => {
  test('what is made here is made in the namespace of the account, and reaches the server', async () => {
    const { engine, other, accountId, sync, mailboxes, mailbox, idOf } = await open(await start())
    await sync()
    // With mail and nothing else, and before the first of them is made.
    const draft = await engine.call('drafts.create', { mode: 'new', messageId: null, accountId })
    const content = {
      ...draft.content,
      to: [{ name: '', address: 'bob@example.org' }],
      subject: 'sent',
      text: 'x',
    }
    await engine.call('drafts.save', { draftId: draft.id, content, revision: draft.revision })
    await engine.call('outbox.send', { draftId: draft.id, passphrase: null })
    const unfinished = await engine.call('drafts.create', { mode: 'new', messageId: null, accountId })
    await engine.call('drafts.save', {
      draftId: unfinished.id,
      content: { ...content, subject: 'unfinished' },
      revision: unfinished.revision,
    })
    await engine.call('messages.delete', { ids: [await idOf('message 1')] })
    await engine.call('messages.archive', { ids: [await idOf('message 2')] })
    await engine.call('mailboxes.create', { accountId, parentId: null, name: 'Arbeit' })
    await sync()
    await sync()
    expect(await engine.call('tasks.list', {})).toEqual([])
    const work = await mailbox(`${prefix}Arbeit`)
    const inside = await engine.call('mailboxes.create', { accountId, parentId: work.id, name: 'Rechnungen' })
    await engine.call('messages.move', { ids: [await idOf('message 3')], mailboxId: inside.id })
    await engine.call('mailboxes.rename', { mailboxId: work.id, name: 'Büro' })
    const run = await sync()
    expect(await engine.call('tasks.list', {})).toEqual([])
    expect(run.problems).toEqual([])
    await sync()
    expect(await engine.call('tasks.list', {})).toEqual([])

    // What another program sees there.
    await other.pass()
    const roles = other.store.mailboxes
      .rows(other.accountId)
      .filter(row => row.role !== 'none')
      .map(row => [row.path, row.role, row.path === 'INBOX' ? [] : other.subjects(row.path)])
    expect(roles).toEqual(
      expect.arrayContaining([
        ['INBOX', 'inbox', []],
        [`${prefix}Archive`, 'archive', ['message 2']],
        [`${prefix}Drafts`, 'drafts', ['unfinished']],
        [`${prefix}Sent`, 'sent', ['sent']],
        [`${prefix}Trash`, 'trash', ['message 1']],
      ]),
    )
    expect(other.subjects('INBOX')).toEqual([])
    expect(other.subjects(`${prefix}Büro${separator}Rechnungen`)).toEqual(['message 3'])
    const own = (await mailboxes()).filter(each => each.namespace === 'personal' && each.path !== 'INBOX')
    // "mail" of "mail/" is itself no place for mail, but some list it.
    expect(
      own.filter(({ path }) => !path.startsWith(prefix) && !prefix.startsWith(path + separator)),
    ).toEqual([])
  })
})

test('shared mailboxes of Dovecot are shown as such, play no part, and nothing is made or renamed among them', async () => {
  const { engine, accountId, sync, mailbox, mailboxes } = await open(await startDovecot('INBOX.', '.'))
  await sync()
  const shared = await mailbox('Public.All')
  expect((await mailboxes()).map(each => [each.path, each.namespace, each.selectable])).toEqual(
    expect.arrayContaining([
      ['INBOX', 'personal', true],
      ['Public', 'shared', false],
      ['Public.All', 'shared', true],
    ]),
  )
  await expect(
    engine.call('mailboxes.create', { accountId, parentId: shared.id, name: 'Mine' }),
  ).rejects.toMatchObject({ code: 'unsupported' })
  await expect(engine.call('mailboxes.rename', { mailboxId: shared.id, name: 'Mine' })).rejects.toMatchObject(
    { code: 'unsupported' },
  )
})

/** Says commands as bob, each after the answer to the one before. */
async function asBob(server: ImapServer, commands: readonly string[]): Promise<void> {
  const socket = connect({ port: server.port, host: '127.0.0.1', servername: 'localhost', ca: server.ca })
  const lines = createInterface({ input: socket })
  const queue = ['LOGIN bob@rig.test bob-pw', ...commands]
  let sent = 0
  for await (const line of lines) {
    if (/^\* OK/.test(line) && sent === 0) socket.write(`a${++sent} ${queue.shift()}\r\n`)
    if (!line.startsWith(`a${sent} `)) continue
    expect(line).toContain(`a${sent} OK`)
    const next = queue.shift()
    if (next === undefined) break
    socket.write(`a${++sent} ${next}\r\n`)
  }
  socket.destroy()
}

test('mailboxes of other users of Cyrus are shown as such and play no part', async () => {
  const server = await startCyrus()
  await asBob(server, ['CREATE INBOX.Sent', 'SETACL INBOX.Sent alice@rig.test lrs'])
  const { sync, mailboxes } = await open(server)
  await sync()
  const listed = (await mailboxes()).map(each => [each.path, each.namespace, each.role])
  expect(listed).toEqual(
    expect.arrayContaining([
      ['INBOX', 'personal', 'inbox'],
      ['user.bob.Sent', 'others', 'none'],
    ]),
  )
})
