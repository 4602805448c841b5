import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { takeBackContacts } from '../../../../../../../electron/engine/features/contacts/app/context'
import { findDuplicates } from '../../../../../../../electron/engine/features/contacts/app/find-duplicates'
import { contactUseCases } from '../../../../../../../electron/engine/features/contacts/app/use-cases'
import { cardFormat } from '../../../../../../../electron/engine/formats/contact-files/card-format'
import { userFiles } from '../../../../../../../electron/engine/kit/user-files'
import type { Store } from '../../../../../../../electron/engine/ports/store'
import type { BookId, ContactId } from '../../../../../../../shared/features/contacts/model'
import { noFields } from '../../../../../../../shared/features/contacts/model'
import { fakeRandom, freshStore, newMessage, seedAccount } from '../../../store/support'
import { addCard, ownBook, rawCard } from '../store/support'

const fixtures = join(import.meta.dirname, '../../../../../../fixtures/contacts')
const programs = ['apple', 'apple-group', 'thunderbird', 'google', 'outlook', 'nextcloud']

function open() {
  const { store, clock } = freshStore()
  const calls = contactUseCases({
    cards: cardFormat,
    store,
    clock,
    random: fakeRandom(),
    files: userFiles,
  })
  const directory = mkdtempSync(join(tmpdir(), 'siegel-contacts-'))
  onTestFinished(() => rmSync(directory, { recursive: true, force: true }))
  const file = (name: string, content: string | Uint8Array): string => {
    const path = join(directory, name)
    writeFileSync(path, content)
    return path
  }
  const undo = (undoId: number | null = null): number => {
    const entry = store.tasks.takeUndo(undoId)
    return (entry && store.transaction(() => takeBackContacts({ store }, entry)))?.count ?? 0
  }
  return { store, calls, directory, file, undo, bookId: ownBook(store) }
}

const everything = (store: Store) =>
  store.contacts
    .list(null)
    .map(({ id }) => [id, Buffer.from(store.contacts.card(id)!.raw).toString('latin1')])
const value = (text: string) => ({ value: text, types: [], label: '', preferred: false })

test('a group keeps a member that moves to another book of mine', async () => {
  const { store, calls, bookId, undo } = open()
  const [eva, group] = store.transaction(() => {
    const add = (uid: string, lines: string, into: BookId = bookId) =>
      store.contacts.add({
        bookId: into,
        raw: Buffer.from(`BEGIN:VCARD\r\nVERSION:4.0\r\nUID:urn:uuid:${uid}\r\n${lines}\r\nEND:VCARD\r\n`),
      })
    return [
      add('eva', 'FN:Eva\r\nEMAIL:eva@example.org'),
      add('g', 'FN:Choir\r\nKIND:group\r\nMEMBER:urn:uuid:eva\r\nMEMBER:urn:uuid:gone'),
    ]
  })
  const addresses = () => store.contacts.members(group!).map(({ address }) => address)
  expect(addresses()).toEqual(['eva@example.org'])
  const { bookId: other } = await calls['contacts.addBook']({ name: 'Other' })
  const moved = await calls['contacts.move']({ ids: [eva!], bookId: other })
  expect(addresses()).toEqual(['eva@example.org'])
  expect(calls['contacts.groups']({})).toMatchObject([{ name: 'Choir', members: 1 }])
  // In the book of the group somebody else has that name: they count, and the one that moved again where they go.
  const second = store.contacts.add({
    bookId,
    raw: Buffer.from('BEGIN:VCARD\r\nVERSION:4.0\r\nUID:eva\r\nFN:E\r\nEMAIL:e@example.org\r\nEND:VCARD\r\n'),
  })
  expect(addresses()).toEqual(['e@example.org'])
  store.contacts.remove([second])
  expect(undo(moved.undoId)).toBeGreaterThan(0)
  expect(addresses()).toEqual(['eva@example.org'])
})

test('what Google puts everybody into is no group, and stays in the cards', () => {
  const { store, calls, bookId } = open()
  for (const categories of ['myContacts', 'myContacts,Choir', '* myContacts,* starred,Choir', 'MYCONTACTS'])
    store.contacts.add({
      bookId,
      raw: Buffer.from(
        `BEGIN:VCARD\r\nVERSION:3.0\r\nFN:${categories}\r\nCATEGORIES:${categories}\r\nEND:VCARD\r\n`,
      ),
    })
  const groups = calls['contacts.groups']({})
  expect(groups).toMatchObject([{ name: 'Choir', members: 2 }])
  expect(store.contacts.list(null).flatMap(({ categories }) => categories)).toContain('myContacts')
})

