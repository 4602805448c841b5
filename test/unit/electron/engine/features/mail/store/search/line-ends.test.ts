import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import {
  joinedLineEnds,
  wordsAround,
} from '../../../../../../../../electron/engine/features/mail/store/search/line-ends'
import { mime } from '../../../../../../../../electron/engine/formats/mime/mime'
import type { Store } from '../../../../../../../../electron/engine/ports/store'
import { testStoreKey } from '../../../../../../../support/engine-in-test'
import { oldStoreOf } from '../../../../../../../support/old-search-store'
import { bytes, newMessage, openAt, seedAccount } from '../../../../store/support'

const plain = (text: string, parameters = ''): string =>
  `Content-Type: text/plain; charset=utf-8${parameters}\n\n${text}\n`
const html = (text: string): string => `Content-Type: text/html; charset=utf-8\n\n${text}\n`
const numbered = (from: number, count: number): string =>
  Array.from({ length: count }, (_, at) => `wort${from + at}`).join(' ')

/** What is found in a message, and what is not. */
const mails: readonly (readonly [mail: string, found: readonly string[], not?: readonly string[]])[] = [
  [
    plain('Wir fahren mit der Donau-\ndampfschifffahrt nach Wien'),
    [
      'Donaudampfschifffahrt ',
      'donaudampf',
      'Donau-dampfschifffahrt ',
      'donau ',
      'dampfschifffahrt ',
      '*schifffahrt ',
      '"der Donaudampfschifffahrt nach"',
      '"wir fahren mit der Donaudampfschifffahrt nach Wien"',
      '"fahren mit der Donau-dampfschifffahrt nach"',
      'body:donaudampfschifffahrt ',
      '-dampfer donaudampfschifffahrt ',
    ],
    ['fahrennach ', '"donaudampfschifffahrt wien"'],
  ],
  [plain('die Dreh\u00ad\nstrom\u00ad\nleitung hält'), ['Drehstromleitung ', '"die drehstromleitung hält"']],
  [plain('eine Wasser\u2010\nleitung und noch eine Gas- \t\n\tleitung'), ['wasserleitung ', 'gasleitung ']],
  [
    plain('> am Sams-\n> tag kommt\n> > der Schorn-\n> > steinfeger'),
    ['samstag ', 'schornsteinfeger ', '"am Samstag kommt"', '"kommt der Schornsteinfeger"'],
  ],
  [
    plain('>am Diens-\n>tag\n| und am Mitt-\n| woch'),
    ['dienstag ', 'mittwoch ', '"am Dienstag und am Mittwoch"'],
  ],
  [
    plain('an umbrella in the north- \neast wind', '; format=flowed'),
    [
      'northeast ',
      'north-east ',
      '"the north-east wind"',
      '"the northeast wind"',
      '"umbrella in the northeast wind"',
    ],
  ],
  [
    plain('>> was von der Auf- \n>> gabe bleibt', '; format=flowed'),
    ['aufgabe ', '"der Aufgabe bleibt"', 'auf-gabe '],
  ],
  [plain('nach Don \ners \ntag', '; format=flowed; delsp=yes'), ['donerstag ']],
  [
    html('<p>an einem Frei-<br>tag im Ok&shy;tober, und ein Sonn-\nabend</p>'),
    ['freitag ', 'oktober ', 'sonnabend '],
  ],
  [
    plain('schick die E-\nMail an Frau Müller-\nLüdenscheidt in die Schlüs-\nselgasse'),
    [
      'email ',
      'e-mail ',
      'Müller-Lüdenscheidt ',
      'Mueller-Luedenscheidt ',
      'müllerlüdenscheidt ',
      'schlüsselgasse ',
      'schluesselgasse ',
      '"frau mueller-luedenscheidt in die"',
      '"die E-Mail an Frau Müller-Lüdenscheidt in die Schlüsselgasse"',
      '"in die schluesselgasse"',
      '"die E-Mail an Frau Müller-Lüdenscheidt in die Schlüs-selgasse"',
      '"die email an frau müllerlüdenscheidt in die schlüsselgasse"',
    ],
  ],
  [plain('καλη-\nμέρα και до-\nбро'), ['καλημερα ', 'добро ', '"Καλημέρα και добро"']],
  [plain('a trans-\r\nat-\r\nlantic flight'), ['transatlantic ', '"a transatlantic flight"']],
  [
    plain(`${numbered(0, 60)} Kartof-\nfelsalat ${numbered(100, 60)}`),
    [
      `"${numbered(0, 60)} Kartoffelsalat ${numbered(100, 60)}"`,
      `"${numbered(59, 1)} Kartoffelsalat ${numbered(100, 60)}"`,
      `"${numbered(30, 30)} kartof-felsalat ${numbered(100, 5)}"`,
    ],
    [`"${numbered(30, 30)} kartoffelsalat ${numbered(101, 30)}"`],
  ],
  // What is no word that was broken.
  [
    plain('Vor-\nund Nachteile, auf-\noder abwärts, ein- bis zweimal'),
    ['vor ', '"vor und nachteile"'],
    ['vorund ', 'aufoder ', 'einbis '],
  ],
  [plain('Seiten 12-\n15 und COVID-\n19, A4-\nblatt'), ['covid-19 '], ['1215 ', 'covid19 ', 'a4blatt ']],
  [plain('sagte er -\nund dann --\nging er, also—\nnein'), ['dann '], ['dannging ', 'alsonein ']],
  [plain('zum Ende-\n\nneuer Absatz'), ['ende '], ['endeneuer ']],
  [plain('> was zitiert-\nmeine Antwort\nunten-\n> wieder'), ['zitiert '], ['zitiertmeine ', 'untenwieder ']],
  [
    plain('Hamburg- Berlin und north-east, E-Mail'),
    ['hamburg ', 'e-mail '],
    ['hamburgberlin ', 'northeast ', 'email '],
  ],
]
const directory = mkdtempSync(join(tmpdir(), 'siegel-line-ends-'))
const stores: Store[] = []
afterAll(() => {
  for (const store of stores) store.close()
  rmSync(directory, { recursive: true, force: true })
})

