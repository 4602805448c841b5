import { afterAll, beforeAll, expect, test } from 'vitest'
import type { BookId, ContactFields, ContactId } from '../../../shared/features/contacts/model'
import { noFields } from '../../../shared/features/contacts/model'
import { type DavServer, startRadicale } from '../../rig/dav-servers'
import { TestProfile } from '../../support/command-line'
import { type DavMachine, davClientOf, openDavMachine } from '../../support/dav-machine'

/** One person with two machines and an address book on a real server. */
let server: DavServer
let [here, there]: DavMachine[] = []
let other: ReturnType<typeof davClientOf>
const bookUrl = () => new URL('alice%40rig.test/people/', server.url)
const machine = (one: DavMachine | undefined): DavMachine => {
  if (!one) throw new Error('no machine')
  return one
}

const sync = async (one: DavMachine | undefined, removesMany = false) => {
  const { engine, accountId } = machine(one)
  const report = await engine.call('contacts.sync', { accountId, removesMany })
  expect(report.problems).toEqual([])
  const [book] = report.books
  return { ...book, notes: report.notes.map(({ kind }) => kind) }
}
const bookOf = async (one: DavMachine | undefined): Promise<BookId> => {
  const { engine, accountId } = machine(one)
  const book = (await engine.call('contacts.books', {})).find(each => each.accountId === accountId)
  if (!book) throw new Error('no address book')
  return book.id
}
const list = async (one: DavMachine | undefined) =>
  machine(one).engine.call('contacts.list', { bookId: await bookOf(one) })
const names = async (one: DavMachine | undefined) => (await list(one)).map(({ name }) => name).sort()
const idOf = async (one: DavMachine | undefined, name: string): Promise<ContactId> => {
  const found = (await list(one)).find(each => each.name === name)
  if (!found) throw new Error(`no contact ${name}`)
  return found.id
}
const add = async (one: DavMachine | undefined, displayName: string) =>
  machine(one).engine.call('contacts.add', { bookId: await bookOf(one), fields: { displayName } })
const change = async (one: DavMachine | undefined, name: string, fields: Partial<ContactFields>) =>
  machine(one).engine.call('contacts.change', { id: await idOf(one, name), change: fields })
const value = (text: string) => ({ value: text, types: [], label: '', preferred: false })
const put = (name: string, version: string, lines: readonly string[]) =>
  other.client.put(
    new URL(`${name}.vcf`, bookUrl()),
    Buffer.from(['BEGIN:VCARD', `VERSION:${version}`, ...lines, 'END:VCARD', ''].join('\r\n')),
    { condition: { kind: 'new' }, contentType: 'text/vcard; charset=utf-8' },
  )

beforeAll(async () => {
  server = await startRadicale()
  other = davClientOf(server)
  await other.client.makeCollection(bookUrl(), { kind: 'contacts', name: 'People' })
  ;[here, there] = await Promise.all([openDavMachine(server), openDavMachine(server)])
})
afterAll(async () => {
  other?.close()
  await Promise.all([here?.close(), there?.close()])
  await server?.stop()
})

test('cards of both versions come from a server, and what is not known here is sent back as it came', async () => {
  await put('three', '3.0', ['UID:three', 'N:Berg;Ida;;;', 'FN:Ida Berg', 'X-OWN;X-P=1:kept', 'TEL:+49 1'])
  await put('four', '4.0', [
    'UID:urn:uuid:four',
    'N:Ode;Jan;;;',
    'FN:Jan Ode',
    'LANG;PREF=1:de',
    'BDAY:--0412',
  ])
  expect(await sync(here)).toMatchObject({ outcome: 'done', received: 2, notes: [] })
  expect(await names(here)).toEqual(['Ida Berg', 'Jan Ode'])
  await change(here, 'Ida Berg', { note: 'from here' })
  await change(here, 'Jan Ode', { emails: [value('jan@ode.example')] })
  expect(await sync(here)).toMatchObject({ sent: 2, waiting: 0 })
  for (const [name, version, kept, written] of [
    ['three', '3.0', 'X-OWN;X-P=1:kept', 'NOTE:from here'],
    ['four', '4.0', 'LANG;PREF=1:de', 'jan@ode.example'],
  ] as const) {
    const text = Buffer.from((await other.client.get(new URL(`${name}.vcf`, bookUrl()))).bytes).toString()
    expect(text).toContain(`VERSION:${version}`)
    expect(text).toContain(kept)
    expect(text).toContain(written)
  }
})

