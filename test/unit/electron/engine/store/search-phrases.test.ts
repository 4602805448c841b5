import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import { mime } from '../../../../../electron/engine/mail/mime/mime'
import { phraseIn } from '../../../../../electron/engine/store/search-phrases'
import { bytes, newMessage, openAt, parsed, seedAccount } from './support'

const directory = mkdtempSync(join(tmpdir(), 'siegel-phrases-'))
const { store } = openAt(directory)
const { inbox } = seedAccount(store)
afterAll(() => {
  store.close()
  rmSync(directory, { recursive: true, force: true })
})

let uid = 0
/** Puts a text into the store that no other one is like, and answers what a search finds of it. */
function withText(text: string, read = parsed(text)): (query: string) => boolean {
  uid += 1
  const own = `own${uid}x`
  const [id] = store.messages.insertHeaders(inbox, [
    newMessage(uid, { subject: own, messageIdHeader: `${uid}@phrases` }),
  ])
  store.messages.storeBodies([{ id: id as never, raw: bytes(text), parsed: read }])
  return query => store.messages.search(`${query} ${own}`, { mailboxId: null, limit: 5 }).total === 1
}

describe('phrases are found however their letters are written', () => {
  test.each([
    [
      'das ist für alle gut',
      ['für alle', 'fuer alle', 'FUER ALLE', 'fur alle', 'ist fuer alle gut', 'ist für alle gut'],
    ],
    ['das ist fuer alle gut', ['für alle', 'fuer alle', 'ist für alle gut']],
    [
      'Grüße an Müller und Mueller, schöne Straße',
      [
        'gruesse an mueller und müller',
        'Grüße an Müller und Mueller',
        'grüsse an mueller und mueller schoene strasse',
        'mueller schöne straße',
      ],
    ],
    [
      'Gruesse an Mueller und Müller, schöne Strasse',
      ['Grüße an Müller', 'gruesse an müller und mueller', 'Mueller und Müller schöne Straße'],
    ],
    [
      'die Neueröffnung der Übergänge',
      [
        'neueroeffnung der uebergaenge',
        'die neueröffnung der übergaenge',
        'Die Neueroeffnung der Uebergänge',
      ],
    ],
    [
      'die Neueroeffnungsueberraschungsfeuerwehr für uns',
      [
        'die neueröffnungsüberraschungsfeuerwehr fuer uns',
        'die neueroeffnungsueberraschungsfeuerwehr fuer uns',
      ],
    ],
    [
      'die Neueröffnungsüberraschungsfeuerwehr für uns',
      ['die neueroeffnungsueberraschungsfeuerwehr fuer uns', 'neueroeffnungsueberraschungsfeuerwehr für uns'],
    ],
    [
      'et smørrebrød på bordet',
      [
        'smoerrebroed på',
        'smorrebrod pa',
        'smørrebrød paa',
        'smoerrebroed paa bordet',
        'et smoerrebroed paa bordet',
      ],
    ],
    ['et smoerrebroed paa bordet', ['smørrebrød på', 'smørrebrød på bordet']],
    [
      'Ålesund ligger i Norge, også Århus',
      ['aalesund ligger', 'alesund ligger i norge ogsaa aarhus', 'ogsaa århus'],
    ],
    ['Aalesund ligger i Norge', ['Ålesund ligger']],
    ['der Fußweg nach Süden', ['fussweg nach', 'fußweg nach sueden', 'der fussweg nach sueden']],
    ['der Fussweg nach Sueden', ['fußweg nach', 'der fußweg nach süden']],
    ['STRASSE UND GROẞE TÜR', ['straße und große tuer', 'strasse und grosse tür']],
    ['vœux et cœur de bœuf', ['voeux et coeur', 'coeur de boeuf', 'cœur de bœuf']],
    ['Søren Ærø og blåbærgrød', ['soeren aeroe og blaabaergroed', 'soren aero', 'Søren Ærø']],
    ['Dr. Lena-Müller-Ost, Köln', ['dr lena-mueller-ost', 'mueller ost koeln', 'dr lena mueller']],
    ['łódź i żółć', ['lodz i zolc', 'łódź i']],
    ['İstanbul ışık evi', ['istanbul isik', 'ISIK EVI', 'ışık evi']],
    ['καλημέρα κόσμε μου', ['καλημερα κοσμε', 'ΚΟΣΜΕ ΜΟΥ']],
    ['שָׁלוֹם עוֹלָם טוֹב', ['שלום עולם', 'עולם טוב']],
    ['مُحَمَّدٌ في المَدرسةِ', ['محمد في المدرسه', 'محمد في المدرسة']],
    [
      'من به خانه می\u200cروم و می\u200cخوانم امروز',
      [
        'خانه می روم',
        'خانه میروم',
        'خانه می\u200cروم',
        'می روم و می خوانم',
        'من به خانه می روم و می خوانم امروز',
        'به خانه میروم و می خوانم',
      ],
    ],
    ['për të gjithë këtu', ['per te gjithe ketu', 'për të gjithë']],
    ['đường phố đẹp quá', ['duong pho dep', 'đường phố']],
    ['Đoković pobeđuje danas', ['dokovic pobeduje', 'djokovic pobedjuje', 'djokovic pobeđuje danas']],
    ['þetta er gott, Guð', ['thetta er gott gud']],
    ['ёлка для всех', ['елка для всех', 'Ёлка для']],
    ['東京都へ行きます', ['京都へ行', '東京都']],
    ['क्या हिन्दी में लिखा', ['हिन्दी में', 'क्या हिन्दी में लिखा']],
  ] as const)('%s', (text, queries) => {
    const finds = withText(text)
    expect(queries.filter(query => !finds(`"${query}"`))).toEqual([])
  })

  test.each([
    // What has the letters somewhere else, or in words that are another's.
    ['für Otto, aber alle', ['fuer alle', 'für alle']],
    [
      'alle fliegen für Otto über Müller',
      ['fuer mueller', 'fuer ueber', 'otto fuer', 'mueller fuer', 'ueber fuer'],
    ],
    ['blu sky', ['blue sky']],
    ['das neu Haus', ['das neue haus']],
    ['a neu word and a neue one', ['a neue word']],
    ['fur alle', ['fuer alle']],
    ['cor dor, oe', ['coer door']],
    ['می روم', ['میروم به']],
    ['main stream', ['mainstream here']],
  ] as const)('and %s is not taken for another', (text, queries) => {
    const finds = withText(text)
    const [only] = queries
    expect(queries.filter(query => finds(`"${query}"`))).toEqual(text.startsWith('a neu') ? [only] : [])
  })

  test.each([
    ['a line', 'das ist für\nalle gut'],
    ['quoted lines', '> das ist für\n> alle gut'],
    ['a break of the page', 'ist für\falle gut'],
    ['a separator', 'ist für\u2028alle gut'],
    ['a space that does not break', 'ist für\u00a0alle\u202fgut'],
    ['soft hyphens', 'ist f\u00adür al\u00adle gut'],
    ['a word joiner', 'ist für\u2060 alle gut'],
    ['zero-width joiners', 'ist f\u200dür a\u200dlle gut'],
    ['zero-width spaces in words', 'ist f\u200bür a\u200blle gut'],
    ['zero-width spaces for spaces', 'ist\u200bfür\u200balle gut'],
    ['marks of direction', 'ist \u200ffür\u200e \u2066alle\u2069 gut'],
    ['a letter and its mark', 'ist fu\u0308r alle gut'],
    ['full width', 'ist ｆür ａｌｌｅ gut'],
    ['dots and dashes', 'ist für – „alle“ gut'],
  ])('across %s', (_, text) => {
    const finds = withText(text)
    const queries = ['für alle', 'fuer alle', 'f\u00adür alle', 'für\nalle', 'für\u00a0alle']
    expect(queries.filter(query => !finds(`"${query}"`))).toEqual([])
  })

  test.each([
    ['<p>ist f&uuml;r<br>alle gut</p>'],
    ['<p>ist f&uuml;r</p><p>alle gut</p>'],
    ['ist f&#252;r&nbsp;alle gut'],
    ['ist f&shy;&uuml;r al<wbr>le gut'],
    ['ist <b>f</b>&uuml;r <i>al</i>le gut'],
    ['<table><tr><td>f&uuml;r</td><td>alle</td></tr></table>'],
  ])('in HTML: %s', html => {
    const raw = Buffer.from(`MIME-Version: 1.0\r\nContent-Type: text/html; charset=utf-8\r\n\r\n${html}\r\n`)
    const finds = withText('', mime.parseMessage(raw))
    expect(['für alle', 'fuer alle'].filter(query => !finds(`"${query}"`))).toEqual([])
  })
})

