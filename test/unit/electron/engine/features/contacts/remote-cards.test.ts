import { expect, test } from 'vitest'
import type { BookId, ContactId } from '../../../../../../shared/features/contacts/model'
import { freshStore, seedAccount } from '../../store/support'
import { rawCard } from './store/support'

const url = 'https://dav.example/alice/people/'
const copy = (href: string, content: Uint8Array, etag = '"1"') => ({
  ...{ href, etag, scheduleTag: null, bytes: content },
})
const spelling = (href: string, base: string) => decodeURIComponent(new URL(href, base).pathname)
const none = { copies: [], moved: [], removed: [], goneButEdited: [] }
const ida = (more: string) => rawCard(`UID:ida\nN:Berg;Ida;;;\nFN:Ida Berg${more === '' ? '' : `\n${more}`}`)

/** An address book on a server, with one card that came from there. */
function bookHere() {
  const { store } = freshStore()
  const { accountId } = seedAccount(store)
  const told = [{ url, name: 'People', colour: null, owner: '', isReadOnly: false }]
  store.contacts.told(accountId, told, spelling)
  const [book] = store.contacts.remote(accountId)
  if (!book) throw new Error('no address book')
  const id = book.id as BookId
  const objects = store.contacts.openRemote(id, url, spelling)
  objects.apply({ ...none, copies: [copy('/alice/people/1.vcf', ida('TEL:1'))] })
  const names = () => store.contacts.list(id).map(({ name }) => name)
  const textOf = (card: number) => Buffer.from(store.contacts.card(card as ContactId)?.raw ?? []).toString()
  const [card] = store.contacts.cardsOf(id)
  if (card === undefined) throw new Error('no card')
  return { store, accountId, id, objects, names, textOf, card }
}

test('a card that was taken away here is nowhere to be found, waits for its server, and comes back by undo as it was', () => {
  const { store, accountId, id, objects, names, card } = bookHere()
  const before = store.contacts.card(card)
  store.contacts.remove([card])
  const seen = [names(), store.contacts.find('ida', 5), store.contacts.cardsOf(id), store.contacts.card(card)]
  expect(seen).toEqual([[], [], [], null])
  expect(store.contacts.books().find(book => book.id === id)?.contacts).toBe(0)
  expect(objects.change(card)).toMatchObject({ state: 'deleted', href: '/alice/people/1.vcf', etag: '"1"' })
  expect(store.contacts.waitingCount(accountId)).toBe(1)
  if (before) store.contacts.restore(before)
  expect([names(), store.contacts.waitingCount(accountId)]).toEqual([['Ida Berg'], 0])
})

test('taken back after its server was told, it is new there', () => {
  const { store, objects, card } = bookHere()
  const before = store.contacts.card(card)
  store.contacts.remove([card])
  objects.removed(card)
  if (before) store.contacts.restore(before)
  expect(objects.change(card)).toMatchObject({ state: 'new', href: null, base: null })
})

