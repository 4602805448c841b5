import { expect, test } from 'vitest'
import type { Store } from '../../../../../electron/engine/ports/store'
import type { Address } from '../../../../../shared/model/mail'
import { freshStore, newMessage, seedAccount } from './support'

const nowMs = Date.UTC(2026, 5, 1)
const day = 86_400_000

/** People, how many messages came from each, how many went there, and how many days ago the last one. */
const people: readonly (readonly [string, string, number, number, number])[] = [
  ['Jürgen Müller', 'j.mueller@example.org', 1, 0, 5],
  ['Zoë Ångström', 'zoe@company.example', 1, 0, 5],
  ['Łukasz Żółw', 'lz@post.example', 1, 0, 5],
  ['Đorđe Ødegård', 'dj@post.example', 1, 0, 5],
  ['Ελένη Παπαδοπούλου', 'eleni@ath.example', 1, 0, 5],
  ['Семён Ёлкин', 'semen@ru.example', 1, 0, 5],
  ["Seán O'Brien-Müller", 'sean_obrien+lists@mail.widgets.co.example', 1, 0, 5],
  ['', 'office@acme-tools.example', 1, 0, 5],
  ['Weekly News', 'noreply@anna.example', 300, 0, 1],
  ['Anna Newsletter', 'news@shop.example', 90, 0, 1],
  ['Anna Often', 'often@x.example', 2, 3, 10],
  ['Anna Once', 'once@x.example', 0, 1, 800],
  ['Anna Received', 'received@x.example', 40, 0, 3],
]

function filled(): Store {
  const { store } = freshStore()
  const { inbox, accountId } = seedAccount(store)
  const sent = store.mailboxes.create({ accountId, path: 'Sent', delimiter: '/', role: 'sent' }).id
  let uid = 0
  for (const [name, address, received, written, daysAgo] of people) {
    const person: Address = { name, address }
    const dateMs = nowMs - daysAgo * day
    const messages = (count: number, values: object) =>
      Array.from({ length: count }, () => {
        uid += 1
        return newMessage(uid, { messageIdHeader: `${uid}@x`, dateMs, ...values })
      })
    store.messages.insertHeaders(inbox, messages(received, { from: [person] }))
    store.messages.insertHeaders(sent, messages(written, { to: [person] }))
  }
  return store
}

test('people are found by the beginning of any word of name, address or domain, with or without accents', () => {
  const store = filled()
  const found = (typed: string) => store.messages.suggestAddresses(typed, 8).map(person => person.address)
  const expected: Record<string, string[]> = {
    mul: ['j.mueller@example.org', 'sean_obrien+lists@mail.widgets.co.example'],
    mül: ['j.mueller@example.org', 'sean_obrien+lists@mail.widgets.co.example'],
    muel: ['j.mueller@example.org', 'sean_obrien+lists@mail.widgets.co.example'],
    jur: ['j.mueller@example.org'],
    JÜR: ['j.mueller@example.org'],
    'mul jur': ['j.mueller@example.org'],
    'jürgen mü': ['j.mueller@example.org'],
    'jurgen zo': [],
    ang: ['zoe@company.example'],
    aangs: ['zoe@company.example'],
    company: ['zoe@company.example'],
    'company.ex': ['zoe@company.example'],
    'zoe@comp': ['zoe@company.example'],
    lukasz: ['lz@post.example'],
    zolw: ['lz@post.example'],
    dorde: ['dj@post.example'],
    odegard: ['dj@post.example'],
    ελενη: ['eleni@ath.example'],
    παπ: ['eleni@ath.example'],
    елк: ['semen@ru.example'],
    семен: ['semen@ru.example'],
    "o'br": ['sean_obrien+lists@mail.widgets.co.example'],
    brien: ['sean_obrien+lists@mail.widgets.co.example'],
    widgets: ['sean_obrien+lists@mail.widgets.co.example'],
    acme: ['office@acme-tools.example'],
    tools: ['office@acme-tools.example'],
    'office@acme-t': ['office@acme-tools.example'],
    '<zoe@company.example>': ['zoe@company.example'],
    '%': [],
    _: [],
    '*': [],
    '"': [],
    '': [],
    ompany: [],
  }
  expect(Object.fromEntries(Object.keys(expected).map(typed => [typed, found(typed)]))).toEqual(expected)
})

