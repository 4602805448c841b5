import { describe, expect, test } from 'vitest'
import { type Card, rawOf } from '../../../../../../electron/engine/formats/vcard/card'
import { editCard } from '../../../../../../electron/engine/formats/vcard/edit/edit-card'
import { newCard } from '../../../../../../electron/engine/formats/vcard/edit/new-card'
import { readFields } from '../../../../../../electron/engine/formats/vcard/fields/read-fields'
import { editMembers, membersOf, uidOf } from '../../../../../../electron/engine/formats/vcard/group-cards'
import { readCard } from '../../../../../../electron/engine/formats/vcard/read-card'
import type { ContactChange, ContactFields } from '../../../../../../shared/features/contacts/model'
import { fixture, programs, wrapped } from './support'

const linesOf = (card: Card) => rawOf(card).split('\r\n')
const value = (text: string, more: object = {}) => ({
  value: text,
  types: [],
  label: '',
  preferred: false,
  ...more,
})
/** Lines that are in one and not in the other. */
function difference(before: Card, after: Card): { gone: string[]; come: string[] } {
  const [was, is] = [rawOf(before).split(/\r?\n/), rawOf(after).split(/\r?\n/)]
  return { gone: was.filter(line => !is.includes(line)), come: is.filter(line => !was.includes(line)) }
}

describe.each(programs)('a card of %s', name => {
  const card = readCard(fixture(name))
  const fields = readFields(card)

  test('that is saved as it was keeps every byte', () => {
    expect(rawOf(editCard(card, fields))).toBe(rawOf(card))
    expect(rawOf(editCard(card, {}))).toBe(rawOf(card).replace(/^/, ''))
  })

  test('gets another note, and nothing else in it changes', () => {
    const note = 'Grüße; mit, allem\\n\nund "drei" Zeilen 🌱'
    const changed = editCard(card, { note })
    expect(readFields(readCard(rawOf(changed)))).toEqual({ ...fields, note })
    const { gone } = difference(card, changed)
    expect(gone.every(line => line.startsWith('NOTE') || line.startsWith(' '))).toBe(true)
    expect(changed.version).toBe(card.version)
  })

  test.each<[string, ContactChange]>([
    ['a name', { displayName: 'Ida Ø Берг', name: { ...fields.name, family: 'Берг; Ø' } }],
    ['an address more', { emails: [...fields.emails, value('new@example.org', { types: ['work'] })] }],
    ['no addresses', { emails: [] }],
    ['a birthday', { birthday: { year: null, month: 2, day: 29 } }],
    ['a whole birthday', { birthday: { year: 1970, month: 12, day: 1 } }],
    ['no birthday', { birthday: null }],
    ['an anniversary', { anniversary: { year: 2001, month: 1, day: 31 } }],
    ['categories', { categories: ['Eins, zwei', 'Drei; vier', 'fünf'] }],
    ['an organisation', { organisation: 'A; B', units: ['C, D', 'É'] }],
    ['a number with a word of its own', { phones: [value('+49 1', { label: 'Bootshaus; Süd' })] }],
    ['a place', { addresses: [{ ...place, street: 'Weg 1\nHof', city: 'Köln; Süd', types: ['home'] }] }],
    ['a chat', { chats: [value('xmpp:ida@chat.example')] }],
  ])('takes %s', (_words, change) => {
    const after = readFields(readCard(rawOf(editCard(card, change))))
    expect(after).toEqual({ ...fields, ...change })
  })
})

const place = {
  poBox: '',
  extended: '',
  street: '',
  city: '',
  region: '',
  code: '',
  country: '',
  types: [] as string[],
  label: '',
  preferred: false,
}

describe('a group of lines', () => {
  const card = readCard(fixture('apple'))
  const { emails } = readFields(card)

  test('goes as a whole', () => {
    const changed = editCard(card, { emails: emails.filter(each => each.label !== 'Segelverein') })
    expect(difference(card, changed)).toEqual({
      gone: ['item2.EMAIL;type=INTERNET:anna.m@post.example', 'item2.X-ABLabel:Segelverein'],
      come: [],
    })
  })

  test('is renamed in its label', () => {
    const renamed = emails.map(each => (each.label === '' ? each : { ...each, label: 'Chor' }))
    expect(difference(card, editCard(card, { emails: renamed }))).toEqual({
      gone: ['item2.X-ABLabel:Segelverein'],
      come: ['item2.X-ABLabel:Chor'],
    })
  })

  test('gets another value and keeps its label and its other words', () => {
    const moved = emails.map(each => (each.label === '' ? each : { ...each, value: 'anna@neu.example' }))
    expect(difference(card, editCard(card, { emails: moved }))).toEqual({
      gone: ['item2.EMAIL;type=INTERNET:anna.m@post.example'],
      come: ['item2.EMAIL;type=INTERNET:anna@neu.example'],
    })
  })

  test('is made where a value gets a word of its own, under a name that nobody has', () => {
    const labelled = emails.map(each => (each.types.includes('home') ? { ...each, label: 'Alt' } : each))
    expect(difference(card, editCard(card, { emails: labelled })).come).toEqual([
      'item7.EMAIL;type=INTERNET;type=HOME:anna@zuhause.example',
      'item7.X-ABLabel:Alt',
    ])
  })

  test('loses its label and stays', () => {
    const plain = emails.map(each => ({ ...each, label: '' }))
    expect(difference(card, editCard(card, { emails: plain })).gone).toEqual(['item2.X-ABLabel:Segelverein'])
  })

  test('of another value is not touched when one goes', () => {
    const two = wrapped('item1.EMAIL:a@b.example\nitem1.TEL:1\nitem1.X-ABLabel:Both')
    const without = editCard(two, { emails: [] })
    expect(linesOf(without)).toContain('item1.X-ABLabel:Both')
    expect(linesOf(without)).not.toContain('item1.EMAIL:a@b.example')
  })
})

