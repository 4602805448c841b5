import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Store } from '../../../../../../../../electron/engine/ports/store'
import type { Address } from '../../../../../../../../shared/features/mail/model'
import { bytes, newMessage, openAt, parsed, type Seeded, seedAccount } from '../../../../store/support'

const directories: string[] = []
const opened: Store[] = []
/** Stores that several tests ask. */
function sharedStore(): Store {
  const directory = mkdtempSync(join(tmpdir(), 'siegel-letters-'))
  directories.push(directory)
  const { store } = openAt(directory)
  opened.push(store)
  return store
}
afterAll(() => {
  for (const each of opened) each.close()
  for (const each of directories) rmSync(each, { recursive: true, force: true })
})

const person = (text: string): Address => {
  const [name = '', address = ''] = text.split('|')
  return { name, address }
}

/** Texts of messages; each is found under its own number. */
const texts = [
  'Łódź',
  'Smørrebrød für alle',
  'die Straße nach Süden',
  'Καλημέρα κόσμε, λόγος',
  'ёлка, мой дом',
  'שָׁלוֹם עולם',
  'đẹp quá',
  'مُحَمَّد مدرسة أحمد',
  'ışık ve İstanbul',
  'ＦＵＬＬ ｗｉｄｔｈ ﬁnal',
  'Donau\u00addampf\u00adschiff in\u200bvoice',
  'می\u200cروم به خانه',
  'हिन्दी में लिखा',
  'Haustürschlüssel, Schlüsselbund, Mueller',
  '東京都へ行きます',
  'мои книги',
  'An (Lena-Müller-Ost), bitte',
]

let store: Store
let seeded: Seeded
let ids: readonly number[]

beforeAll(() => {
  store = sharedStore()
  seeded = seedAccount(store)
  ids = store.messages.insertHeaders(
    seeded.inbox,
    texts.map((_, at) => newMessage(at + 1, { subject: 's', messageIdHeader: `${at}@x` })),
  )
  store.messages.storeBodies(
    texts.map((text, at) => ({ id: ids[at] as never, raw: bytes(text), parsed: parsed(text) })),
  )
})

const found = (text: string): number[] =>
  store.messages
    .search(text, { mailboxId: null, limit: 100 })
    .ids.map(id => ids.indexOf(id))
    .sort((one, other) => one - other)

test.each([
  ['lodz ', [0]],
  ['ŁÓDŹ ', [0]],
  ['smorrebrod ', [1]],
  ['smoerrebroed ', [1]],
  ['fuer ', [1]],
  ['strasse ', [2]],
  ['STRASSE ', [2]],
  ['"die strasse"', [2]],
  ['sueden ', [2]],
  ['καλημερα ', [3]],
  ['ΛΟΓΟΣ ', [3]],
  ['λογο', [3]],
  ['елка ', [4]],
  ['мой ', [4]],
  ['мои ', [15]],
  ['שלום ', [5]],
  ['dep ', [6]],
  ['محمد ', [7]],
  ['مدرسه ', [7]],
  ['احمد ', [7]],
  ['isik ', [8]],
  ['ISTANBUL ', [8]],
  ['full ', [9]],
  ['ｗｉｄｔｈ ', [9]],
  ['final ', [9]],
  ['donaudampfschiff ', [10]],
  ['Donau\u00addampfschiff ', [10]],
  ['invoice ', [10]],
  ['میروم ', [11]],
  ['روم ', [11]],
  ['می\u200cروم ', [11]],
  ['हिन्दी ', [12]],
  ['हिन्द', [12]],
  ['हन ', []],
  ['muller ', [16]],
  ['müller ', [13, 16]],
  ['mueller ', [13, 16]],
  ['haustuerschluessel ', [13]],
  ['lena-mueller ', [16]],
  ['mueller-ost', [16]],
  ['東京 ', [14]],
  ['京東 ', []],
])('%s is found in %j', (text, expected) => {
  expect(found(text)).toEqual(expected)
})