test('cards of every program are imported and exported byte for byte, and a second import changes nothing', async () => {
  const { calls, file, directory, bookId, undo, store } = open()
  const all = Buffer.concat(programs.map(name => readFileSync(join(fixtures, `${name}.vcf`))))
  const path = file('all.vcf', all)
  const first = await calls['contacts.import']({ path, bookId, mapping: null })
  expect(first).toMatchObject({ added: 6, merged: 0, unchanged: 0, problemCount: 0 })
  const out = join(directory, 'out.vcf')
  expect(await calls['contacts.export']({ bookId, path: out })).toEqual({ exported: 6 })
  expect(readFileSync(out).equals(all)).toBe(true)
  await expect(calls['contacts.export']({ bookId, path: out })).rejects.toThrow('file-exists')

  const again = await calls['contacts.import']({ path: out, bookId, mapping: null })
  expect(again).toMatchObject({ added: 0, merged: 0, unchanged: 6, undoId: null })
  expect(undo()).toBe(6)
  expect(everything(store)).toEqual([])
})

test('a known UID is merged into what is here, two values are counted, and all of it is taken back', async () => {
  const { calls, file, bookId, undo, store } = open()
  const id = addCard(store, 'UID:urn:uuid:AB\nFN:Ida Berg\nEMAIL:ida@x.example')
  const before = everything(store)
  const path = file(
    'a.vcf',
    `${rawCard('UID:ab\nFN:Ida Thal\nEMAIL:ida@y.example').toString()}BEGIN:VCARD\r\nFN:cut\r\n`,
  )
  const done = await calls['contacts.import']({ path, bookId, mapping: null })
  expect(done).toMatchObject({
    added: 0,
    merged: 1,
    conflicts: 1,
    problems: [{ line: 7, reason: 'not-ended' }],
  })
  expect(store.contacts.detail(id)?.emails).toEqual(['ida@x.example', 'ida@y.example'])
  expect(undo()).toBe(1)
  expect(everything(store)).toEqual(before)
})

test('two of one name stay two, in an import and among the duplicates', async () => {
  const { calls, file, bookId, store } = open()
  addCard(store, 'FN:Ida Berg\nEMAIL:ida@x.example')
  const path = file('a.vcf', rawCard('FN:Ida Berg\nEMAIL:other@y.example'))
  await calls['contacts.import']({ path, bookId, mapping: null })
  expect(store.contacts.list(null)).toHaveLength(2)
  expect(await calls['contacts.duplicates']({})).toEqual([])
})

test('tables and LDIF become cards, groups with members, and come once', async () => {
  const { calls, bookId, store } = open()
  for (const name of ['thunderbird.csv', 'outlook.csv', 'google.csv', 'thunderbird.ldif']) {
    const path = join(fixtures, name)
    const preview = await calls['contacts.previewImport']({ path, mapping: null })
    expect(store.contacts.list(null).length).toBe(store.contacts.list(null).length)
    const done = await calls['contacts.import']({ path, bookId, mapping: null })
    expect(done.added).toBe(preview.contacts)
    expect(await calls['contacts.import']({ path, bookId, mapping: null })).toMatchObject({
      added: 0,
      unchanged: preview.contacts,
    })
  }
  expect(store.contacts.groups().find(({ name }) => name === 'Freunde')).toBeDefined()
  expect(store.contacts.find('suess kiel', 5)).toHaveLength(1)
})

test('what is no file of contacts, or not there, is named with its place, and nothing is changed', async () => {
  const { calls, file, bookId, store } = open()
  const path = file('a.html', '<html>')
  await expect(calls['contacts.import']({ path, bookId, mapping: null })).rejects.toMatchObject({
    code: 'contacts-unreadable',
    params: { path },
  })
  await expect(
    calls['contacts.import']({ path: '/nowhere.vcf', bookId, mapping: null }),
  ).rejects.toMatchObject({ code: 'file-unreadable' })
  expect(everything(store)).toEqual([])
})

test('a contact is added, changed, deleted, and each is taken back', async () => {
  const { calls, bookId, undo, store } = open()
  const { id } = await calls['contacts.add']({
    bookId,
    fields: { displayName: 'Ida', emails: [value('a@x.example')] },
  })
  const raw = Buffer.from((await calls['contacts.raw']({ id })).bytes).toString()
  expect(raw).toMatch(/^BEGIN:VCARD\r\nVERSION:3\.0\r\nUID:[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab]/)
  expect(raw).not.toMatch(/PRODID|Siegel/i)
  const added = everything(store)
  expect(await calls['contacts.change']({ id, change: { displayName: 'Ida' } })).toEqual({ undoId: null })
  await calls['contacts.change']({ id, change: { note: 'x' } })
  expect((await calls['contacts.show']({ id })).fields).toEqual({
    ...noFields,
    ...(await calls['contacts.show']({ id })).fields,
    note: 'x',
  })
  undo()
  expect(everything(store)).toEqual(added)
  await calls['contacts.delete']({ ids: [id] })
  expect(everything(store)).toEqual([])
  await expect(async () => calls['contacts.show']({ id })).rejects.toThrow('not-found')
  undo()
  expect(everything(store)).toEqual(added)
})

