import { createHash } from 'node:crypto'
import { mkdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type MailServers, startMailServers } from '../../rig/mail-servers'
import { addRigAccount, type ListedMessage, runCommandLine, TestProfile } from '../../support/command-line'

const hash = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex')

describe('two people write to each other from the command line', () => {
  let servers: MailServers
  const alice = new TestProfile()
  const bob = new TestProfile()

  beforeAll(async () => {
    servers = await startMailServers()
    await alice.create()
    await bob.create()
    await addRigAccount(alice, servers, 'alice')
    await addRigAccount(bob, servers, 'bob', 'starttls')
  })
  afterAll(async () => {
    await servers?.stop()
    await alice.remove()
    await bob.remove()
  })

  const inbox = (profile: TestProfile, name: string) =>
    profile.json<ListedMessage[]>('list', `${name}@rig.test/INBOX`)

  test('the connection test goes through every step on both servers', async () => {
    const report = await alice.json<{ ok: boolean; imap: { steps: { step: string; outcome: string }[] } }>(
      'account',
      'test',
      'alice@rig.test',
    )
    expect(report.ok).toBe(true)
    expect(report.imap.steps.map(each => each.step)).toEqual([
      'name',
      'port',
      'tls',
      'certificate',
      'login',
      'capability',
    ])
  })

  test('a message with an attachment arrives, is read, searched and its attachment saved byte for byte', async () => {
    const attachment = Buffer.from(Array.from({ length: 70_000 }, (_, at) => (at * 31) % 251))
    const sent = await alice.json<{ state: string; messageId: string }>(
      'send',
      '--from',
      'alice@rig.test',
      '--to',
      'Bob <bob@rig.test>',
      '--subject',
      'Grüße aus Köln',
      '--text-file',
      alice.file('text', 'Lieber Bob,\n\ndie Unterlagen liegen bei. Stichwort Zwergspringmaus.\n'),
      '--attach',
      alice.file('../../etc/Plan: neu?.bin'.split('/').pop() ?? '', attachment),
    )
    expect(sent.state).toBe('sent')

    const totals = await bob.json<{
      new: number
      messages: number
      folders: number
      bytes: number
      elapsedMs: number
    }>('sync')
    expect(totals).toMatchObject({ new: 1, messages: 1 })
    expect(Object.keys(totals)).toEqual(
      expect.arrayContaining(['folders', 'messages', 'new', 'bytes', 'elapsedMs']),
    )

    const [message] = await inbox(bob, 'bob')
    expect(message).toMatchObject({
      messageId: sent.messageId,
      subject: 'Grüße aus Köln',
      hasAttachments: true,
      folder: 'bob@rig.test/INBOX',
      flags: [],
    })
    expect(message?.from).toContain('alice@rig.test')
    expect(message?.date).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:00\.000Z$/)

    const found = await bob.json<ListedMessage[]>('search', 'zwergspring')
    expect(found.map(each => each.id)).toEqual([message?.id])

    const saveTo = join(bob.directory, 'saved')
    mkdirSync(saveTo)
    const { saved } = await bob.json<{ saved: string[] }>(
      'attachments',
      String(message?.id),
      '--save',
      saveTo,
    )
    expect(saved).toHaveLength(1)
    expect(hash(readFileSync(saved[0] ?? ''))).toBe(hash(attachment))
  })

  test('an answer threads, marks the original as answered on the server, and lands in Sent', async () => {
    const [original] = await inbox(bob, 'bob')
    await bob.json(
      'send',
      '--reply-to-message',
      String(original?.id),
      '--text-file',
      bob.file('answer', 'Danke!\n'),
    )
    await bob.json('sync')
    const [answered] = await inbox(bob, 'bob')
    expect(answered?.flags).toContain('answered')
    const sentMail = await bob.json<ListedMessage[]>('list', 'bob@rig.test/Sent')
    expect(sentMail.map(each => [each.subject, each.pending])).toEqual([['Re: Grüße aus Köln', false]])

    await alice.json('sync')
    const [reply] = await inbox(alice, 'alice')
    const headers = await alice.run('show', String(reply?.id), '--headers')
    expect(headers.stdout).toContain(`In-Reply-To: <${original?.messageId}>`)

    // Another device sees the flag too.
    const other = new TestProfile()
    await other.create()
    await addRigAccount(other, servers, 'bob')
    await other.json('sync')
    expect((await inbox(other, 'bob'))[0]?.flags).toContain('answered')
    await other.remove()
  })

  test('marks, moves, deletes and undo are kept while the server is down and replayed when it is back', async () => {
    for (const at of [1, 2, 3])
      await servers.deliver(
        'alice@rig.test',
        `From: x@example.org\r\nMessage-ID: <q${at}@example.org>\r\nSubject: Queue ${at}\r\n\r\nBody ${at}\r\n`,
      )
    await alice.json('sync')
    const byIds = (await inbox(alice, 'alice')).filter(each => each.subject.startsWith('Queue'))
    const idOf = (subject: string) => String(byIds.find(each => each.subject === subject)?.id)

    await servers.stopImap()
    await alice.json('mark', idOf('Queue 1'), '--seen', '--flagged')
    await alice.json('move', idOf('Queue 2'), 'alice@rig.test/Archive')
    await alice.json('delete', idOf('Queue 3'))
    await alice.json('undo')
    const offline = await alice.failure('sync')
    expect(['connection-refused', 'server-unavailable', 'connection-lost']).toContain(offline.code)
    expect(
      (await alice.json<ListedMessage[]>('list', 'alice@rig.test/Archive')).map(each => [
        each.subject,
        each.pending,
      ]),
    ).toEqual([['Queue 2', true]])
    expect((await alice.json<ListedMessage[]>('search', 'Body 1')).length).toBeGreaterThan(0)

    await servers.startImap()
    await alice.json('sync')
    expect(await alice.json<unknown[]>('tasks')).toEqual([])

    const other = new TestProfile()
    await other.create()
    await addRigAccount(other, servers, 'alice')
    await other.json('sync')
    const now = await inbox(other, 'alice')
    expect(now.find(each => each.subject === 'Queue 1')?.flags.sort()).toEqual(['flagged', 'seen'])
    expect(now.map(each => each.subject)).toContain('Queue 3')
    expect(
      (await other.json<ListedMessage[]>('list', 'alice@rig.test/Archive')).map(each => each.subject),
    ).toEqual(['Queue 2'])
    expect(await other.json<unknown[]>('list', 'alice@rig.test/Trash')).toEqual([])
    await other.remove()
  })

  test('a refused recipient stops the whole message and says who; nothing reaches the others', async () => {
    const before = (await bob.json<{ messages: number }>('sync')).messages
    const error = await alice.failure(
      'send',
      '--to',
      'bob@rig.test',
      '--to',
      'reject@rig.test',
      '--subject',
      'Half',
      '--text-file',
      alice.file('half', 'x\n'),
    )
    expect(error.code).toBe('recipient-refused')
    expect(error.message).toContain('reject@rig.test')
    expect((await bob.json<{ messages: number }>('sync')).messages).toBe(before)
  })

  test('a wrong password, a wrong profile passphrase and a certificate nobody knows are each named', async () => {
    const stranger = new TestProfile()
    await stranger.create()
    const password = stranger.file('pw', 'wrong\n')
    await stranger.json(
      'account',
      'add',
      '--address',
      'alice@rig.test',
      '--imap',
      `tls://127.0.0.1:${servers.imapsPort}`,
      '--smtp',
      `tls://127.0.0.1:${servers.smtpsPort}`,
      '--password-file',
      password,
      '--ca',
      servers.caFile,
    )
    expect((await stranger.failure('sync')).code).toBe('login-refused')
    await stranger.json('account', 'remove', 'alice@rig.test')
    await stranger.json(
      'account',
      'add',
      '--address',
      'alice@rig.test',
      '--imap',
      `tls://127.0.0.1:${servers.imapsPort}`,
      '--smtp',
      `tls://127.0.0.1:${servers.smtpsPort}`,
      '--password-file',
      password,
    )
    expect((await stranger.failure('sync')).code).toBe('certificate-refused')
    const wrong = stranger.file('bad', 'not the passphrase\n')
    const outcome = await runCommandLine([
      'list',
      'alice@rig.test/INBOX',
      '--json',
      '--profile',
      stranger.profile,
      '--passphrase-file',
      wrong,
    ])
    expect(JSON.parse(outcome.stdout).error.code).toBe('wrong-passphrase')
    await stranger.remove()
  })
})