test('a phrase of any length and with any number of ways stays short for the index', () => {
  const longest = (word: string): string => `${word} `.repeat(Math.floor(1000 / (word.length + 1)))
  for (const word of [
    'aa',
    'aaoeue',
    'oeoeoeoeoe',
    'ü',
    'ue-ae',
    'a',
    'می',
    'in\u200bvoice',
    '東',
    'ö\u200bae',
    'aaaaaaaaaaaaaaaaa',
  ]) {
    const asked = phraseIn(longest(word), false)
    expect(asked.length, word).toBeLessThan(60_000)
    const started = store.messages.search(`"${longest(word)}"`, { mailboxId: null, limit: 5 })
    expect(started.total).toBe(0)
  }
})

test.each([
  ['ten thousand words', 'wort '.repeat(10_000)],
  ['one word without an end', 'ü'.repeat(100_000)],
  ['nothing but quotes', '"'.repeat(5000)],
  ['quotes in quotes', '"für "alle" und "noch" mehr" "'],
  ['quotes of all kinds', '„für «alle» “und” ‟noch„ "'],
  ['FTS5 grammar', 'a AND b OR NOT c NEAR(d e, 5) {subject}: f ^g + h : * - ( ) " "'],
  ['grammar in a phrase', '"a" OR "b" NEAR("c") subject:"d" AND x:{y}: ^z"'],
  ['SQL', '\'; DROP TABLE messages; -- " OR 1=1'],
  ['NUL and controls', 'für\0alle "für\0alle" \u0001\u001b[31m'],
  ['halves of characters', '\ud83d für \udc00 "\ud800alle\udfff" *\ud800*'],
  ['what folds to nothing', '\u0640 "\u0640\u0640" -\u00ad: *\u200b* "\u0301" \u0301* \u3164'],
  ['stars', '***** *a* **b** a*b*c*d* "*a*" -* *-* a*'.repeat(30)],
  [
    'operators in operators',
    'from:to:cc:from:"subject:"x" -from:-to:- before:after:2026 date:..2026.. is:is:is',
  ],
  ['as many ways as can be', `"${'aaoeueaedj '.repeat(3000)}"`],
  ['breaks everywhere', `"${'a\u200bü\u200c'.repeat(5000)}"`],
  ['as many pieces as can be', '*a*e* '.repeat(2000)],
  ['astral letters', `"${'\u{1d56c}\u{10ffff}\u{e0001}'.repeat(2000)}"`],
])('whatever is typed is a question and no failure: %s', (_, text) => {
  for (const asked of [
    text,
    text.slice(0, 1000),
    `"${text.slice(0, 900)}`,
    `from:${text.slice(0, 900)}`,
    `-${text.slice(0, 900)}`,
  ]) {
    const found = store.messages.search(asked, { mailboxId: null, limit: 5 })
    expect(found.ids.length).toBeLessThanOrEqual(5)
    store.messages.suggestAddresses(asked, 5)
  }
})

test('words beyond the most that are looked for are told', () => {
  const of = (words: number) =>
    store.messages.search('wort '.repeat(words), { mailboxId: null, limit: 1 }).leftOut
  expect([of(1), of(40), of(41), of(10_000)]).toEqual([0, 0, 1, 9960])
})
