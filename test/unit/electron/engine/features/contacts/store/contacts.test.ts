import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { typedWords } from '../../../../../../../electron/engine/kit/people/address-words'
import { rankPeople } from '../../../../../../../electron/engine/kit/people/rank-people'
import { freshStore, openAt, temporaryDirectory } from '../../../store/support'
import { addCard } from './support'

test('two address books are there from the first start, once', () => {
  const directory = temporaryDirectory()
  const first = openAt(directory).store
  const books = first.contacts.books()
  expect(books.map(({ kind, readOnly }) => [kind, readOnly])).toEqual([
    ['personal', false],
    ['collected', true],
  ])
  first.close()
  const again = openAt(directory).store
  expect(again.contacts.books()).toEqual(books)
  again.close()
})

test('a card is found by anything that it says, with or without accents', () => {
  const { store } = freshStore()
  const id = addCard(
    store,
    'FN:Jörg Grün\nN:Grün;Jörg;;;\nNICKNAME:Jogi\nORG:Holz & Söhne;Säge\nTEL:+49 (421) 555-0199\nEMAIL:jg@holz.example\nADR:;;Wall 3;Bremen;;28195;\nNOTE:mag Schach\nCATEGORIES:Chor',
  )
  addCard(store, 'FN:Ida Berg')
  for (const typed of [
    'jorg',
    'Jörg',
    'joerg grun',
    'jogi',
    'sohne',
    '421555',
    '+49421',
    '0421 555',
    '555-0199',
    'holz.ex',
    'brem',
    '28195',
    'schach',
    'chor',
  ])
    expect([typed, store.contacts.find(typed, 10).map(each => each.id)]).toEqual([typed, [id]])
  expect(store.contacts.find('jorg berg', 10)).toEqual([])
  expect(store.contacts.find('%', 10)).toEqual([])
})

test('people stand by their family names', () => {
  const { store } = freshStore()
  addCard(store, 'FN:Zoe Adam\nN:Adam;Zoe;;;')
  addCard(store, 'FN:Änne Berg\nN:Berg;Änne;;;')
  addCard(store, 'ORG:Bäckerei')
  expect(store.contacts.list(null).map(({ name }) => name)).toEqual(['Zoe Adam', 'Bäckerei', 'Änne Berg'])
})

test('groups stand for their members, looked up in their own book', () => {
  const { store } = freshStore()
  const other = store.contacts.addBook('Verein')
  addCard(store, 'UID:u1\nFN:Ida\nEMAIL:ida@x.example\nEMAIL;TYPE=pref:ida@y.example')
  addCard(store, 'UID:U2\nFN:Jan\nEMAIL:jan@x.example\nCATEGORIES:Chor')
  addCard(store, 'UID:u1\nFN:Another\nEMAIL:another@x.example', other)
  const group = addCard(
    store,
    'FN:Segeln\nX-ADDRESSBOOKSERVER-KIND:group\nX-ADDRESSBOOKSERVER-MEMBER:urn:uuid:u1\nX-ADDRESSBOOKSERVER-MEMBER:urn:uuid:u2\nX-ADDRESSBOOKSERVER-MEMBER:urn:uuid:gone\nX-ADDRESSBOOKSERVER-MEMBER:mailto:eve@x.example',
  )
  expect(store.contacts.members(group)).toEqual([
    { name: 'Ida', address: 'ida@y.example' },
    { name: 'Jan', address: 'jan@x.example' },
    { name: '', address: 'eve@x.example' },
  ])
  expect(store.contacts.members('Chor')).toEqual([{ name: 'Jan', address: 'jan@x.example' }])
  expect(store.contacts.groups()).toEqual([
    expect.objectContaining({ id: group, name: 'Segeln', members: 3 }),
    expect.objectContaining({ id: null, name: 'Chor', members: 1 }),
  ])
  expect(store.contacts.detail(group)?.members).toHaveLength(4)
  // A group in a group, and one that holds itself, are members without an address.
  const round = addCard(
    store,
    'UID:g\nFN:Kreis\nX-ADDRESSBOOKSERVER-KIND:group\nX-ADDRESSBOOKSERVER-MEMBER:urn:uuid:g',
  )
  expect(store.contacts.members(round)).toEqual([])
})

test('contacts and groups are suggested before those whom only mail knows, and nobody twice', () => {
  const { store } = freshStore()
  addCard(store, 'FN:Anna Berg\nEMAIL:anna@berg.example\nEMAIL:old@berg.example')
  addCard(store, 'FN:Anna Often\nEMAIL:often@x.example\nCATEGORIES:Annahme')
  const typed = typedWords('anna')
  const often = { weight: 60, lastUsedMs: 1000, written: 3 }
  const candidates = [
    {
      name: 'Anna Mail',
      address: 'mail@x.example',
      use: { weight: 900, lastUsedMs: 1000, written: 9 },
      isContact: false,
    },
    { name: 'A. Often', address: 'often@x.example', use: often, isContact: false },
    ...store.contacts
      .suggest('anna')
      .map(each => (each.address === 'often@x.example' ? { ...each, use: often } : each)),
  ]
  expect(rankPeople(candidates, typed, 1000)).toEqual([
    { name: 'Anna Often', address: 'often@x.example' },
    { name: 'Anna Berg', address: 'anna@berg.example' },
    { name: 'Anna Berg', address: 'old@berg.example' },
    { name: 'Annahme', address: '', members: [{ name: 'Anna Often', address: 'often@x.example' }] },
    { name: 'Anna Mail', address: 'mail@x.example' },
  ])
  expect(store.contacts.suggest('old@').map(each => each.address)).toEqual(['old@berg.example'])
})

test('birthdays are told, also those without a year', () => {
  const { store } = freshStore()
  const id = addCard(store, 'FN:Ida\nBDAY:1604-02-29')
  addCard(store, 'FN:Jan\nBDAY:soon')
  expect(store.contacts.birthdays()).toEqual([
    { id, name: 'Ida', birthday: { year: null, month: 2, day: 29 } },
  ])
})

test('cards are not readable on the disk', () => {
  const directory = temporaryDirectory()
  const { store } = openAt(directory)
  addCard(store, 'FN:Readable Person\nNOTE:readable note')
  store.close()
  for (const name of readdirSync(directory))
    expect(readFileSync(join(directory, name)).includes('eadable')).toBe(false)
})
