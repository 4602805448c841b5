import { describe, expect, test } from 'vitest'
import { type SyncProfile, testMessage } from '../../support/sync-profile'
import { poorCapabilities, richCapabilities, type ScriptedImapServer } from '../support/scripted-imap-server'
import { serverAndProfile } from '../support/server-and-profile'

const startBoth = serverAndProfile()

const start = (capabilities: readonly string[] = richCapabilities) => startBoth({ capabilities })

/** Answers every LIST with these lines; those of one with RETURN may be others. */
function list(server: ScriptedImapServer, plain: readonly string[], extended: readonly string[] = plain) {
  server.override('LIST', ({ command, session }) => {
    for (const line of /RETURN/.test(command.line) ? extended : plain) session.send(`* LIST ${line}\r\n`)
    return 'OK done'
  })
}

const tree = (profile: SyncProfile) => {
  const all = profile.store.mailboxes.list()
  const pathOf = new Map(all.map(each => [each.id, each.path]))
  return all.map(each => [
    each.path,
    each.parentId === null ? null : pathOf.get(each.parentId),
    each.selectable,
  ])
}

describe('parents that are not listed', () => {
  test('appear as levels that cannot be opened, so that equal names can be told apart', async () => {
    const { server, profile } = await start()
    for (const name of ['2025/Bills', '2026/Bills', 'a/b/c/d', 'a/b']) server.account.add(name)
    for (const name of ['Drafts', 'Sent', 'Trash', 'Junk', 'Archive']) server.account.delete(name)
    await profile.pass()
    expect(tree(profile)).toEqual([
      ['2025', null, false],
      ['2025/Bills', '2025', true],
      ['2026', null, false],
      ['2026/Bills', '2026', true],
      ['INBOX', null, true],
      ['a', null, false],
      ['a/b', 'a', true],
      ['a/b/c', 'a/b', false],
      ['a/b/c/d', 'a/b/c', true],
    ])
    expect(server.sent('EXAMINE').filter(line => /"?(2025|2026|a)"?( |$)/.test(line))).toEqual([])
  })

  test('become mailboxes when they are made, and go when nothing is below them any more', async () => {
    const { server, profile } = await start()
    server.account.add('2025/Bills')
    await profile.pass()
    server.account.add('2025')
    await profile.pass()
    expect(profile.mailbox('2025').selectable).toBe(true)
    server.account.delete('2025')
    await profile.pass()
    await profile.pass()
    expect(profile.mailbox('2025').selectable).toBe(false)
    server.account.delete('2025/Bills')
    await profile.pass()
    await profile.pass()
    expect(tree(profile).filter(([path]) => String(path).startsWith('2025'))).toEqual([])
  })

  test('a name with an empty level, and thousands of levels, do no harm', async () => {
    const { server, profile } = await start()
    list(server, ['() "/" INBOX', '() "/" "//x"', '() "/" "/top"', `() "/" "${'d/'.repeat(400)}end"`])
    await profile.sync.runOnce(profile.accountId, null)
    expect(profile.mailbox('/top').selectable).toBe(true)
  })
})

describe('a server whose extended LIST leaves mailboxes out', () => {
  test.each([
    ['all but the subscribed', ['(\\Subscribed) "/" INBOX', '(\\Subscribed) "/" Sent']],
    ['all but the special ones', ['(\\Subscribed \\Sent) "/" Sent']],
    ['everything', []],
  ])('%s: none is hidden', async (_what, extended) => {
    const { server, profile } = await start()
    const plain = ['() "/" INBOX', '() "/" Sent', '() "/" Hidden', '() "/" Hidden/deep']
    server.account.add('Hidden')
    server.account.add('Hidden/deep')
    list(server, plain, extended)
    await profile.pass()
    expect(tree(profile).map(([path]) => path)).toEqual(['Hidden', 'Hidden/deep', 'INBOX', 'Sent'])
    expect(profile.mailbox('Sent').role).toBe('sent')
  })

  test('refused altogether, a plain one is enough', async () => {
    const { server, profile } = await start()
    server.override('LIST', ({ command, honest }) => (/RETURN/.test(command.line) ? 'BAD what?' : honest()))
    expect(await profile.pass()).toMatchObject({ folders: 6 })
  })

  test('a small one is not asked more than twice a pass', async () => {
    const { server, profile } = await start()
    await profile.pass()
    expect(server.sent('LIST')).toHaveLength(2)
  })
})