test('what one side alone changed is taken from it, and what both changed is kept twice', () => {
  const cases = [
    // here, there, in the end, decided
    ['TEL:1\nEMAIL:a@x', 'TEL:2', ['TEL:2', 'EMAIL:a@x'], 'merged'],
    ['TEL:1\nNOTE:x', 'TEL:1\nORG:Y', ['NOTE:x', 'ORG:Y'], 'merged'],
    ['TEL;TYPE=WORK:1', 'TEL:1\nORG:Y', ['TEL;TYPE=WORK:1', 'ORG:Y'], 'merged'],
    ['TEL:1\nORG:Y', 'TEL;TYPE=WORK:1', ['TEL;TYPE=WORK:1', 'ORG:Y'], 'merged'],
    ['TEL:1\nORG:Y', 'TEL:1\nORG:Z', null, 'kept-both'],
    ['TEL:1\nNOTE:x', 'TEL:1\nNOTE:y', null, 'kept-both'],
    ['TEL;TYPE=WORK:1', 'TEL;TYPE=HOME:1', null, 'kept-both'],
    ['TEL;TYPE=WORK:1', 'ORG:Y', null, 'kept-both'],
    ['TEL:1\nORG:y', 'TEL:1\nORG:Y', null, 'kept-both'],
  ] as const
  for (const [here, there, end, kind] of cases) {
    const { store, objects, textOf, card, names } = bookHere()
    store.contacts.replace(card, ida(here))
    objects.theirs(card, copy('/alice/people/1.vcf', ida(there), '"2"'))
    const [note] = objects.notes()
    expect([here, there, note?.kind]).toEqual([here, there, kind])
    for (const line of end ?? there.split('\n')) expect(textOf(card)).toContain(line)
    expect(objects.change(card)?.state ?? 'here').toBe(end ? 'changed' : 'here')
    expect(names().length).toBe(end ? 1 : 2)
    if (note?.second == null) continue
    for (const line of here.split('\n')) expect(textOf(note.second)).toContain(line)
    expect([/UID:(.*)/.exec(textOf(note.second))?.[1] === 'ida', objects.change(note.second)?.state]).toEqual(
      [false, 'new'],
    )
  }
})

test('a label of a person’s own goes with its value, whatever its group is called', () => {
  const { store, objects, textOf, card } = bookHere()
  store.contacts.replace(card, ida('TEL:1\nitem1.URL:https://here\nitem1.X-ABLabel:Blog'))
  const there = ida('TEL:1\nitem1.EMAIL:a@x\nitem1.X-ABLabel:Choir')
  objects.theirs(card, copy('/alice/people/1.vcf', there, '"2"'))
  const text = textOf(card)
  const groupOf = (line: RegExp) => line.exec(text)?.[1]
  expect(groupOf(/(\w+)\.EMAIL/)).toBe(groupOf(/(\w+)\.X-ABLabel:Choir/))
  expect(groupOf(/(\w+)\.URL/)).toBe(groupOf(/(\w+)\.X-ABLabel:Blog/))
  expect(groupOf(/(\w+)\.URL/)).not.toBe(groupOf(/(\w+)\.EMAIL/))
})

test('bytes that are no card are kept, are in nobody’s way, and survive a restart', () => {
  const { objects, store, id } = bookHere()
  const bytes = [
    Buffer.from('not a card'),
    Buffer.alloc(0),
    Buffer.from([0xff, 0xfe, 0]),
    rawCard('FN:No UID'),
  ]
  objects.apply({ ...none, copies: bytes.map((each, at) => copy(`/alice/people/x${at}.vcf`, each)) })
  expect(store.contacts.list(id).length).toBe(5)
  expect(objects.known().length).toBe(5)
})

test('a card without a UID gets one on its way to a server, and none on this machine', () => {
  const { store, id, textOf } = bookHere()
  expect(textOf(store.contacts.add({ bookId: id, raw: rawCard('FN:Jan') }))).toMatch(/UID:[0-9a-f-]{36}/)
  const own = store.contacts.books().find(({ kind, accountId }) => kind === 'personal' && accountId === null)
  if (!own) throw new Error('no book')
  expect(textOf(store.contacts.add({ bookId: own.id, raw: rawCard('FN:Jan') }))).not.toContain('UID')
})

test('the books of an account go with it, and a name that was chosen here stays', () => {
  const { store, accountId, id } = bookHere()
  store.contacts.renameBook(id, 'Mine')
  store.contacts.told(
    accountId,
    [{ url: url.slice(0, -1), name: 'People', colour: null, owner: '/bob/', isReadOnly: true }],
    spelling,
  )
  expect(store.contacts.books().filter(book => book.accountId === accountId)).toMatchObject([
    { id, name: 'Mine', owner: '/bob/', readOnly: true },
  ])
  store.contacts.forgetAccount(accountId)
  expect(store.contacts.books().some(book => book.accountId === accountId)).toBe(false)
})