describe('pieces of words', () => {
  test.each([
    ['*schluessel', [13]],
    ['*schlüssel', [13]],
    ['*schlussel*', [13]],
    ['schluss*', [13]],
    ['*tür*', [13]],
    ['haus*sel', [13]],
    ['h*t*r*l', [13]],
    ['*dampf*', [10]],
    ['*ampf* in*', [10]],
    ['*AMPF*', [10]],
    ['-*ampf* *ound*', []],
    ['body:*ampf*', [10]],
    ['subject:*ampf*', []],
    ['*rasse', [2]],
    ['*κοσμ*', [3]],
    ['*京*', [14]],
    ['*', []],
    ['**', []],
    ['*-*', []],
    ['nothing*here', []],
  ])('%s is found in %j', (text, expected) => {
    expect(found(text)).toEqual(expected)
  })

  test('a message that comes later is found by a piece of its words as well', () => {
    expect(found('*kartoffel*')).toEqual([])
    const [id] = store.messages.insertHeaders(seeded.inbox, [
      newMessage(500, { subject: 'Bratkartoffeln', messageIdHeader: 'late@x' }),
    ])
    expect(store.messages.search('*kartoffel*', { mailboxId: null, limit: 5 }).ids).toEqual([id])
    store.messages.removeUids(seeded.inbox, [500])
    expect(store.messages.search('*kartoffel*', { mailboxId: null, limit: 5 }).ids).toEqual([])
  })

  test('a piece that stands for more words than are asked for says so, and finds the closest', () => {
    const many = sharedStore()
    const { inbox } = seedAccount(many)
    many.messages.insertHeaders(
      inbox,
      Array.from({ length: 500 }, (_, at) =>
        newMessage(at + 1, {
          messageIdHeader: `${at}@y`,
          subject: `q${'ab'.repeat(1 + (at % 3))}z${String.fromCharCode(97 + (at % 26))}${at}`,
        }),
      ),
    )
    const cut = many.messages.search('*ab*', { mailboxId: null, limit: 5000 })
    expect([cut.isCut, cut.total]).toEqual([true, 400])
    const whole = many.messages.search('*za*', { mailboxId: null, limit: 5000 })
    expect([whole.isCut, whole.total]).toEqual([false, 20])
  })
})

describe('operators', () => {
  let people: Store
  let names: readonly string[]
  const mails: Readonly<Record<string, readonly [string, string, string, string]>> = {
    toAnna: ['Bob|bob@x.example', 'Anna Łuk|anna@y.example', '', ''],
    ccAnna: ['Bob|bob@x.example', 'Carl|carl@z.example', 'Anna Łuk|anna@y.example', ''],
    bccAnna: ['Bob|bob@x.example', 'Carl|carl@z.example', '', 'Anna Łuk|anna@y.example'],
    fromAnna: ['Anna Łuk|anna@y.example', 'Bob|bob@x.example', '', ''],
    subject: ['Dora|d@x.example', 'Emil|e@x.example', '', ''],
  }
  let made: readonly number[]
  beforeAll(() => {
    people = sharedStore()
    const { inbox } = seedAccount(people)
    names = Object.keys(mails)
    const list = (text: string) => (text === '' ? [] : [person(text)])
    made = people.messages.insertHeaders(
      inbox,
      Object.values(mails).map(([from, to, cc, bcc], at) =>
        newMessage(
          at + 1,
          {
            messageIdHeader: `${at}@z`,
            ...{ from: list(from), to: list(to), cc: list(cc), bcc: list(bcc) },
            subject: names[at] === 'subject' ? 'Ein Gruß an Anna' : 'Hallo',
            dateMs: new Date(2026, 2, 10 + at, 23, 30).getTime(),
          },
          { flags: at === 1 ? ['\\Seen', '$Forwarded'] : [] },
        ),
      ),
    )
  })
  const of = (text: string): string[] =>
    people.messages
      .search(text, { mailboxId: null, limit: 100 })
      .ids.map(id => names[made.indexOf(id)] ?? '?')
      .sort()

  test.each([
    ['from:anna', ['fromAnna']],
    ['to:anna', ['toAnna']],
    ['an:luk', ['toAnna']],
    ['cc:anna', ['ccAnna']],
    ['CC:Łuk', ['ccAnna']],
    ['cc:"anna luk"', ['ccAnna']],
    ['cc: anna', ['ccAnna']],
    ['cc:carl', []],
    ['bcc:anna', ['bccAnna']],
    ['empfänger:anna', ['bccAnna', 'ccAnna', 'toAnna']],
    ['recipient:anna@y.example', ['bccAnna', 'ccAnna', 'toAnna']],
    ['with:anna', ['bccAnna', 'ccAnna', 'fromAnna', 'toAnna']],
    ['anna', ['bccAnna', 'ccAnna', 'fromAnna', 'subject', 'toAnna']],
    ['from:anna -to:bob', []],
    ['subject:gruss', ['subject']],
    ['betreff: gruß', ['subject']],
    ['cc:*nna', ['ccAnna']],
    ['„Gruß an Anna“', ['subject']],
    ['“gruss an”', ['subject']],
    ['«an gruss»', []],
    ['-is:unread anna', ['ccAnna']],
    ['is:read', ['ccAnna']],
    ['-is:read cc:anna', []],
    ['is:forwarded', ['ccAnna']],
    ['-has:attachment cc:anna', ['ccAnna']],
    ['has:attachment', []],
    ['from:', []],
    ['anna from:', ['bccAnna', 'ccAnna', 'fromAnna', 'subject', 'toAnna']],
    ['on:2026-03-11', ['ccAnna']],
    ['am:11.3.2026', ['ccAnna']],
    ['after:2026-03-13', ['fromAnna', 'subject']],
    ['before:2026/03/11', ['toAnna']],
    ['-after:2026-03-11', ['toAnna']],
    ['date:2026-03-10..2026-03-11', ['ccAnna', 'toAnna']],
    ['before:2026-02-31 anna', []],
  ])('%s finds %j', (text, expected) => {
    expect(of(text)).toEqual(expected)
  })
})