describe('names that need a prefix', () => {
  const below = ['() "." INBOX', '() "." INBOX.Sent']

  test.each([
    ['told by NAMESPACE', richCapabilities, '(("INBOX." ".")) NIL NIL', ['() "." INBOX']],
    ['without NAMESPACE, seen in the listing', poorCapabilities, '', below],
    ['neither told nor seen: learned from the refusal', poorCapabilities, '', ['() "." INBOX']],
    ['told wrongly: learned from the refusal', richCapabilities, '(("" ".")) NIL NIL', ['() "." INBOX']],
    [
      'NAMESPACE answered with NIL: learned from the refusal',
      richCapabilities,
      'NIL NIL NIL',
      ['() "." INBOX'],
    ],
  ] as const)('%s', async (_how, capabilities, told, listed) => {
    const { server, profile } = await start(capabilities)
    for (const name of ['Drafts', 'Sent', 'Trash', 'Junk', 'Archive']) server.account.delete(name)
    if (listed.length > 1) server.account.add('INBOX.Sent')
    server.override('NAMESPACE', ({ session }) => {
      session.send(`* NAMESPACE ${told}\r\n`)
      return 'OK done'
    })
    server.override('LIST', ({ session }) => {
      for (const name of server.account.mailboxes.keys()) session.send(`* LIST () "." "${name}"\r\n`)
      return 'OK done'
    })
    const ofInbox = /CREATE "?INBOX\./
    server.override('CREATE', ({ command, honest }) =>
      ofInbox.test(command.line) ? honest() : 'NO Invalid mailbox name.',
    )
    await profile.pass()
    const { store, accountId } = profile
    const create = (path: string) => {
      const { id } = store.mailboxes.create({ accountId, path, delimiter: '.', role: 'none' })
      store.tasks.add(accountId, { kind: 'create-mailbox', mailboxId: id })
    }
    // As queued by a version that knew nothing of prefixes, too.
    create('Work')
    await profile.pass()
    expect(profile.mailbox('INBOX.Work')).toMatchObject({ uidValidity: expect.any(Number) })
    expect(store.mailboxes.byPath(accountId, 'Work')).toBeNull()
    expect(store.tasks.list()).toEqual([])
    expect(store.servers.namespaces(accountId)?.personal[0]).toEqual({ prefix: 'INBOX.', delimiter: '.' })
    // Known from now on: the next one is asked for once.
    create('Second')
    await profile.pass()
    expect(server.sent('CREATE').filter(line => line.includes('Second'))).toEqual(['CREATE "INBOX.Second"'])
  })

  test('a refusal that has nothing to do with the place keeps its words', async () => {
    const { server, profile } = await start()
    server.override('CREATE', () => 'NO [OVERQUOTA] too many mailboxes for you')
    await profile.pass()
    const { store, accountId } = profile
    const { id } = store.mailboxes.create({ accountId, path: 'Work', delimiter: '/', role: 'none' })
    store.tasks.add(accountId, { kind: 'create-mailbox', mailboxId: id })
    await profile.sync.runOnce(accountId, null)
    expect(JSON.stringify(store.tasks.list())).toContain('too many mailboxes for you')
    expect(server.sent('CREATE')).toEqual(['CREATE "Work"'])
  })
})