test('parameters and lines that nobody knows stay beside a value that changes', () => {
  const card = wrapped(
    'X-FOO;X-A="b;c":d\\,e\ntel;x-old=1;TYPE="voice,work";PREF=1:+1\nVENDOR.Thing:x',
    '4.0',
  )
  const [phone] = readFields(card).phones
  const changed = editCard(card, { phones: [{ ...phone!, value: '+2' }] })
  expect(difference(card, changed).come).toEqual(['tel;x-old=1;TYPE="voice,work";PREF=1:+2'])
})

test('the first of several changes without the others', () => {
  const card = wrapped('EMAIL;TYPE=pref:a@b.example\nEMAIL:c@d.example')
  const [first, second] = readFields(card).emails
  const swapped = [
    { ...first!, preferred: false },
    { ...second!, preferred: true },
  ]
  expect(readFields(readCard(rawOf(editCard(card, { emails: swapped })))).emails).toEqual(swapped)
})

test('the name that is shown follows the name as long as it said the same', () => {
  const follows = wrapped('FN:Ida Berg\nN:Berg;Ida;;;')
  const name = { ...readFields(follows).name, family: 'Thal' }
  expect(readFields(editCard(follows, { name })).displayName).toBe('Ida Thal')
  const own = wrapped('FN:Idi\nN:Berg;Ida;;;')
  expect(readFields(editCard(own, { name })).displayName).toBe('Idi')
})

test('REV is kept to, and never added', () => {
  const card = readCard(fixture('apple'))
  expect(linesOf(editCard(card, { note: 'x' }, '20261128T101500Z'))).toContain('REV:20261128T101500Z')
  expect(rawOf(editCard(card, {}, '20261128T101500Z'))).toBe(rawOf(card))
  expect(rawOf(editCard(wrapped('FN:A'), { note: 'x' }, '20261128T101500Z'))).not.toContain('REV')
})

describe.each(['2.1', '3.0', '4.0'] as const)('a new card of %s', version => {
  const fields: ContactFields = {
    ...readFields(readCard(fixture('apple'))),
    displayName: 'Zoë \\ Groß; "Test", n\\n',
    chats: [value('xmpp:zoe@chat.example')],
    categories: ['a\\b', 'c,d'],
    role: 'Rolle',
    nickname: 'Zo',
  }

  test('says what it was made of', () => {
    const card = newCard('ab-1', fields, { version })
    expect(readFields(readCard(rawOf(card)))).toEqual(fields)
    expect(card.version).toBe(version)
    expect(uidOf(card)).toBe('ab-1')
  })

  test('names no program, and its lines are not too long', () => {
    const raw = rawOf(newCard('ab-1', { ...fields, note: 'ü'.repeat(500) }, { version }))
    expect(raw).not.toMatch(/PRODID|REV|Siegel/i)
    if (version !== '2.1')
      expect(Math.max(...raw.split('\r\n').map(line => line.length))).toBeLessThanOrEqual(75)
    for (const line of raw.split('\r\n '))
      expect(Buffer.from(line, 'latin1').toString('utf8')).not.toContain('\ufffd')
  })

  test('has what a card must have although nothing is known', () => {
    const raw = rawOf(newCard('ab-1', {}, { version }))
    expect(raw).toContain('\r\nFN:\r\n')
    expect(raw).toMatch(/\r\nEND:VCARD\r\n$/)
  })
})

test('members of a group come and go, and those that nobody knows stay', () => {
  const card = readCard(fixture('apple-group'))
  const known = membersOf(card)
  const more = editMembers(card, [...known, { uid: 'new-1', address: '' }])
  expect(difference(card, more)).toEqual({ gone: [], come: ['X-ADDRESSBOOKSERVER-MEMBER:urn:uuid:new-1'] })
  expect(difference(card, editMembers(card, known.slice(1))).gone).toHaveLength(1)
  const made = editMembers(newCard('g', { displayName: 'Chor' }, { version: '4.0', isGroup: true }), [
    { uid: '', address: 'a@b.example' },
  ])
  expect(linesOf(made)).toEqual(expect.arrayContaining(['KIND:group', 'MEMBER:mailto:a@b.example']))
})
