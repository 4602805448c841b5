import { describe, expect, test } from 'vitest'
import { foldText, spelledOut } from '../../../../shared/kit/fold-text'

/** Forms of one word that must all be found by each other. */
const same: Readonly<Record<string, readonly string[]>> = {
  polish: ['Łódź', 'łódź', 'LODZ', 'lodz'],
  danish: ['Smørrebrød', 'SMØRREBRØD', 'smorrebrod'],
  german: ['Straße', 'STRASSE', 'STRAẞE', 'strasse'],
  icelandic: ['Þórður', 'þorður', 'thordur'],
  turkish: ['IŞIK', 'ışık', 'Işık', 'isik'],
  turkishDotted: ['İstanbul', 'istanbul', 'ISTANBUL', 'i̇stanbul'],
  croatian: ['Đorđe', 'djordje'.replaceAll('dj', 'd'), 'đorđe'],
  maltese: ['Ħaż-Żebbuġ', 'haz-zebbug'],
  azeri: ['Bəxtiyar', 'bextiyar'],
  french: ['Œuvre', 'œuvre', 'OEUVRE', 'oeuvre'],
  latin: ['Æsir', 'aesir'],
  vietnamese: ['Đẹp', 'đẹp', 'dep', 'ĐẸP', 'đẹp'.normalize('NFD')],
  vietnameseTwo: ['Nguyễn', 'nguyen', 'Nguyễn'.normalize('NFD')],
  greek: ['Καλημέρα', 'καλημερα', 'ΚΑΛΗΜΈΡΑ', 'ΚΑΛΗΜΕΡΑ'],
  greekFinal: ['λόγος', 'ΛΟΓΟΣ', 'λογοσ', 'λόγοσ'],
  greekPolytonic: ['ᾠδῇ', 'ωδη'],
  russian: ['ёлка', 'Ёлка', 'елка', 'ЕЛКА', 'ёлка'.normalize('NFD')],
  russianStress: ['за́мок', 'замок'],
  ukrainianHard: ['ґанок', 'ганок'],
  hebrew: ['שָׁלוֹם', 'שלום', 'שָׁלוֹם'.normalize('NFD'), 'שׁלום'],
  arabic: ['مُحَمَّد', 'محمد', 'محمـــد'],
  arabicAlef: ['أحمد', 'احمد', 'إحمد', 'آحمد', 'ٱحمد'],
  arabicYeh: ['مصطفى', 'مصطفي', 'مصطفی'],
  arabicTaMarbuta: ['مدرسة', 'مدرسه'],
  persian: ['کتاب', 'كتاب'],
  arabicDigits: ['٢٠٢٦', '۲۰۲۶', '2026', '２０２６'],
  fullWidth: ['ＡＢＣ', 'abc'],
  halfWidthKana: ['ｶﾞｷﾞ', 'ガギ', 'ガギ'.normalize('NFD')],
  ligature: ['ﬁnal ﬂow', 'final flow'],
  superscript: ['m²', 'm2'],
  softHyphen: ['Donau\u00addampf\u00adschiff', 'donaudampfschiff'],
  zeroWidth: ['in\u200bvoice', 'in\u2060voice', 'in\ufeffvoice', 'in\u200cvoice', 'in\u200dvoice', 'invoice'],
  direction: ['\u200einvoice\u202c', 'invoice'],
  variation: ['a\ufe0f', 'a'],
  hangul: ['한국', '한국'.normalize('NFD')],
}

test.each(Object.entries(same))('%s: however a word is written, it is one word', (_, forms) => {
  expect([...new Set(forms.map(foldText))]).toHaveLength(1)
})

/** Pairs that mean different things and stay different. */
test.each([
  ['мой', 'мои'],
  ['їжак', 'іжак'],
  ['ўзор', 'узор'],
  ['か', 'が'],
  ['ไม', 'ไม้'],
  ['कि', 'की'],
  ['कमल', 'कमाल'],
  ['שלום', 'שלם'],
  ['東京', '京東'],
])('%s and %s stay two words', (one, other) => {
  expect(foldText(one)).not.toBe(foldText(other))
})

describe('written out', () => {
  test.each([
    ['Müller', 'mueller'],
    ['Müller'.normalize('NFD'), 'mueller'],
    ['SØREN', 'soeren'],
    ['Ångström', 'aangstroem'],
    ['Größe', 'groesse'],
  ])('%s is %s', (word, written) => {
    expect(spelledOut(word)).toBe(written)
  })
  test('and nothing else is', () => {
    expect(['Mueller', 'Łódź', 'café', 'ёлка'].map(spelledOut)).toEqual([null, null, null, null])
  })
})

test('a folded text folds to itself, also of letters nobody has thought of', () => {
  for (let code = 0; code < 0x20000; code += 1) {
    if (code >= 0xd800 && code < 0xe000) continue
    const once = foldText(String.fromCodePoint(code))
    if (foldText(once) !== once) expect.soft([code.toString(16), once, foldText(once)]).toBeNull()
  }
})
