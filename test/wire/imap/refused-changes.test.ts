import { afterEach, describe, expect, test } from 'vitest'
import { type EngineWithServers, openEngineWithServers } from '../../support/engine-with-servers'
import { testMessage } from '../../support/sync-profile'

const open: EngineWithServers[] = []
afterEach(async () => {
  for (const each of open.splice(0)) await each.close()
})
async function start(options: Parameters<typeof openEngineWithServers>[0] = {}) {
  const here = await openEngineWithServers(options)
  open.push(here)
  for (let at = 1; at <= 3; at++) here.imap.account.get('INBOX').add(testMessage(at))
  here.imap.account.get('Trash').add(testMessage('old'))
  here.imap.account.add('Projects')
  await here.sync()
  return here
}

/** What servers say with NO: RFC 5530, RFC 9208, RFC 3501, and nothing at all. */
const answers = ['[NOPERM] no right', '[OVERQUOTA] full', '[TRYCREATE] first', '[NONEXISTENT] none', 'no']

type Kind = Readonly<{
  name: string
  /** The commands that are refused. */
  refused: readonly ('UID STORE' | 'UID MOVE' | 'UID EXPUNGE' | 'APPEND' | 'CREATE' | 'RENAME' | 'DELETE')[]
  change(here: EngineWithServers): Promise<unknown>
  /** As people see it here before the change, and once it was given up. */
  seen(here: EngineWithServers): Promise<unknown>
  /** True on the server once the change has reached it. */
  done(here: EngineWithServers): boolean
}>

const inbox = (here: EngineWithServers) => here.imap.account.get('INBOX')
const names = (here: EngineWithServers) => [...here.imap.account.mailboxes.keys()]

const kinds: readonly Kind[] = [
  {
    name: 'set-flags',
    refused: ['UID STORE'],
    change: async here =>
      here.call('messages.setFlags', {
        ids: [await here.only('INBOX', 'message 1')],
        add: ['seen', 'flagged'],
        remove: [],
      }),
    seen: async here => (await here.messages('INBOX')).map(each => [each.subject, each.flags]).toSorted(),
    done: here => inbox(here).messages.some(each => each.flags.has('\\Flagged')),
  },
  {
    name: 'move',
    refused: ['UID MOVE'],
    change: async here => here.call('messages.delete', { ids: [await here.only('INBOX', 'message 2')] }),
    seen: async here => [await here.subjects('INBOX'), await here.subjects('Trash')],
    done: here => inbox(here).messages.length === 2 && here.imap.account.get('Trash').messages.length === 2,
  },
  {
    name: 'expunge',
    refused: ['UID EXPUNGE'],
    change: async here => here.call('messages.delete', { ids: [await here.only('Trash', 'message old')] }),
    seen: async here => [
      await here.subjects('Trash'),
      (await here.messages('Trash')).map(each => each.flags),
    ],
    done: here => here.imap.account.get('Trash').messages.length === 0,
  },
  {
    name: 'create-mailbox',
    refused: ['CREATE'],
    change: here =>
      here.call('mailboxes.create', { accountId: here.accountId, parentId: null, name: 'Made' }),
    seen: async here => (await here.call('mailboxes.list', {})).map(each => each.path).toSorted(),
    done: here => names(here).includes('Made'),
  },
  {
    name: 'rename-mailbox',
    refused: ['RENAME'],
    change: async here =>
      here.call('mailboxes.rename', { mailboxId: (await here.mailbox('Projects')).id, name: 'Renamed' }),
    seen: async here => (await here.call('mailboxes.list', {})).map(each => each.path).toSorted(),
    done: here => names(here).includes('Renamed') && !names(here).includes('Projects'),
  },
  {
    name: 'delete-mailbox',
    refused: ['DELETE'],
    change: async here => here.call('mailboxes.delete', { mailboxId: (await here.mailbox('Projects')).id }),
    seen: async here => (await here.call('mailboxes.list', {})).map(each => each.path).toSorted(),
    done: here => !names(here).includes('Projects'),
  },
]