test('namespaces that LIST "" "*" leaves out are asked for, and a huge one is left alone', async () => {
  const { server, profile } = await start()
  server.override('NAMESPACE', ({ session }) => {
    session.send('* NAMESPACE (("" "/")) (("~" "/")) (("#shared/" "/")("#news." "."))\r\n')
    return 'OK done'
  })
  server.override('LIST', ({ command, session, honest }) => {
    if (/"#shared/.test(command.line)) session.send('* LIST () "/" "#shared/Team"\r\n')
    else if (/"#news/.test(command.line))
      for (let at = 0; at < 3_000; at++) session.send(`* LIST () "." "#news.g${at}"\r\n`)
    else if (/"~/.test(command.line)) return 'NO not for you'
    else return honest()
    return 'OK done'
  })
  server.account.add('#shared/Team').add(testMessage('team'))
  await profile.pass()
  expect(profile.subjects('#shared/Team')).toEqual(['message team'])
  expect(profile.store.mailboxes.list().map(each => [each.path, each.namespace])).toEqual(
    expect.arrayContaining([
      ['#shared', 'shared'],
      ['#shared/Team', 'shared'],
      ['Sent', 'personal'],
    ]),
  )
  expect(profile.store.mailboxes.list().filter(each => each.path.startsWith('#news'))).toEqual([])
})

test('a folder of others never becomes Sent, Trash or Drafts of this account', async () => {
  const { server, profile } = await start()
  server.override('NAMESPACE', ({ session }) => {
    session.send('* NAMESPACE (("INBOX." ".")) (("user." ".")) (("" "."))\r\n')
    return 'OK done'
  })
  for (const name of ['Drafts', 'Sent', 'Trash', 'Junk', 'Archive']) server.account.delete(name)
  for (const name of ['Trash', 'user.bob.Sent', 'INBOX.Drafts']) server.account.add(name)
  list(server, ['() "." INBOX', '(\\Trash) "." Trash', '() "." user.bob.Sent', '() "." INBOX.Drafts'])
  await profile.pass()
  const roles = profile.store.mailboxes.rows(profile.accountId).map(row => [row.path, row.role])
  expect(roles).toEqual(
    expect.arrayContaining([
      ['INBOX', 'inbox'],
      ['INBOX.Drafts', 'drafts'],
      ['Trash', 'none'],
      ['user.bob.Sent', 'none'],
    ]),
  )
})

test('what LIST-STATUS shows to be unchanged is not opened; what changed, and the inbox, is', async () => {
  const { server, profile } = await start()
  for (let at = 0; at < 30; at++) server.account.add(`box${at}`).add(testMessage(at))
  await profile.pass()
  const before = server.sent('EXAMINE').length
  server.account.get('box7').add(testMessage('new'))
  server.account.get('box8').setFlags(1, ['\\Flagged'])
  server.account.get('box9').expunge(1)
  expect(await profile.pass()).toMatchObject({ new: 1, folders: 36, messages: 30 })
  const opened = server.sent('EXAMINE').slice(before)
  expect([...new Set(opened.map(line => /"?(INBOX|box\d+|\w+)"? /.exec(line.slice(8))?.[1]))].sort()).toEqual(
    ['INBOX', 'box7', 'box8', 'box9'],
  )
  expect(profile.messages('box8')[0]?.flags).toEqual(['flagged'])
  expect(profile.messages('box9')).toEqual([])
  expect(profile.mailbox('box1').lastSyncedAtMs).toBe(profile.mailbox('box2').lastSyncedAtMs)
})

test('a mailbox that refuses to be opened for now does not hold up the others', async () => {
  const { server, profile } = await start()
  server.account.get('Archive').add(testMessage('archived'))
  server.override('EXAMINE', ({ command, honest }) =>
    /Sent/.test(command.line) ? 'NO [SERVERBUG] Internal error occurred' : honest(),
  )
  const run = await profile.sync.runOnce(profile.accountId, null)
  expect(run.problems).toMatchObject([
    { problem: { code: 'server-unavailable', params: { mailbox: 'Sent' } } },
  ])
  expect(profile.subjects('Archive')).toEqual(['message archived'])
})