test('whom one writes to comes first, then by use and how lately; machines and domains last', () => {
  const store = filled()
  expect(store.messages.suggestAddresses('anna', 8).map(person => person.address)).toEqual([
    'often@x.example',
    'once@x.example',
    'news@shop.example',
    'received@x.example',
    'noreply@anna.example',
  ])
})

test('a new name is found beside the one of before', () => {
  const { store } = freshStore()
  const { inbox } = seedAccount(store)
  const from = (uid: number, name: string) =>
    store.messages.insertHeaders(inbox, [newMessage(uid, { from: [{ name, address: 'lena@x.example' }] })])
  from(1, 'Lena Groß')
  from(2, 'Lena Kühn')
  for (const typed of ['gross', 'kuhn'])
    expect(store.messages.suggestAddresses(typed, 8)).toEqual([
      { name: 'Lena Kühn', address: 'lena@x.example' },
    ])
})

const names: readonly (readonly [string, readonly string[]])[] = [
  ['Robert "Bob" Smith', ['bob', '"bob"', 'smith bob', 'rob']],
  ["'Ann' Lee", ['ann', 'lee']],
  ['Smith, Robert (Bobby)', ['bobby', '(bob', 'robert', 'smith, rob']],
  ['„Lena“ von der Ähre', ['lena', 'ahre', 'aehre', 'ähre', 'von der']],
  [
    'Jean‑Luc Müller-Lüdenscheidt',
    ['jean-luc', 'jeanl', 'luc', 'muller-lud', 'müller-lüd', 'mueller-lued', 'ludens', 'jean luc'],
  ],
  ['Seán O’Brien', ["o'br", 'o’br', 'obri', 'brien', 'sean']],
  ['D´Angelo d‘Arc', ["d'ang", 'dangelo', 'angelo', 'darc']],
  ['Søren Aarhus', ['årh', 'arhus', 'aarh', 'soer', 'sor', 'sör']],
  ['Nils Århus', ['aarh', 'årh', 'arh']],
  ['Novak Đoković', ['djok', 'dok', 'đok', 'ðok']],
  ['Goran Djordjevic', ['đorđ', 'djordj', 'dord']],
  ['Işıl Çağrı İnönü', ['isil', 'ışı', 'ISI', 'cagri', 'inonu', 'İNÖ', 'inoenue']],
  ['Jörg Weiß', ['weiss', 'weiß', 'WEISS', 'joerg', 'jorg']],
  ['Gross Strauss', ['groß', 'strauß']],
  ['مُحَمَّد عليّ', ['محمد', 'علي', 'على']],
  ['שָׂרָה כֹּהֵן', ['שרה', 'כהן']],
  ['Елена Ёжикова', ['ежик', 'ёжик', 'елена']],
  ['Γιώργος Παπαδόπουλος', ['γιωργ', 'ΠΑΠΑΔ', 'παπαδόπουλοσ']],
  ['Nguyễn Thị Đẹp', ['nguyen', 'thi', 'dep']],
  ['Žofie Dvořáková', ['zof', 'dvorak']],
  ['José Ñúñez', ['jose', 'nunez', 'ñu']],
  ['Zürich Versicherung', ['zuri', 'zueri', 'versich']],
  ['王小明', ['王', '王小']],
  ['ﬁne Ｆｕｌｌ', ['fine', 'full']],
]

test('names of many languages are suggested by any of their words, however it is written', () => {
  const { store } = freshStore()
  const { inbox } = seedAccount(store)
  const addressOf = (at: number): string => `x${at}@stadtwerke-muenchen.rohr-bau${at}.example`
  store.messages.insertHeaders(
    inbox,
    names.map(([name], at) =>
      newMessage(at + 1, { messageIdHeader: `${at}@n`, from: [{ name, address: addressOf(at) }] }),
    ),
  )
  const finds = (text: string, at: number): boolean =>
    store.messages.suggestAddresses(text, 50).some(({ address }) => address === addressOf(at))
  const ofDomain = ['stadtw', 'muenchen', 'münch', 'munch', 'rohr', 'bau', 'stadtwerke-mün', '@stadtw']
  for (const [at, [name, typed]] of names.entries())
    expect([name, [...typed, ...ofDomain, `x${at}@stadt`].filter(text => !finds(text, at))]).toEqual([
      name,
      [],
    ])
  for (const text of ['example', 'xyz', "'", '-', '@', '.', 'erke']) expect(finds(text, 0), text).toBe(false)
})
