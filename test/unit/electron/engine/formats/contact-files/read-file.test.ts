import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { readDelimited } from '../../../../../../electron/engine/formats/contact-files/delimited-text'
import { readContactFile } from '../../../../../../electron/engine/formats/contact-files/read-file'

const fixture = (name: string): Uint8Array =>
  readFileSync(join(import.meta.dirname, '../../../../../fixtures/contacts', name))
const fieldsIn = (bytes: Uint8Array) =>
  readContactFile(bytes, null).contacts.map(each => ('fields' in each ? each.fields : null))
const text = (content: string) => Buffer.from(content)

test("Thunderbird's table: two addresses, a day in three columns, quotes and line ends in a cell", () => {
  const { format, problems, columns } = readContactFile(fixture('thunderbird.csv'), null)
  expect([format, problems]).toEqual(['csv', []])
  expect(columns.filter(({ field }) => field === null).map(({ name }) => name)).toEqual([
    'Screen Name',
    'Custom 1',
    'Custom 2',
    'Custom 3',
    'Custom 4',
  ])
  const [first, second] = fieldsIn(fixture('thunderbird.csv'))
  expect(first).toMatchObject({
    displayName: 'Grün, Jörg',
    name: { given: 'Jörg', family: 'Grün' },
    emails: [{ value: 'joerg@holz.example' }, { value: 'jg@post.example' }],
    phones: [{ types: ['work'] }, { types: ['cell'] }],
    addresses: [{ street: 'Wall 3\nHinterhaus', city: 'Bremen', code: '28195', types: ['home'] }],
    title: 'Zimmerer',
    birthday: { year: 1971, month: 3, day: 11 },
    note: 'Zeile 1\r\n"Zeile" 2',
  })
  expect(second).toMatchObject({ birthday: { year: null, month: 4, day: 15 } })
})

test("Outlook's table in German and in its charset", () => {
  const [first, second] = fieldsIn(fixture('outlook.csv'))
  expect(first).toMatchObject({
    name: { prefix: 'Dr.', given: 'Änne', additional: 'Maria', family: 'Süß' },
    organisation: 'Werft',
    units: ['Bau'],
    title: 'Leiterin',
    addresses: [{ street: 'Kai 1', city: 'Kiel', code: '24103', types: ['work'] }],
    birthday: { year: 1980, month: 4, day: 15 },
    categories: ['Chor', 'Freunde'],
    note: 'kennt; sich, aus',
  })
  expect(second?.birthday).toBeNull()
})

test("Google's table with several values in one cell", () => {
  expect(fieldsIn(fixture('google.csv'))[0]).toMatchObject({
    emails: [{ value: 'lukasz@zolc.example' }, { value: 'lz@praca.example' }],
    birthday: { year: null, month: 7, day: 4 },
    categories: ['Druk'],
    addresses: [{ street: 'Długa 1', city: 'Kraków', code: '30-001' }],
    urls: [{ value: 'https://zolc.example' }],
  })
})

test('LDIF with base64, folded lines and a group; nothing is fetched', () => {
  const { format, contacts } = readContactFile(fixture('thunderbird.ldif'), null)
  expect(format).toBe('ldif')
  expect(contacts).toMatchObject([
    {
      line: 1,
      fields: {
        displayName: 'Chidi Okafor',
        emails: [{ value: 'chidi@okafor.example' }, { value: 'c@bureau.example' }],
        birthday: { year: 1980, month: 2, day: 29 },
        note: 'Lääger Text',
        addresses: [{ street: '12 Mill Lane', city: 'Leeds' }],
      },
    },
    { line: 23, fields: { displayName: 'Jörg Grün', emails: [{ value: 'joerg@holz.example' }] } },
    { isGroup: true, members: ['chidi@okafor.example', 'joerg@holz.example'] },
  ])
})

test('a mapping of the person counts in the place of the names', () => {
  const table = text('Wer,Wo,Email\nIda,Bremen,ida@x.example\n')
  const { contacts, columns } = readContactFile(table, ['displayName', null, 'email'])
  expect(contacts).toMatchObject([{ fields: { displayName: 'Ida', emails: [{ value: 'ida@x.example' }] } }])
  expect(columns.map(({ field, sample }) => [field, sample])).toEqual([
    ['displayName', 'Ida'],
    [null, 'Bremen'],
    ['email', 'ida@x.example'],
  ])
})

test.each([
  [',', 'Name,Email\nIda,i@x.example'],
  [';', 'Name;Email\r\nIda;i@x.example\r\n'],
  ['tab', 'Name\tEmail\nIda\ti@x.example'],
  ['CR alone', 'Name,Email\rIda,i@x.example'],
  ['an UTF-8 mark', '\ufeffName,Email\nIda,i@x.example'],
])('a table is read with %s', (_words, table) => {
  expect(fieldsIn(text(table))).toMatchObject([{ displayName: 'Ida', emails: [{ value: 'i@x.example' }] }])
})

test('UTF-16 with its mark is read', () => {
  const utf16 = Buffer.concat([
    Buffer.from([0xff, 0xfe]),
    Buffer.from('Name,Email\nJörg,j@x.example', 'utf16le'),
  ])
  expect(fieldsIn(utf16)).toMatchObject([{ displayName: 'Jörg' }])
  const card = Buffer.from('BEGIN:VCARD\r\nVERSION:3.0\r\nFN:Jörg\r\nEND:VCARD\r\n', 'utf16le')
  const found = readContactFile(Buffer.concat([Buffer.from([0xff, 0xfe]), card]), null)
  expect(found.contacts).toHaveLength(1)
})

test.each([
  ['nothing', ''],
  ['a page', '<!doctype html><html><body>Sign in</body></html>'],
  ['prose', 'Dear all,\nplease find attached.'],
  ['a table of something else', 'Date,Amount\n2026-01-01,3\n'],
  ['NUL', 'Name,Email\0\nIda,i@x.example'],
])('%s is no file of contacts', (_words, content) => {
  expect(() => readContactFile(text(content), null)).toThrow('contacts-unreadable')
})

test('a quote that is never closed, and a million cells, end', () => {
  expect(readDelimited(`a,"${'b\n'.repeat(500_000)}`, 10).rows).toHaveLength(1)
  expect(readDelimited(`${'a,'.repeat(1_000_000)}\n`, 10).rows[0]).toHaveLength(1_000_001)
  expect(readDelimited('a\n'.repeat(100), 10)).toMatchObject({ isCut: true })
})