describe.each(kinds)('a refused $name', ({ name, refused, change, seen, done }) => {
  test.each(answers)('with "NO %s" is shown with these words, and given up it is as before', async words => {
    const here = await start()
    const before = await seen(here)
    const ends = refused.map(command => here.imap.override(command, () => `NO ${words}`))
    await change(here)
    const hidden = await seen(here)
    expect(hidden).not.toEqual(before)
    await here.sync()
    // TRYCREATE and NONEXISTENT at a folder that is there are no reason to make it.
    const [task, ...others] = await here.tasks()
    expect(others).toEqual([])
    expect(task).toMatchObject({ kind: name, state: 'failed', waitsFor: null })
    expect(task?.problem?.detail).toContain(words.replace(/^\[.*\] /, ''))
    // The change itself tells it (a banner, until it is decided), and nothing else does.
    expect(here.notices).toEqual([])
    // It stays as it is until somebody decides.
    await here.sync()
    expect(await here.tasks()).toEqual([task])
    expect(await seen(here)).toEqual(hidden)
    expect(done(here)).toBe(false)

    await here.call('tasks.discard', { taskId: task!.id })
    expect(await here.tasks()).toEqual([])
    await here.sync()
    expect(await seen(here)).toEqual(before)
    expect(inbox(here).messages.some(each => each.flags.has('\\Deleted'))).toBe(false)
    expect(here.imap.account.get('Trash').messages.some(each => each.flags.has('\\Deleted'))).toBe(false)

    // Asked again, and this time let through after a second try.
    await change(here)
    await here.sync()
    for (const end of ends) end()
    await here.call('tasks.retry', { taskId: (await here.tasks())[0]!.id })
    await here.sync()
    expect(await here.tasks()).toEqual([])
    expect(done(here)).toBe(true)
  })
})

describe('what waits behind a folder that cannot be made', () => {
  async function withoutFolders() {
    const here = await openEngineWithServers()
    open.push(here)
    for (const name of ['Sent', 'Drafts', 'Trash', 'Junk', 'Archive']) here.imap.account.delete(name)
    for (let at = 1; at <= 2; at++) here.imap.account.get('INBOX').add(testMessage(at))
    here.imap.override('CREATE', () => 'NO Invalid mailbox name.')
    await here.sync()
    return here
  }

  test('says for what it waits, and giving the folder up brings the mail back', async () => {
    const here = await withoutFolders()
    await here.call('messages.delete', { ids: [await here.only('INBOX', 'message 1')] })
    await here.call('messages.delete', { ids: [await here.only('INBOX', 'message 2')] })
    await here.sync()
    const tasks = await here.tasks()
    expect(tasks.map(each => [each.kind, each.state, each.mailboxName])).toEqual([
      ['create-mailbox', 'failed', 'Trash'],
      ['move', 'queued', 'Trash'],
      ['move', 'queued', 'Trash'],
    ])
    expect(tasks.map(each => each.waitsFor)).toEqual([null, tasks[0]!.id, tasks[0]!.id])
    expect(await here.subjects('INBOX')).toEqual([])
    await here.call('tasks.discard', { taskId: tasks[0]!.id })
    expect(await here.tasks()).toEqual([])
    expect(await here.subjects('INBOX')).toEqual(['message 1', 'message 2'])
    expect((await here.call('mailboxes.list', {})).map(each => each.path)).toEqual(['INBOX'])
    await here.sync()
    expect(await here.subjects('INBOX')).toEqual(['message 1', 'message 2'])
  })

  test('keeps the copy of a sent message and the draft, whatever is given up', async () => {
    const here = await withoutFolders()
    expect(await here.send('kept')).toMatchObject({ state: 'sent' })
    await here.sync()
    const [create, append] = await here.tasks()
    expect([create?.kind, append?.kind]).toEqual(['create-mailbox', 'append'])
    await here.call('tasks.discard', { taskId: create!.id })
    expect(await here.tasks()).toEqual([])
    for (let pass = 0; pass < 3; pass++) await here.sync()
    expect(await here.subjects('Sent')).toEqual(['kept'])
    const detail = await here.call('messages.get', { messageId: await here.only('Sent', 'kept') })
    expect(JSON.stringify(detail)).toContain('A word.')
  })

  test('reaches the server once the folder can be made', async () => {
    const here = await withoutFolders()
    await here.call('messages.delete', { ids: [await here.only('INBOX', 'message 1')] })
    await here.send('copy')
    await here.sync()
    here.imap.override('CREATE', ({ honest }) => honest())
    for (const { id, state } of await here.tasks())
      if (state === 'failed') await here.call('tasks.retry', { taskId: id })
    await here.sync()
    expect(await here.tasks()).toEqual([])
    expect(here.imap.account.get('Trash').messages).toHaveLength(1)
    expect(here.imap.account.get('Sent').messages).toHaveLength(1)
    expect(here.imap.account.get('INBOX').messages).toHaveLength(1)
  })
})

