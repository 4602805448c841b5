import { describe, expect, test } from 'vitest'
import { utf8Bytes } from '../../../../../../electron/engine/formats/content-lines/byte-text'
import { rawOf } from '../../../../../../electron/engine/formats/vcard/card'
import { photoOf } from '../../../../../../electron/engine/formats/vcard/fields/photo'
import {
  birthdayText,
  nameOf,
  readFields,
} from '../../../../../../electron/engine/formats/vcard/fields/read-fields'
import { kindOf, membersOf, uidOf } from '../../../../../../electron/engine/formats/vcard/group-cards'
import { readCard } from '../../../../../../electron/engine/formats/vcard/read-card'
import { splitCards } from '../../../../../../electron/engine/formats/vcard/split-cards'
import { fixture, programs, wrapped } from './support'

const caps = { bytes: 4_000_000, lines: 20_000 }
const png = 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=='

test.each(programs)('a card of %s is one card, and its bytes are its lines', name => {
  const raw = fixture(name)
  expect([...splitCards(raw, caps)]).toEqual([{ line: 1, raw }])
  expect(rawOf(readCard(raw))).toBe(raw)
})

test("Apple's labels belong to the value of their group", () => {
  const fields = readFields(readCard(fixture('apple')))
  expect(fields).toMatchObject({
    displayName: 'Dr. Anna Maria Müller',
    name: { family: 'Müller', given: 'Anna', additional: 'Maria', prefix: 'Dr.', suffix: '' },
    organisation: 'Sternwarte Süd',
    units: ['Optik'],
    birthday: { year: null, month: 4, day: 15 },
    note: 'Zeile eins\nZeile zwei, mit Komma; und Semikolon',
  })
  expect(fields.emails).toEqual([
    { value: 'anna@sternwarte.example', types: ['work'], label: '', preferred: true },
    { value: 'anna.m@post.example', types: [], label: 'Segelverein', preferred: false },
    { value: 'anna@zuhause.example', types: ['home'], label: '', preferred: false },
  ])
  expect(fields.addresses[0]).toMatchObject({
    street: 'Am Wall 3\nHinterhaus',
    city: 'Bremen',
    code: '28195',
  })
  expect(photoOf(readCard(fixture('apple'))).photo).toEqual({ type: 'image/png', base64: png })
})

test('2.1 is read with its charsets, soft breaks, bare types and cards within the card', () => {
  const card = readCard(fixture('outlook'))
  const fields = readFields(card)
  expect(fields).toMatchObject({
    displayName: 'Jörg Grün',
    name: { family: 'Grün', given: 'Jörg' },
    birthday: { year: 1971, month: 3, day: 11 },
  })
  expect(fields.addresses).toEqual([
    expect.objectContaining({
      street: 'Große Straße 1\nHof',
      city: 'Bremen',
      types: ['work'],
      preferred: true,
    }),
  ])
  // The one of the deputy is not his.
  expect(fields.emails.map(({ value }) => value)).toEqual(['joerg@holz.example'])
  expect(fields.phones.map(({ types }) => types)).toEqual([['work'], ['cell']])
  expect(photoOf(card).photo?.base64).toBe(png)
})

test('what other programs write is read', () => {
  expect(readFields(readCard(fixture('thunderbird')))).toMatchObject({
    birthday: { year: null, month: 2, day: 29 },
    anniversary: { year: 2011, month: 3, day: 12 },
    emails: [{ value: 'chidi@okafor.example', preferred: true }, { types: ['work'] }],
  })
  expect(readFields(readCard(fixture('google')))).toMatchObject({
    displayName: 'Łukasz Żółć',
    birthday: { year: null, month: 7, day: 4 },
    categories: ['myContacts', 'Druk'],
    urls: [{ value: 'https://zolc.example', label: 'PROFILE' }],
  })
  expect(photoOf(readCard(fixture('google')))).toEqual({ photo: null, hasRemote: true })
  expect(readFields(readCard(fixture('nextcloud')))).toMatchObject({
    phones: [{ value: '+31-20-555-0123', types: ['home'] }],
    chats: [{ value: 'xmpp:noor@chat.example' }],
    birthday: { year: 1988, month: 2, day: 29 },
  })
  expect(photoOf(readCard(fixture('nextcloud'))).photo?.type).toBe('image/png')
})