function opened(name: string, key?: Uint8Array<ArrayBuffer>): Store {
  const { store } = openAt(join(directory, name), key)
  stores.push(store)
  return store
}

function written(): Store {
  const store = opened('written')
  const { inbox } = seedAccount(store)
  const ids = store.messages.insertHeaders(
    inbox,
    mails.map((_, at) => newMessage(at + 1, { subject: 's', messageIdHeader: `${at}@ends` })),
  )
  store.messages.storeBodies(
    mails.map(([mail], at) => ({
      id: ids[at] as never,
      raw: bytes(mail),
      parsed: mime.parseMessage(bytes(mail)),
    })),
  )
  return store
}

function renewed(): Store {
  oldStoreOf(
    join(directory, 'renewed'),
    mails.map(([mail]) => ({ raw: Buffer.from(mail), text: mime.parseMessage(bytes(mail)).text })),
  )
  const store = opened('renewed', Uint8Array.from(testStoreKey()))
  while (store.searchRenewal.step(raw => mime.parseMessage(raw)));
  return store
}

/** The places of the mails that a question finds. */
function askedOf(store: Store): (text: string) => number[] {
  const all = store.messages
    .search('is:unread', { mailboxId: null, limit: 100 })
    .ids.toSorted((a, b) => a - b)
  return text =>
    store.messages
      .search(text, { mailboxId: null, limit: 100 })
      .ids.map(id => all.indexOf(id))
      .sort((a, b) => a - b)
}

test('a word that was broken at the end of a line is found whole and in pieces, in a written index, a renewed and a reopened one', () => {
  const first = written()
  const asked = askedOf(first)
  const wrong = mails.flatMap(([, found, not = []], at) => [
    ...found.filter(text => !asked(text).includes(at)).map(text => `${at}: not found: ${text}`),
    ...not.filter(text => asked(text).includes(at)).map(text => `${at}: found: ${text}`),
  ])
  expect(wrong).toEqual([])
  const questions = mails.flatMap(([, found, not = []]) => [...found, ...not])
  const answers = questions.map(asked)
  const again = askedOf(renewed())
  expect(questions.map(again)).toEqual(answers)
  first.close()
  stores.shift()
  const cold = askedOf(opened('written'))
  expect(questions.map(cold)).toEqual(answers)
})

test('only what stands around a broken word is held twice, and none of it a third time', () => {
  expect(joinedLineEnds('nothing is broken - here-')).toEqual([])
  const [around, ...rest] = joinedLineEnds(`${numbered(0, 500)} ge-\nbrochen ${numbered(500, 500)}`)
  expect(rest).toEqual([])
  expect(around?.trim().split(' ')).toEqual(
    `${numbered(500 - wordsAround, wordsAround)} gebrochen ${numbered(500, wordsAround)}`.split(' '),
  )
  const everyLine = 'wieder ge-\nbrochen und '.repeat(20_000)
  expect(joinedLineEnds(everyLine).join('').length).toBeLessThan(everyLine.length)
})