describe('a folder that was removed elsewhere', () => {
  test('is made again for what was put into it here', async () => {
    const here = await start()
    await here.call('messages.move', {
      ids: [await here.only('INBOX', 'message 1')],
      mailboxId: (await here.mailbox('Projects')).id,
    })
    here.imap.account.delete('Projects')
    await here.sync()
    expect(await here.tasks()).toEqual([])
    expect(here.imap.account.get('Projects').messages).toHaveLength(1)
  })

  test('leaves no flag to set and nothing to remove', async () => {
    const here = await start()
    here.imap.account.get('Projects').add(testMessage(9))
    await here.sync()
    await here.call('messages.setFlags', {
      ids: [await here.only('Projects', 'message 9')],
      add: ['seen'],
      remove: [],
    })
    here.imap.account.delete('Projects')
    await here.sync()
    expect(await here.tasks()).toEqual([])
    expect(here.notices).toEqual([])
  })
})

describe('a refused upload', () => {
  test('of a draft: the newest words still reach the server after it was given up', async () => {
    const here = await start()
    const end = here.imap.override('APPEND', () => 'NO [OVERQUOTA] full')
    const draft = await here.call('drafts.create', {
      mode: 'new',
      messageId: null,
      accountId: here.accountId,
    })
    const first = await here.call('drafts.save', {
      draftId: draft.id,
      content: { ...draft.content, subject: 'first' },
      revision: draft.revision,
    })
    await here.sync()
    expect(await here.tasks()).toMatchObject([
      { kind: 'append', state: 'failed', problem: { code: 'quota-exceeded' } },
    ])
    expect(await here.call('drafts.get', { draftId: draft.id })).toMatchObject({ serverState: 'failed' })
    await here.call('tasks.discard', { taskId: (await here.tasks())[0]!.id })
    end()
    await here.call('drafts.save', {
      draftId: draft.id,
      content: { ...first.content, subject: 'second' },
      revision: first.revision,
    })
    await here.sync()
    await here.sync()
    expect(await here.tasks()).toEqual([])
    expect(
      here.imap.account.get('Drafts').messages.map(each => /Subject: (.*)\r/.exec(each.raw.toString())?.[1]),
    ).toEqual(['second'])
    expect(await here.subjects('Drafts')).toEqual(['second'])
  })

  test('of a newer draft: given up, the older one on the server is shown again', async () => {
    const here = await start()
    const draft = await here.call('drafts.create', {
      mode: 'new',
      messageId: null,
      accountId: here.accountId,
    })
    const first = await here.call('drafts.save', {
      draftId: draft.id,
      content: { ...draft.content, subject: 'first' },
      revision: draft.revision,
    })
    await here.sync()
    here.imap.override('APPEND', () => 'NO [NOPERM] no')
    await here.call('drafts.save', {
      draftId: draft.id,
      content: { ...first.content, subject: 'second' },
      revision: first.revision,
    })
    await here.sync()
    expect(await here.subjects('Drafts')).toEqual(['second'])
    await here.call('tasks.discard', { taskId: (await here.tasks())[0]!.id })
    await here.sync()
    expect(await here.subjects('Drafts')).toEqual(['first', 'second'])
  })
})

describe('a change that the server cannot stand', () => {
  test('does not keep the mail of the account away for ever', async () => {
    const here = await start()
    here.imap.override('UID STORE', () => here.imap.disconnectAll())
    await here.call('messages.setFlags', {
      ids: [await here.only('INBOX', 'message 1')],
      add: ['seen'],
      remove: [],
    })
    here.imap.account.get('INBOX').add(testMessage(7))
    for (let run = 0; run < 4; run++) await here.sync()
    expect(await here.subjects('INBOX')).toContain('message 7')
    const [task] = await here.tasks()
    expect(task).toMatchObject({ state: 'waiting', problem: { code: 'connection-lost' } })
    expect(task!.nextAttemptAtMs).toBeGreaterThan(Date.now())
    // Whoever looks sees that it can be tried or given up now.
    await here.call('tasks.discard', { taskId: task!.id })
    expect(await here.tasks()).toEqual([])
  })

  test('is tried again when its time has come or somebody asks, where the server only said "not now"', async () => {
    const here = await start()
    const end = here.imap.override('UID STORE', () => 'NO [UNAVAILABLE] later')
    await here.call('messages.setFlags', {
      ids: [await here.only('INBOX', 'message 1')],
      add: ['seen'],
      remove: [],
    })
    await here.sync()
    expect(await here.tasks()).toMatchObject([{ state: 'waiting', problem: { code: 'server-unavailable' } }])
    end()
    await here.sync()
    expect(await here.tasks()).toEqual([])
    expect(inbox(here).messages[0]?.flags.has('\\Seen')).toBe(true)
  })
})
