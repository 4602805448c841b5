import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { OutboxItem, TaskSummary } from '../../../shared/features/writing/model'
import { TestProfile } from '../../support/command-line'
import { testMessage } from '../../support/sync-profile'
import { type ScriptedImapServer, startScriptedImapServer } from '../../wire/support/scripted-imap-server'
import { type ScriptedSmtpServer, startScriptedSmtpServer } from '../../wire/support/scripted-smtp-server'

/** What a server refuses, told on the command line. */
describe('refusals on the command line', () => {
  const profile = new TestProfile()
  let imap: ScriptedImapServer
  let smtp: ScriptedSmtpServer
  beforeAll(async () => {
    imap = await startScriptedImapServer()
    smtp = await startScriptedSmtpServer()
    await profile.create()
    await profile.json(
      ...['account', 'add', '--address', 'alice@rig.test', '--imap', `tls://localhost:${imap.port}`],
      ...['--smtp', `tls://localhost:${smtp.port}`, '--ca', profile.file('ca.pem', `${imap.ca}\n${smtp.ca}`)],
      ...['--password-file', profile.file('password', 'alice-pw')],
    )
    await profile.json('transport', 'lookups', 'off')
    imap.account.delete('Trash')
    imap.account.get('INBOX').add(testMessage(1))
    await profile.json('sync')
  })
  afterAll(async () => {
    await profile.remove()
    await imap.stop()
    await smtp.stop()
  })
  const subjects = async (folder: string) =>
    (await profile.json<{ subject: string; id: number }[]>('list', `alice@rig.test/${folder}`)).map(
      each => each.subject,
    )

  test('sync tells of changes that cannot reach the server, with its words, and ends with 1', async () => {
    const end = imap.override('CREATE', () => 'NO [NOPERM] not in this place')
    const [{ id } = { id: 0 }] = await profile.json<{ id: number }[]>('list', 'alice@rig.test/INBOX')
    await profile.json('delete', String(id))
    const told = await profile.run('sync')
    expect(told.exitCode).toBe(1)
    expect(told.stderr).toContain('create-mailbox Trash')
    expect(told.stderr).toContain('not in this place')
    expect(told.stderr).toMatch(/move Trash \(1 messages\): waits for \d+/)
    // Again, for as long as nobody has decided.
    const again = await profile.run('sync', '--json')
    expect(again.exitCode).toBe(1)
    const { refused } = JSON.parse(again.stdout) as { refused: TaskSummary[] }
    expect(refused.map(each => [each.kind, each.state])).toEqual([
      ['create-mailbox', 'failed'],
      ['move', 'queued'],
    ])
    expect(await subjects('INBOX')).toEqual([])

    await profile.json('tasks', '--retry', 'all')
    expect((await profile.run('sync')).exitCode).toBe(1)
    expect(await profile.json('tasks', '--discard', String(refused[0]!.id))).toEqual([])
    expect(await subjects('INBOX')).toEqual(['message 1'])
    end()
    const quiet = await profile.run('sync')
    expect([quiet.exitCode, quiet.stderr]).toEqual([0, ''])
  })

  test('the outbox says where a message was refused, and with which words', async () => {
    const end = smtp.override('EHLO', '550 5.7.1 your name is not liked')
    const endToo = smtp.override('HELO', '550 5.7.1 your name is not liked')
    const sent = await profile.run(
      ...['send', '--from', 'alice@rig.test', '--to', 'bob@rig.test', '--subject', 'Hello'],
      ...['--text-file', profile.file('text', 'Text\n')],
    )
    expect(sent.exitCode).toBe(1)
    expect(sent.stderr).toContain('550 5.7.1 your name is not liked, at EHLO')
    expect((await profile.run('outbox')).stdout).toContain(
      'server-refused (at EHLO): 550 5.7.1 your name is not liked',
    )
    const [item] = await profile.json<OutboxItem[]>('outbox')
    expect(item?.problem).toMatchObject({ stage: 'ehlo' })
    end()
    endToo()
    const [after] = await profile.json<OutboxItem[]>('outbox', '--retry', String(item!.id))
    expect(after).toMatchObject({ state: 'sent' })
  })

  test('the choice of copies of sent mail is made and shown', async () => {
    type Listed = { sentCopies: string; filesSentMail: boolean }[]
    expect(await profile.json<Listed>('account', 'list')).toMatchObject([
      { sentCopies: 'automatic', filesSentMail: false },
    ])
    await profile.json('account', 'sent-copies', 'alice@rig.test', 'never')
    expect(await profile.json<Listed>('account', 'list')).toMatchObject([{ sentCopies: 'never' }])
    expect((await profile.run('account', 'sent-copies', 'alice@rig.test', 'maybe')).exitCode).toBe(2)
  })

  test('import names each file that was left out, and ends with 1 where that may be mail', async () => {
    const path = join(profile.directory, 'mails')
    mkdirSync(path)
    writeFileSync(join(path, 'a.eml'), 'From x Mon Nov 23 18:09:47 2026\nSubject: a\n\ntext\n')
    writeFileSync(join(path, 'photo.eml'), Buffer.from([0x89, 0x50, 0x4e, 0x47]))
    const done = await profile.run('import', path, '--into', 'local/Old')
    expect([done.exitCode, done.stdout]).toEqual([1, 'Imported 1, skipped 0 that were there already.\n'])
    expect(done.stderr).toBe('Not imported: photo.eml (there is no mail header in it)\n')
    const out = join(profile.directory, 'maildir')
    expect(await profile.json('export', 'local/Old', out, '--format', 'maildir')).toEqual({ exported: 1 })
    expect(await profile.json('import', out, '--into', 'local/Old')).toMatchObject({
      imported: 0,
      skipped: 1,
    })
  })
})
