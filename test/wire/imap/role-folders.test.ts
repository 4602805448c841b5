import { describe, expect, test } from 'vitest'
import { roleMailbox } from '../../../electron/engine/kit/mailboxes/role-mailbox'
import type { MailboxRole } from '../../../shared/features/mail/model'
import { type SyncProfile, testMessage } from '../../support/sync-profile'
import type { ScriptedImapServer } from '../support/scripted-imap-server'
import { serverAndProfile } from '../support/server-and-profile'

const start = serverAndProfile()
const standard = ['Drafts', 'Sent', 'Trash', 'Junk', 'Archive']

/** A server with these mailboxes; `levels` are listed as \Noselect and are nothing else. */
function holds(server: ScriptedImapServer, names: readonly string[], levels: readonly string[] = []) {
  for (const name of standard) server.account.delete(name)
  for (const name of names) server.account.add(name)
  server.override('LIST', ({ session }) => {
    for (const name of levels)
      if (!server.account.mailboxes.has(name)) session.send(`* LIST (\\Noselect) "/" "${name}"\r\n`)
    for (const name of server.account.mailboxes.keys()) session.send(`* LIST () "/" "${name}"\r\n`)
    return 'OK done'
  })
}

/** As `messages.archive` and `messages.delete` do it. */
function moveAll(profile: SyncProfile, role: MailboxRole) {
  const { store, accountId } = profile
  store.transaction(() => {
    const toMailboxId = roleMailbox(store, accountId, role)
    if (toMailboxId === null) throw new Error(role)
    const items = store.messages.moveLocally(
      profile.messages('INBOX').map(({ id }) => id),
      toMailboxId,
    )
    store.tasks.add(accountId, { kind: 'move', items, toMailboxId })
  })
}

async function archivesInto(profile: SyncProfile, path: string, role: MailboxRole = 'archive') {
  moveAll(profile, role)
  await profile.pass()
  await profile.pass()
  expect(profile.store.tasks.list()).toEqual([])
  expect(profile.subjects(path)).toEqual(['message 1'])
  expect(profile.mailbox(path)).toMatchObject({ role, selectable: true })
  expect(profile.store.mailboxes.rows(profile.accountId).filter(row => row.role === role)).toHaveLength(1)
}

describe('a part finds its folder', () => {
  test.each([
    ['archive', 'Archive', 'Archive'],
    ['archive', 'Archiv', 'Archiv'],
    ['archive', 'Archives', 'Archives'],
    ['trash', 'Gelöschte Elemente', 'Gelöschte Elemente'],
    ['trash', 'Corbeille', 'Corbeille'],
    ['junk', 'Spamverdacht', 'Spamverdacht'],
  ] as const)('%s is what is called %s, though the server says nothing', async (role, name, path) => {
    const { server, profile } = await start({}, each => holds(each, [name]))
    server.account.get('INBOX').add(testMessage(1))
    await profile.pass()
    await archivesInto(profile, path, role)
    expect(server.sent('CREATE')).toEqual([])
  })

  test('a level without mail that the server makes a mailbox of, becomes it', async () => {
    const { server, profile } = await start({}, each => holds(each, ['Archive/2024'], ['Archive']))
    server.account.get('INBOX').add(testMessage(1))
    await profile.pass()
    await archivesInto(profile, 'Archive')
  })

  test('of one that it does not, another name is taken; what lies below it stays where it is', async () => {
    const { server, profile } = await start({}, each => holds(each, ['Archive/2024'], ['Archive']))
    server.override('CREATE', ({ command, honest }) =>
      /"?Archive"?$/.test(command.line.trim()) ? 'NO [ALREADYEXISTS] Mailbox exists' : honest(),
    )
    server.account.get('INBOX').add(testMessage(1))
    await profile.pass()
    await archivesInto(profile, 'Archives')
    expect(profile.mailbox('Archive/2024').selectable).toBe(true)
    expect(profile.mailbox('Archive').selectable).toBe(false)
  })

  test('asked for twice before the server was met, it is made once', async () => {
    const { server, profile } = await start({}, each => holds(each, ['Archive/2024'], ['Archive']))
    server.account.get('INBOX').add(testMessage(1))
    await profile.pass()
    moveAll(profile, 'archive')
    moveAll(profile, 'archive')
    expect(profile.store.tasks.list().filter(each => each.kind === 'create-mailbox')).toHaveLength(1)
  })

  test('one made here a moment ago is taken, not made again', async () => {
    const { profile } = await start({}, each => holds(each, []))
    await profile.pass()
    const { store, accountId } = profile
    const { id } = store.mailboxes.create({ accountId, path: 'Archiv', delimiter: '/', role: 'none' })
    expect(store.transaction(() => roleMailbox(store, accountId, 'archive'))).toBe(id)
  })

  test('the choice of the user stands after a listing and follows a renaming, until it is taken back', async () => {
    const { profile } = await start({}, each => holds(each, ['Archive', 'Kept']))
    await profile.pass()
    const { store, accountId } = profile
    store.mailboxes.chooseRole(profile.mailbox('Kept').id, 'archive')
    await profile.pass()
    expect(store.mailboxes.byRole(accountId, 'archive')?.path).toBe('Kept')
    const { id } = profile.mailbox('Kept')
    store.mailboxes.rename(id, 'Shelf')
    expect(store.mailboxes.chosenRoles(accountId)).toEqual({ archive: 'Shelf' })
    store.mailboxes.rename(id, 'Kept')
    store.mailboxes.chooseRole(id, null)
    await profile.pass()
    expect(store.mailboxes.byRole(accountId, 'archive')?.path).toBe('Archive')
  })

  test('on this computer a folder that is called so is taken; nothing clashes', async () => {
    const { profile } = await start()
    const { store } = profile
    const config = { address: 'local', displayName: '', services: {} } as const
    const { id } = store.accounts.add({ config, sample: false, password: null })
    for (const path of ['Archive', 'Trash'])
      store.mailboxes.create({ accountId: id, path, delimiter: '/', role: 'none' })
    for (const [role, path] of [
      ['archive', 'Archive'],
      ['trash', 'Trash'],
      ['junk', 'Junk'],
    ] as const) {
      const found = store.transaction(() => roleMailbox(store, id, role))
      expect(store.mailboxes.byPath(id, path)).toMatchObject({ id: found, role })
    }
    expect(store.tasks.list()).toEqual([])
  })
})