test('a group of mine has nobody from a book that somebody else shares, whatever UID their card has', () => {
  const { store, accountId } = bookHere()
  const own = store.contacts.books().find(({ kind, accountId: of }) => kind === 'personal' && of === null)
  if (!own) throw new Error('no book')
  const group = store.contacts.add({
    bookId: own.id,
    raw: rawCard('UID:g\nFN:Choir\nX-ADDRESSBOOKSERVER-KIND:group\nX-ADDRESSBOOKSERVER-MEMBER:urn:uuid:spy'),
  })
  const shared = 'https://dav.example/bob/shared/'
  const told = (owner: string) =>
    store.contacts.told(
      accountId,
      [url, shared].map(each => ({
        ...{ url: each, name: each, colour: null, isReadOnly: each === shared && owner !== '' },
        owner: each === shared ? owner : '',
      })),
      spelling,
    )
  told('/bob/')
  const book = store.contacts.remote(accountId).find(each => each.url === shared)
  if (!book) throw new Error('no address book')
  const spy = rawCard('UID:spy\nFN:Spy\nEMAIL:spy@example.net')
  store.contacts
    .openRemote(book.id, shared, spelling)
    .apply({ ...none, copies: [copy('/bob/shared/1.vcf', spy)] })
  expect(store.contacts.members(group)).toEqual([])
  // The same book, were it mine.
  told('')
  expect(store.contacts.members(group)).toMatchObject([{ address: 'spy@example.net' }])
})

test('what is moved into another book is taken away from the first one only once it is there', () => {
  const { store, accountId, id, objects, card } = bookHere()
  const more = 'https://dav.example/alice/more/'
  const told = [url, more].map(each => ({
    url: each,
    name: each,
    colour: null,
    owner: '',
    isReadOnly: false,
  }))
  store.contacts.told(accountId, told, spelling)
  const other = store.contacts.remote(accountId).find(each => each.url === more)
  if (!other) throw new Error('no address book')
  const raw = store.contacts.card(card)?.raw ?? new Uint8Array()
  store.contacts.remove([card])
  expect(objects.isMovedTo(card)).toBe(false)
  const moved = store.contacts.add({ bookId: other.id as BookId, raw })
  const there = store.contacts.openRemote(other.id, more, spelling)
  expect(objects.isMovedTo(card)).toBe(true)
  expect(there.movedFrom(moved)).toMatchObject({
    id: card,
    copy: { href: '/alice/people/1.vcf', etag: '"1"' },
  })
  there.moved(card, moved, raw, copy('/alice/more/2.vcf', raw, '"2"'))
  expect([objects.change(card), there.change(moved), store.contacts.waitingCount(accountId)]).toEqual([
    null,
    null,
    0,
  ])
  // In a book of this machine it is there at once.
  const own = store.contacts.books().find(({ kind, accountId: of }) => kind === 'personal' && of === null)
  store.contacts.remove([moved])
  store.contacts.add({ bookId: own?.id ?? id, raw })
  expect(there.isMovedTo(moved)).toBe(false)
})

test('what a server left out of a card stays here, and the next change goes on from what the server has', () => {
  const { store, objects, textOf, card } = bookHere()
  store.contacts.replace(card, ida('TEL:1\nNOTE:x'))
  const change = objects.change(card)
  if (!change) throw new Error('nothing waits')
  const kept = ida('TEL:1')
  objects.stored(card, change.bytes, copy('/alice/people/1.vcf', kept, '"2"'))
  expect(textOf(card)).toContain('NOTE:x')
  expect(objects.change(card)).toBeNull()
  expect(store.collectionWaits.list('contacts')).toMatchObject([
    { what: 'altered', object: card, facts: { lost: ['NOTE'], changed: [] } },
  ])
  store.contacts.replace(card, ida('TEL:1\nNOTE:y'))
  expect(Buffer.from(objects.change(card)?.base ?? []).toString()).toBe(Buffer.from(kept).toString())
})