test('what is written on one machine is on the other, changed and taken away as well', async () => {
  for (const each of ['Ann', 'Ben', 'Cleo', 'Dora', 'Emil']) await add(here, each)
  expect(await sync(here)).toMatchObject({ sent: 5, waiting: 0 })
  await sync(there)
  expect(await names(there)).toEqual(['Ann', 'Ben', 'Cleo', 'Dora', 'Emil', 'Ida Berg', 'Jan Ode'])
  await change(there, 'Ann', { displayName: 'Anna' })
  await machine(there).engine.call('contacts.delete', { ids: [await idOf(there, 'Ben')] })
  expect(await sync(there)).toMatchObject({ sent: 2, waiting: 0 })
  expect(await sync(here)).toMatchObject({ removed: 1, received: 1 })
  expect(await names(here)).toEqual(['Anna', 'Cleo', 'Dora', 'Emil', 'Ida Berg', 'Jan Ode'])
  // Nothing to do is nothing done.
  expect(await sync(here)).toMatchObject({ received: 0, sent: 0, removed: 0 })
})

test('different things of one contact are both in it, the same thing is kept twice, and nothing is written over', async () => {
  await change(here, 'Anna', { phones: [value('+49 30 1')] })
  await change(there, 'Anna', { organisation: 'Choir' })
  await sync(here)
  expect((await sync(there)).notes).toEqual(['merged'])
  await sync(here)
  for (const one of [here, there]) {
    const { fields } = await machine(one).engine.call('contacts.show', { id: await idOf(one, 'Anna') })
    expect([fields.organisation, fields.phones[0]?.value]).toEqual(['Choir', '+49 30 1'])
  }
  await change(here, 'Anna', { organisation: 'Band' })
  await change(there, 'Anna', { organisation: 'Club' })
  await sync(here)
  expect((await sync(there)).notes).toEqual(['kept-both'])
  await sync(here)
  for (const one of [here, there]) {
    const both = (await list(one)).filter(({ name }) => name === 'Anna')
    expect(both.map(({ organisation }) => organisation).sort()).toEqual(['Band', 'Club'])
    expect(new Set(both.map(({ uid }) => uid)).size).toBe(2)
  }
})

test('taken away on one side and changed on the other stays, and undo brings back what the server lost', async () => {
  await machine(here).engine.call('contacts.delete', { ids: [await idOf(here, 'Cleo')] })
  await change(there, 'Cleo', { note: 'still wanted' })
  await sync(here)
  expect((await sync(there)).notes).toEqual(['kept-ours'])
  await sync(here)
  expect(await names(here)).toContain('Cleo')
  await change(here, 'Dora', { note: 'wanted too' })
  await machine(there).engine.call('contacts.delete', { ids: [await idOf(there, 'Dora')] })
  await sync(here)
  expect((await sync(there)).notes).toEqual(['kept-theirs'])
  const { undoId } = await machine(here).engine.call('contacts.delete', { ids: [await idOf(here, 'Emil')] })
  await sync(here)
  await machine(here).engine.call('undo.last', { undoId })
  expect(await sync(here)).toMatchObject({ sent: 1, waiting: 0 })
  await sync(there)
  expect(await names(there)).toContain('Emil')
})

test('a group goes with its members, and a book that was emptied is asked about', async () => {
  const members = [await idOf(here, 'Emil'), await idOf(here, 'Dora')]
  await machine(here).engine.call('contacts.add', {
    bookId: await bookOf(here),
    fields: { ...noFields, displayName: 'Choir' },
    members,
  })
  await sync(here)
  await sync(there)
  const group = await machine(there).engine.call('contacts.show', { id: await idOf(there, 'Choir') })
  expect(group.members.map(({ name }) => name).sort()).toEqual(['Dora', 'Emil'])
  const all = await list(there)
  await machine(there).engine.call('contacts.delete', { ids: all.map(({ id }) => id) })
  await sync(there)
  const asked = await sync(here)
  expect(asked).toMatchObject({ outcome: 'asks-about-removal', removed: 0, concerned: all.length })
  expect((await names(here)).length).toBe(all.length)
  expect(await sync(here, true)).toMatchObject({ outcome: 'done', removed: all.length })
})

