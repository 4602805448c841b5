import { describe, expect, test } from 'vitest'
import { rankFolders } from '../../../../../../renderer/features/mail/actions/rank-folders'
import { folderLines } from '../../../../../../renderer/features/mail/folders/folder-lines'
import type { AccountSummary } from '../../../../../../shared/features/accounts/model'
import type { MailboxRole, MailboxSummary } from '../../../../../../shared/features/mail/model'

const account = (id: string, order = 0): AccountSummary => ({
  id: id as AccountSummary['id'],
  config: { address: 'local', displayName: id, services: {} },
  sample: false,
  signature: '',
  order,
})

let nextId = 1
const mailbox = (
  accountId: string,
  name: string,
  role: MailboxRole = 'none',
  parent: MailboxSummary | null = null,
  unread = 0,
): MailboxSummary => ({
  id: nextId++ as MailboxSummary['id'],
  accountId: accountId as MailboxSummary['accountId'],
  path: parent === null ? name : `${parent.path}/${name}`,
  delimiter: '/',
  name,
  parentId: parent?.id ?? null,
  role,
  selectable: true,
  namespace: 'personal',
  total: 0,
  unread,
  bodiesMissing: 0,
  window: { kind: 'all' },
  lastSyncedAtMs: null,
})

const drawn = (lines: ReturnType<typeof folderLines>) =>
  lines.map(line =>
    line.kind === 'mailbox'
      ? `${' '.repeat(line.level)}${line.mailbox.name}`
      : line.kind === 'account'
        ? `# ${line.account.id}`
        : '= all inboxes',
  )

describe('the folder tree', () => {
  test('has no line for an account of calendars and contacts alone, and one for mail that has not come yet', () => {
    const dav = { url: 'https://dav.example.org/', userName: 'a', caPem: null }
    const server = { host: 'imap.example.org', port: 993, security: 'tls' } as const
    const mail = { userName: 'a', imap: server, smtp: server, caPem: null }
    const of = (id: string, services: AccountSummary['config']['services']): AccountSummary => ({
      ...account(id),
      config: { ...account(id).config, services },
    })
    const all = [of('calendars', { dav }), of('new', { mail, dav }), account('local')]
    expect(drawn(folderLines(all, [], new Set(), 'en'))).toEqual(['# new', '# local'])
  })

  test('puts special folders first in their order, others by name, Ä beside A', () => {
    const boxes = [
      mailbox('a', 'Zebra'),
      mailbox('a', 'Trash', 'trash'),
      mailbox('a', 'Äpfel'),
      mailbox('a', 'INBOX', 'inbox'),
      mailbox('a', 'Birnen'),
      mailbox('a', 'Sent', 'sent'),
      mailbox('a', 'Jahr 10'),
      mailbox('a', 'Jahr 9'),
    ]
    expect(drawn(folderLines([account('a')], boxes, new Set(), 'de'))).toEqual([
      '# a',
      '  INBOX',
      '  Sent',
      '  Trash',
      '  Äpfel',
      '  Birnen',
      '  Jahr 9',
      '  Jahr 10',
      '  Zebra',
    ])
  })

  test('lifts special folders that a server keeps below the inbox', () => {
    const inbox = mailbox('a', 'INBOX', 'inbox')
    const boxes = [inbox, mailbox('a', 'Drafts', 'drafts', inbox), mailbox('a', 'Clients', 'none', inbox)]
    expect(drawn(folderLines([account('a')], boxes, new Set(), 'en'))).toEqual([
      '# a',
      '  INBOX',
      '   Clients',
      '  Drafts',
    ])
  })

  test('shows all inboxes together only when there are several', () => {
    const one = [mailbox('a', 'INBOX', 'inbox', null, 2)]
    expect(drawn(folderLines([account('a')], one, new Set(), 'en'))[0]).toBe('# a')
    const two = [...one, mailbox('b', 'INBOX', 'inbox', null, 3)]
    const lines = folderLines([account('b', 1), account('a', 0)], two, new Set(), 'en')
    expect(drawn(lines)).toEqual(['= all inboxes', '# a', '  INBOX', '# b', '  INBOX'])
    expect(lines[0]).toMatchObject({ unread: 5 })
  })

  test('a closed folder answers for the unread messages inside it', () => {
    const parent = mailbox('a', 'Clients', 'none', null, 1)
    const boxes = [parent, mailbox('a', 'Smith', 'none', parent, 4)]
    const closed = new Set([`mailbox ${parent.id}`])
    const lines = folderLines([account('a')], boxes, closed, 'en')
    expect(drawn(lines)).toEqual(['# a', '  Clients'])
    expect(lines[1]).toMatchObject({ unread: 5, isExpanded: false })
  })

  test('folders that name each other as parent neither hang nor vanish without trace', () => {
    const one = mailbox('a', 'One')
    const two = { ...mailbox('a', 'Two'), parentId: one.id }
    const loop = [{ ...one, parentId: two.id }, two, mailbox('a', 'Three')]
    expect(drawn(folderLines([account('a')], loop, new Set(), 'en'))).toContain('  Three')
  })
})

test('typing finds folders without accents and by any part of the path, best match first', () => {
  const research = mailbox('a', 'Recherche')
  const folders = [mailbox('a', 'Quellen', 'none', research), mailbox('a', 'Entwürfe'), research].map(
    box => ({
      mailbox: box,
      name: box.name,
    }),
  )
  const found = (text: string) => rankFolders(folders, text, 'de').map(({ name }) => name)
  expect(found('entwurf')).toEqual(['Entwürfe'])
  expect(found('entwuerfe')).toEqual(['Entwürfe'])
  expect(found('rech')).toEqual(['Recherche', 'Quellen'])
  expect(found('rech que')).toEqual(['Quellen'])
  expect(found('xyz')).toEqual([])
})