test('a contact that was changed again since is not written over by taking the first change back', async () => {
  const { calls, bookId, undo, store } = open()
  const { id, undoId: adding } = await calls['contacts.add']({ bookId, fields: { displayName: 'Ida' } })
  const { undoId: first } = await calls['contacts.change']({ id, change: { note: 'first' } })
  await calls['contacts.change']({ id, change: { note: 'second' } })
  const now = everything(store)
  for (const each of [first, adding]) expect(() => undo(each)).toThrow('changed-since')
  expect(everything(store)).toEqual(now)
})

test('a group is made of contacts and addresses, and follows when two of them become one', async () => {
  const { calls, bookId, undo, store } = open()
  const one = addCard(store, 'FN:Ida\nEMAIL:ida@x.example')
  const other = addCard(store, 'UID:u2\nFN:Ida Berg\nEMAIL:ida@x.example\nTEL:12345678')
  const { id } = await calls['contacts.add']({
    bookId,
    fields: { displayName: 'Chor' },
    members: [one, other, 'eve@x.example'],
  })
  const group = everything(store)
  expect(await calls['contacts.members']({ group: id })).toEqual([
    { name: 'Ida Berg', address: 'ida@x.example' },
    { name: '', address: 'eve@x.example' },
  ])
  expect(await calls['contacts.duplicates']({})).toEqual([{ ids: [other, one], by: 'address' }])
  const merged = await calls['contacts.merge']({ ids: [one, other] })
  expect(merged).toMatchObject({ id: one, conflicts: [{ name: 'FN', kept: 'Ida', other: 'Ida Berg' }] })
  expect((await calls['contacts.show']({ id: one })).phones).toEqual(['12345678'])
  expect(await calls['contacts.members']({ group: id })).toEqual([
    { name: 'Ida', address: 'ida@x.example' },
    { name: '', address: 'eve@x.example' },
  ])
  undo()
  expect(everything(store)).toEqual(group)
})

test('what cannot be written into is refused by name', async () => {
  const { calls, store } = open()
  const collected = store.contacts.books().find(({ kind }) => kind === 'collected')!.id
  const readOnly = async (bookId: BookId) => calls['contacts.add']({ bookId, fields: { displayName: 'x' } })
  await expect(readOnly(collected)).rejects.toThrow('book-read-only')
  await expect(readOnly(99 as BookId)).rejects.toThrow('not-found')
  await expect(async () => calls['contacts.removeBook']({ bookId: ownBook(store) })).rejects.toThrow(
    'conflict',
  )
  await expect(async () => calls['contacts.merge']({ ids: [1, 1] as ContactId[] })).rejects.toThrow(
    'not-found',
  )
})

test('those who were written to are a book of their own until they are contacts, or it is switched off', async () => {
  const { calls, store } = open()
  const { accountId } = seedAccount(store)
  const sent = store.mailboxes.create({ accountId, path: 'Sent', delimiter: '/', role: 'sent' }).id
  const to = [
    { name: 'Ida', address: 'ida@x.example' },
    { name: 'Jan', address: 'Jan@x.example' },
  ]
  store.messages.insertHeaders(sent, [newMessage(1, { to })])
  addCard(store, 'FN:Ida Berg\nEMAIL:IDA@x.example')
  expect((await calls['contacts.collected']({})).map(each => each.address)).toEqual(['jan@x.example'])
  expect((await calls['contacts.books']({})).map(each => each.contacts)).toEqual([1, 1])
  expect(await calls['addresses.suggest']({ prefix: 'x.exa' })).toEqual([
    { name: 'Ida Berg', address: 'IDA@x.example' },
    { name: 'Jan', address: 'jan@x.example' },
  ])
  store.settings.set({ collectAddresses: false })
  expect(await calls['contacts.collected']({})).toEqual([])
  expect(await calls['addresses.suggest']({ prefix: 'x.exa' })).toEqual([
    { name: 'Ida Berg', address: 'IDA@x.example' },
  ])
})

const contact = (id: number, name: string, more: object = {}) => ({
  id: id as ContactId,
  bookId: 1 as BookId,
  uid: '',
  kind: 'individual' as const,
  name,
  organisation: '',
  emails: [],
  phones: [],
  categories: [],
  ...more,
})

test.each([
  ['a family with one address', { emails: ['f@x.example'] }, 'Ida Berg', 'Jan Berg', false],
  ['a short name and the whole one', { emails: ['f@x.example'] }, 'Ida', 'Ida Berg', true],
  ['an initial', { emails: ['f@x.example'] }, 'I. Berg', 'Ida Berg', true],
  ['a title', { phones: ['+49 421 555 01'] }, 'Dr. Ida Berg', 'ida berg', true],
  ['another order', { phones: ['0421 55501', '1'] }, 'Berg, Ida', 'Ida Berg', true],
  ['an address as a name', { emails: ['f@x.example'] }, 'f@x.example', 'Ida Berg', true],
  ['a short number', { phones: ['110'] }, 'Ida', 'Ida', false],
  ['one name and nothing else', {}, 'Ida Berg', 'Ida Berg', false],
])('%s: one person or two', (_words, shared, one, other, isOne) => {
  expect(findDuplicates([contact(1, one, shared), contact(2, other, shared)])).toHaveLength(isOne ? 1 : 0)
})
