import { expect, test } from 'vitest'
import { roleOfAttributes } from '../../../../../electron/engine/mail/imap/mailbox-role'
import {
  gmailArchive,
  namesFor,
  roleFolders,
  roleOfName,
} from '../../../../../electron/engine/sync/role-folders'
import type { Namespaces } from '../../../../../shared/model/namespace'

type Line = readonly [path: string, ...attributes: string[]]

const candidates = (delimiter: string, lines: readonly Line[]) =>
  lines.map(([path, ...attributes]) => ({
    path,
    delimiter,
    selectable: !attributes.includes('\\noselect') && !attributes.includes('\\nonexistent'),
    role: path === 'INBOX' ? ('inbox' as const) : roleOfAttributes(new Set(attributes)),
  }))

const judge = (lines: readonly Line[], delimiter = '/', namespaces: Namespaces | null = null, chosen = {}) =>
  Object.fromEntries(
    [...roleFolders(candidates(delimiter, lines), namespaces, chosen)].map(([path, role]) => [role, path]),
  )

const below = (prefix: string, delimiter: string): Namespaces => ({
  personal: [{ prefix, delimiter }],
  others: [],
  shared: [],
})

test('Dovecot with the prefix INBOX.', () => {
  const names = ['Drafts', 'Sent', 'Trash', 'Junk', 'Archive']
  expect(
    judge([['INBOX'], ...names.map((name): Line => [`INBOX.${name}`])], '.', below('INBOX.', '.')),
  ).toEqual({
    inbox: 'INBOX',
    drafts: 'INBOX.Drafts',
    sent: 'INBOX.Sent',
    trash: 'INBOX.Trash',
    junk: 'INBOX.Junk',
    archive: 'INBOX.Archive',
  })
})

test('Gmail, whose level holds no mail: all mail is no archive of its own, but takes what is archived', () => {
  const lines: Line[] = [
    ['INBOX'],
    ['[Gmail]', '\\noselect', '\\haschildren'],
    ['[Gmail]/Alle Nachrichten', '\\all'],
    ['[Gmail]/Entwürfe', '\\drafts'],
    ['[Gmail]/Gesendet', '\\sent'],
    ['[Gmail]/Markiert', '\\flagged'],
    ['[Gmail]/Papierkorb', '\\trash'],
    ['[Gmail]/Spam', '\\junk'],
  ]
  expect(judge(lines)).toMatchObject({
    all: '[Gmail]/Alle Nachrichten',
    trash: '[Gmail]/Papierkorb',
    junk: '[Gmail]/Spam',
    sent: '[Gmail]/Gesendet',
    drafts: '[Gmail]/Entwürfe',
  })
  expect(judge(lines)).not.toHaveProperty('archive')
  expect(gmailArchive(candidates('/', lines))?.path).toBe('[Gmail]/Alle Nachrichten')
  // Told without attributes, its names are known below its level.
  expect(judge(lines.map(([path]): Line => [path])).trash).toBe('[Gmail]/Papierkorb')
})

test('a virtual mailbox of everything on another server takes nothing', () => {
  expect(gmailArchive(candidates('/', [['INBOX'], ['virtual/All', '\\all'], ['All', '\\all']]))).toBeNull()
})

test('Cyrus, beside INBOX and below it', () => {
  const lines: Line[] = [['INBOX'], ['INBOX.Sent'], ['INBOX.Trash'], ['INBOX.Sent.2024'], ['user.bob.Trash']]
  const shared: Namespaces = {
    ...below('INBOX.', '.'),
    others: [{ prefix: 'user.', delimiter: '.' }],
  }
  expect(judge(lines, '.', shared)).toEqual({ inbox: 'INBOX', sent: 'INBOX.Sent', trash: 'INBOX.Trash' })
  expect(judge([['INBOX'], ['Sent', '\\sent'], ['Deleted Items']])).toEqual({
    inbox: 'INBOX',
    sent: 'Sent',
    trash: 'Deleted Items',
  })
})

test('Exchange with German names and no attributes', () => {
  expect(
    judge([
      ['INBOX'],
      ['Entwürfe'],
      ['Gesendete Elemente'],
      ['Gelöschte Elemente'],
      ['Junk-E-Mail'],
      ['Archiv'],
      ['Kalender'],
      ['Postausgang'],
    ]),
  ).toEqual({
    inbox: 'INBOX',
    drafts: 'Entwürfe',
    sent: 'Gesendete Elemente',
    trash: 'Gelöschte Elemente',
    junk: 'Junk-E-Mail',
    archive: 'Archiv',
  })
})

test('mailbox.org: attributes, and an archive by its name', () => {
  const lines: Line[] = [
    ['INBOX'],
    ['Entwürfe', '\\drafts'],
    ['Gesendet', '\\sent'],
    ['Papierkorb', '\\trash'],
    ['Spam', '\\junk'],
    ['Archiv', '\\haschildren'],
    ['Archiv/2024'],
  ]
  expect(judge(lines)).toMatchObject({ archive: 'Archiv', trash: 'Papierkorb', junk: 'Spam' })
})

test.each(['\\noselect', '\\nonexistent'])(
  '%s: what cannot be opened plays no part, whatever it says',
  attribute => {
    expect(judge([['INBOX'], ['Trash', attribute], ['Archive', attribute, '\\archive']])).toEqual({
      inbox: 'INBOX',
    })
    expect(judge([['INBOX'], ['Archive', attribute, '\\archive'], ['Archiv']])).toEqual({
      inbox: 'INBOX',
      archive: 'Archiv',
    })
    expect(judge([['INBOX'], ['Old', attribute]], '/', null, { archive: 'Old' })).toEqual({ inbox: 'INBOX' })
  },
)

test('the choice of the user counts before the server and the name; one that is gone does not', () => {
  const lines: Line[] = [['INBOX'], ['Archive', '\\archive'], ['Trash'], ['Kept/2026']]
  expect(judge(lines, '/', null, { archive: 'Kept/2026' })).toEqual({
    inbox: 'INBOX',
    archive: 'Kept/2026',
    trash: 'Trash',
  })
  expect(judge(lines, '/', null, { archive: 'Gone', trash: 'INBOX' })).toEqual({
    inbox: 'INBOX',
    archive: 'Archive',
    trash: 'Trash',
  })
})

test('a role goes to one mailbox, and of several attributes the one that mail is put into counts', () => {
  expect(judge([['INBOX'], ['Sent'], ['Out', '\\sent'], ['Other', '\\sent']])).toEqual({
    inbox: 'INBOX',
    sent: 'Out',
  })
  expect(
    judge([
      ['INBOX', '\\trash'],
      ['Everything', '\\all', '\\archive'],
    ]),
  ).toEqual({
    inbox: 'INBOX',
    archive: 'Everything',
  })
})

test('an exact name counts more than a likely one, and a project folder is none', () => {
  expect(judge([['INBOX'], ['Sent Mail'], ['Sent'], ['Kunden/Papierkorb'], ['Archiv 2019']])).toEqual({
    inbox: 'INBOX',
    sent: 'Sent',
  })
})

test('every name under which a missing one is made is known by its name at the next listing', () => {
  for (const role of ['archive', 'trash', 'junk', 'sent', 'drafts'] as const) {
    expect(namesFor(role).length).toBeGreaterThan(1)
    for (const name of namesFor(role)) expect(roleOfName(name), name).toEqual({ role, exact: true })
  }
})