test('the command line lists, adds and syncs, and the books go with the service', async () => {
  const profile = new TestProfile()
  try {
    await profile.create()
    await profile.json(
      ...['account', 'add-dav', '--url', server.url, '--user', server.userName],
      ...['--password-file', profile.file('password', `${server.password}\n`)],
      ...['--ca', profile.file('ca.pem', server.ca)],
    )
    const name = 'alice@rig.test/People'
    expect(await profile.json('contacts', 'sync')).toMatchObject({ books: [{ book: name, outcome: 'done' }] })
    await profile.json('contacts', 'add', '--book', name, '--name', 'Greta')
    expect(await profile.json('contacts', 'sync', '--account', 'alice@rig.test')).toMatchObject({
      ...{ sent: 1, waiting: 0, problems: [] },
    })
    expect(await profile.json('contacts', 'list', '--book', name)).toMatchObject([
      { name: 'Greta', book: name },
    ])
    await sync(there)
    expect(await names(there)).toEqual(['Greta'])
  } finally {
    await profile.remove()
  }
})

test('a service that is taken away asks for what waits, and takes its books along', async () => {
  const { engine, accountId } = machine(there)
  const { config } = (await engine.call('accounts.list', {})).find(({ id }) => id === accountId) ?? {}
  if (!config) throw new Error('no account')
  const services = { ...config.services, mail: mailAt(9) }
  // A service beside it, so that it is not the last one.
  const both = await engine.call('accounts.add', {
    config: { address: 'both@rig.test', displayName: '', services },
    password: server.password,
    route: { kind: 'direct' },
  })
  await engine.call('contacts.sync', { accountId: both.id })
  const books = async () =>
    (await engine.call('contacts.books', {})).filter(each => each.accountId === both.id)
  const [book] = await books()
  if (!book) throw new Error('no address book')
  await engine.call('contacts.add', { bookId: book.id, fields: { displayName: 'Waits' } })
  const removal = { accountId: both.id, service: 'dav' } as const
  await expect(engine.call('accounts.removeService', removal)).rejects.toMatchObject({ code: 'changes-wait' })
  expect(await books()).toMatchObject([{ contacts: 2 }])
  await engine.call('accounts.removeService', { ...removal, losesChanges: true })
  expect(await books()).toEqual([])
})

test('a contact that is moved is moved by the server, keeps its UID, and goes back by undo', async () => {
  const { engine, accountId } = machine(here)
  const more = new URL('alice%40rig.test/more/', server.url)
  await other.client.makeCollection(more, { kind: 'contacts', name: 'More' })
  const syncAll = async () => {
    const report = await engine.call('contacts.sync', { accountId })
    expect([report.problems, report.books.map(({ waiting }) => waiting)]).toEqual([[], [0, 0]])
  }
  const bookCalled = async (name: string) => {
    const found = (await engine.call('contacts.books', {})).find(each => each.name === name)
    if (!found) throw new Error(`no book ${name}`)
    return found
  }
  const counts = async () => [(await bookCalled('People')).contacts, (await bookCalled('More')).contacts]
  const there = async (at: URL) =>
    (await other.client.propfind(at, '1', ['{DAV:}getetag'])).rows.filter(({ href }) => href.endsWith('.vcf'))
  await syncAll()
  const [others = 0] = await counts()
  await add(here, 'Mover')
  await syncAll()
  const before = await engine.call('contacts.show', { id: await idOf(here, 'Mover') })
  const { ids, undoId } = await engine.call('contacts.move', {
    ids: [before.id],
    bookId: (await bookCalled('More')).id,
  })
  expect(await counts()).toEqual([others, 1])
  await syncAll()
  expect([(await there(bookUrl())).length, (await there(more)).length]).toEqual([others, 1])
  expect((await engine.call('contacts.show', { id: ids[0] ?? before.id })).uid).toBe(before.uid)
  await engine.call('undo.last', { undoId })
  await syncAll()
  expect(await counts()).toEqual([others + 1, 0])
  expect([(await there(bookUrl())).length, (await there(more)).length]).toEqual([others + 1, 0])
})

const mailAt = (port: number) => {
  const server = { host: '127.0.0.1', port, security: 'tls' as const }
  return { imap: server, smtp: server, userName: 'x', caPem: null }
}