test.each([
  ['--0415', null, 4, 15],
  ['--04-15', null, 4, 15],
  ['1604-04-15', null, 4, 15],
  ['16040415', null, 4, 15],
  ['1985-04-15', 1985, 4, 15],
  ['19850415T000000Z', 1985, 4, 15],
  ['1985-04-15T00:00:00Z', 1985, 4, 15],
  ['1985-04', 1985, 4, null],
  ['1985', 1985, null, null],
  ['---15', null, null, 15],
  ['--0229', null, 2, 29],
])('a birthday written as %s is a date with what is known of it', (text, year, month, day) => {
  expect(readFields(wrapped(`BDAY:${text}`)).birthday).toEqual({ year, month, day })
})

test.each(['circa 1800', '1985-13-01', '1985-02-30', '2023-02-29', '0000-01-01', '', '--0431'])(
  'a birthday of "%s" is no date, and is shown as it stands',
  text => {
    const card = wrapped(`BDAY:${text}`)
    expect(readFields(card).birthday).toBeNull()
    expect(birthdayText(card)).toBe(text)
  },
)

test('another year than 1604 means none where the card says so', () => {
  expect(readFields(wrapped('BDAY;X-APPLE-OMIT-YEAR=1900:1900-02-03')).birthday).toEqual({
    year: null,
    month: 2,
    day: 3,
  })
})

test.each([
  ['ENCODING=b', `PHOTO;ENCODING=b;TYPE=JPEG:${png}`],
  ['BASE64', `PHOTO;BASE64;PNG:${png}`],
  ['a data URI', `PHOTO;VALUE=uri:data:image/jpeg;base64,${png}`],
  ['a data URI with an escaped comma', `PHOTO:DATA:IMAGE/JPEG;BASE64\\,${png}`],
  ['raw base64 that calls itself a URI', `PHOTO;VALUE=URI:${png}`],
  ['no word about it', `PHOTO:${png}`],
  ['folded with tabs', `PHOTO;ENCODING=B:${png.slice(0, 40)}\r\n\t${png.slice(40)}`],
])('a picture is found by its bytes: %s', (_words, line) => {
  expect(photoOf(wrapped(line)).photo).toEqual({ type: 'image/png', base64: png })
})

test.each([
  ['PHOTO;VALUE=uri:https://elsewhere.example/a.png', true],
  ['PHOTO:file:///etc/passwd', true],
  ['PHOTO;ENCODING=b:PHN2ZyB4bWxucz0iaHR0cDovL3d3dy53My5vcmcvMjAwMC9zdmciLz4=', false],
  ['PHOTO;ENCODING=b:!!!!', false],
  ['PHOTO:data:text/html;base64,PHNjcmlwdD5hbGVydCgxKTwvc2NyaXB0Pg==', false],
])('what is no picture inside the card is none: %s', (line, hasRemote) => {
  expect(photoOf(wrapped(line))).toEqual({ photo: null, hasRemote })
})

test.each([
  ['N:Berg;Ida;;;', 'Ida Berg'],
  ['ORG:Holz & Sohn', 'Holz & Sohn'],
  ['EMAIL:ida@berg.example', 'ida@berg.example'],
  ['TEL:123', '123'],
  ['NICKNAME:Idi', 'Idi'],
  ['FN:\nN:Berg;;;;', 'Berg'],
])('a card without FN is called by what it has: %s', (lines, name) => {
  const card = wrapped(lines)
  expect(nameOf(readFields(card))).toBe(name)
  expect(readFields(card).displayName).toBe('')
})

