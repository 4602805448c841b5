import { mkdirSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type MailServers, startMailServers } from '../rig/mail-servers'
import { addRigAccount, type ListedMessage, TestProfile } from '../support/command-line'

type Folder = { folder: string; role: string; total: number; unread: number; window: unknown }

describe('what the window can do to mail, the command line does on a real server', () => {
  let servers: MailServers
  const alice = new TestProfile()
  beforeAll(async () => {
    servers = await startMailServers()
    await alice.create()
    await addRigAccount(alice, servers, 'alice')
    await alice.json('sync')
    for (const subject of ['One', 'Two'])
      await alice.json(
        ...['send', '--from', 'alice@rig.test', '--to', 'alice@rig.test', '--subject', subject],
        ...['--text-file', alice.file('text', 'Text\n'), '--attach', alice.file('note.txt', 'A note\n')],
      )
    await alice.json('sync')
  }, 360_000)
  afterAll(async () => {
    await servers?.stop()
    await alice.remove()
  })
  const folder = async (name: string) =>
    (await alice.json<Folder[]>('folders')).find(each => each.folder === `alice@rig.test/${name}`)
  const list = (name: string) => alice.json<ListedMessage[]>('list', `alice@rig.test/${name}`)
  const found = async (name: string, subject: string) => {
    const message = (await list(name)).find(each => each.subject === subject)
    if (!message) throw new Error(`${subject} is not in ${name}`)
    return String(message.id)
  }
  const nothingWaits = async () => {
    await alice.json('sync')
    expect(await alice.json('tasks')).toEqual([])
  }

  test('archive, junk and back, and the folders of both', async () => {
    await alice.json('archive', await found('INBOX', 'One'))
    await alice.json('junk', await found('INBOX', 'Two'))
    await nothingWaits()
    expect((await list('Archive')).map(each => each.subject)).toEqual(['One'])
    expect((await folder('Archive'))?.role).toBe('archive')
    await alice.json('junk', await found('Junk', 'Two'), '--not')
    await nothingWaits()
    expect((await list('INBOX')).map(each => each.subject)).toEqual(['Two'])
    expect((await alice.failure('archive', '4711')).code).toBe('not-found')
  }, 360_000)

  test('folders are made, renamed, marked, chosen for a part, emptied and removed', async () => {
    await alice.json('folder', 'create', 'alice@rig.test/Bills')
    await alice.json('folder', 'create', 'alice@rig.test/Bills/2026')
    await alice.json('folder', 'rename', 'alice@rig.test/Bills/2026', 'Old')
    await alice.json('folder', 'window', 'alice@rig.test/Bills', '3')
    expect((await folder('Bills'))?.window).toEqual({ kind: 'months', months: 3 })
    await nothingWaits()
    expect(await folder('Bills/Old')).toBeDefined()
    await alice.json('folder', 'mark-read', 'alice@rig.test/INBOX')
    expect((await folder('INBOX'))?.unread).toBe(0)

    await alice.json('folder', 'use', 'alice@rig.test/Bills/Old', '--as', 'archive')
    await alice.json('archive', await found('INBOX', 'Two'))
    await nothingWaits()
    expect((await list('Bills/Old')).map(each => each.subject)).toEqual(['Two'])
    await alice.json('folder', 'use', 'alice@rig.test/Bills/Old', '--as', 'automatic')
    await nothingWaits()
    expect((await folder('Archive'))?.role).toBe('archive')
    expect((await folder('Bills/Old'))?.role).toBe('none')

    await alice.json('delete', await found('Bills/Old', 'Two'))
    expect((await alice.run('folder', 'empty', 'alice@rig.test/Trash')).exitCode).toBe(2)
    await alice.json('folder', 'empty', 'alice@rig.test/Trash', '--yes')
    await alice.json('folder', 'delete', 'alice@rig.test/Bills/Old', '--yes')
    await nothingWaits()
    expect(await folder('Bills/Old')).toBeUndefined()
    expect((await folder('Trash'))?.total).toBe(0)
    expect((await alice.failure('folder', 'empty', 'alice@rig.test/INBOX', '--yes')).code).toBe('unsupported')
  }, 360_000)

  test('reading: conversation, source, addresses, one attachment', async () => {
    const id = await found('Archive', 'One')
    expect((await alice.json<ListedMessage[]>('thread', id)).map(each => each.subject)).toContain('One')
    expect((await alice.json<{ text: string }>('source', id)).text).toContain('Subject: One')
    expect(JSON.stringify(await alice.json('addresses', 'alice'))).toContain('alice@rig.test')
    const [part] = await alice.json<{ partId: string }[]>('attachments', id)
    const saved = join(alice.directory, 'saved')
    mkdirSync(saved)
    const { saved: paths } = await alice.json<{ saved: string[] }>(
      ...['attachments', id, '--part', part?.partId ?? '', '--save', saved],
    )
    expect(paths).toHaveLength(1)
    expect(readdirSync(saved)).toHaveLength(1)
  }, 360_000)

  test('a draft is shown, gets and loses a file, is sent or thrown away', async () => {
    const write = (subject: string) =>
      alice.json<{ draftId: string }>(
        ...['compose', '--from', 'alice@rig.test', '--to', 'alice@rig.test', '--subject', subject],
        ...['--text-file', alice.file('text', 'Text\n')],
      )
    const { draftId } = await write('Third')
    const [file] = await alice.json<{ id: number }[]>(
      ...['drafts', 'attach', draftId, alice.file('more.txt', 'more\n')],
    )
    expect(await alice.json<object>('drafts', 'show', draftId)).toMatchObject({
      content: { subject: 'Third' },
      attachments: [{ fileName: 'more.txt' }],
    })
    expect(await alice.json('drafts', 'detach', draftId, String(file?.id))).toEqual([])
    expect(await alice.json('drafts', 'send', draftId)).toMatchObject({ state: 'sent' })
    const other = await write('Never')
    await alice.json('drafts', 'discard', other.draftId)
    expect(await alice.json('drafts', 'list')).toEqual([])
    expect((await alice.failure('drafts', 'show', other.draftId)).code).toBe('not-found')
  }, 360_000)

  test('an account is changed, and other servers do not get its password', async () => {
    await alice.json('account', 'update', 'alice@rig.test', '--name', 'Alice Example')
    expect(await alice.json('account', 'list')).toMatchObject([{ name: 'Alice Example' }])
    expect((await alice.run('account', 'update', 'alice@rig.test')).exitCode).toBe(2)
    await alice.json('account', 'set-password', 'alice@rig.test', '--password-file', alice.file('pw', 'no\n'))
    expect((await alice.failure('sync')).code).toBe('login-refused')
    await alice.json(
      ...['account', 'set-password', 'alice@rig.test', '--password-file', alice.file('pw', 'alice-pw\n')],
    )
    await alice.json('sync')
    expect(await alice.json('settings', 'lockAfterIdleMinutes=7')).toMatchObject({ lockAfterIdleMinutes: 7 })
    expect(await alice.json('settings')).toMatchObject({ lockAfterIdleMinutes: 7 })
  }, 360_000)

  test('the key of a profile changes its passphrase, and a key of one’s own gets one and goes', async () => {
    const passphrase = alice.file('new', 'quite another battery staple 77\n')
    const own = await alice.json<{ facts: { fingerprint: string } }>('keys', 'generate', 'alice@rig.test')
    const key = own.facts.fingerprint
    await alice.json('keys', 'set-passphrase', key, '--new-passphrase-file', passphrase, '--yes')
    await alice.json('keys', 'set-passphrase', key, '--key-passphrase-file', passphrase, '--none', '--yes')
    expect((await alice.run('keys', 'remove', key)).exitCode).toBe(2)
    await alice.json('keys', 'remove', key, '--yes')
    await alice.json('profile', 'custody', 'passphrase', '--new-passphrase-file', passphrase)
    expect((await alice.failure('folders')).code).toBe('wrong-passphrase')
  }, 360_000)
})