test('groups name members by UID, with and without urn:uuid, or by address', () => {
  const card = readCard(fixture('apple-group'))
  expect(kindOf(card)).toBe('group')
  expect(membersOf(card).map(({ uid }) => uid)).toEqual([
    '5F6B1B1E-6D0A-4E57-9B7B-0F9B6B1F7A10',
    '00000000-0000-4000-8000-00000000dead',
  ])
  const other = wrapped(
    'KIND:group\nMEMBER:mailto:ida%40berg.example\nMEMBER:urn:uuid:AB\nMEMBER:urn:uuid:AB',
    '4.0',
  )
  expect(kindOf(other)).toBe('group')
  expect(membersOf(other)).toEqual([
    { uid: '', address: 'ida@berg.example' },
    { uid: 'AB', address: '' },
  ])
  expect(uidOf(wrapped('UID:urn:uuid:AB'))).toBe('urn:uuid:AB')
})

describe('hostile files', () => {
  const begin = 'BEGIN:VCARD\r\nVERSION:3.0\r\n'
  const good = `${begin}FN:Good\r\nEND:VCARD\r\n`
  const kinds = (text: string) =>
    [...splitCards(text, caps)].map(each => ('problem' in each ? each.problem : 'card'))

  test('a card that is too large is named, and the others go on', () => {
    const note = `${begin}NOTE:${'x'.repeat(10_000_000)}\r\nEND:VCARD\r\n`
    expect(kinds(good + note + good)).toEqual(['card', 'too-large', 'card'])
  })

  test('so is one of a million lines', () => {
    const many = `${begin}${'X:\n'.repeat(1_000_000)}END:VCARD\r\n`
    expect(kinds(good + many + good)).toEqual(['card', 'too-many-lines', 'card'])
  })

  test('a value folded a million times is read once', () => {
    const folded = `${begin}NOTE:a${'\r\n b'.repeat(900_000)}\r\nEND:VCARD\r\n`
    expect(readFields(readCard(folded)).note).toHaveLength(900_001)
  })

  test('soft breaks without an end are read once', () => {
    const broken = `BEGIN:VCARD\r\nVERSION:2.1\r\nNOTE;ENCODING=QUOTED-PRINTABLE:${'=41=\r\n'.repeat(300_000)}\r\nEND:VCARD\r\n`
    expect(readFields(readCard(broken)).note).toHaveLength(300_000)
  })

  test('cards within cards, thousands deep, end where the outer one ends', () => {
    const deep = 15_000
    const nested = `${`${begin}AGENT:\r\n`.repeat(deep)}${'END:VCARD\r\n'.repeat(deep)}`
    expect(kinds(nested + good)).toEqual(['too-many-lines', 'card'])
    const less = `${`${begin}AGENT:\r\n`.repeat(4000)}${'END:VCARD\r\n'.repeat(4000)}`
    expect(kinds(less + good)).toEqual(['card', 'card'])
    expect(readFields(readCard(less)).displayName).toBe('')
  })

  test('a card that is not ended ends where the next one begins', () => {
    expect(kinds(`${begin}FN:Cut\r\n${good}${begin}FN:Cut again`)).toEqual(['not-ended', 'card', 'not-ended'])
  })

  test('what is no card is said', () => {
    expect(kinds('<html>login</html>')).toEqual(['no-card'])
    expect(kinds('')).toEqual([])
    expect(kinds(`\r\n\r\n${good}\r\n\r\n${good}`)).toEqual(['card', 'card'])
  })

  test.each([
    ['NUL', 'FN:A\0B'],
    ['overrides', `FN:A\u202eB`],
    ['no colon', 'FN'],
    ['no name', ':x'],
    ['quotes without an end', 'EMAIL;TYPE="home:a@b.example'],
    ['a thousand parameters', `EMAIL${';A=B'.repeat(1000)}:a@b.example`],
    ['broken UTF-8', 'FN:A\xffB'],
  ])('%s stays in the bytes and harms nobody', (_words, line) => {
    const raw = `${begin}${line}\r\nEND:VCARD\r\n`
    const card = readCard(raw.includes('\u202e') ? utf8Bytes(raw) : raw)
    const fields = readFields(card)
    // biome-ignore lint/suspicious/noControlCharactersInRegex: controls are what must not be there
    expect(fields.displayName).not.toMatch(/[\u0000-\u001f\u202e]/)
    expect(rawOf(card)).toContain(line.slice(0, 3))
  })
})
