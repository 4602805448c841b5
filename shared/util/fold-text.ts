/**
 * Letters that have a plain counterpart but no decomposition in Unicode, as people type them who do not have the letter
 * (Latin: after CLDR's Latin-ASCII). Lower case; looked up after decomposition.
 */
const plainLetters: Readonly<Record<string, string>> = {
  ...{ ß: 'ss', æ: 'ae', œ: 'oe', ø: 'o', ł: 'l', đ: 'd', ð: 'd', þ: 'th', ı: 'i', ȷ: 'j', ħ: 'h', ŧ: 't' },
  ...{ ĸ: 'k', ŋ: 'n', ə: 'e', ɛ: 'e', ɔ: 'o', ɑ: 'a', ɡ: 'g', ɪ: 'i', ʊ: 'u', ʏ: 'y', ᴀ: 'a', ᴇ: 'e' },
  ...{ ƀ: 'b', ƃ: 'b', ɓ: 'b', ƈ: 'c', ȼ: 'c', ɕ: 'c', ƌ: 'd', ɖ: 'd', ɗ: 'd', ȡ: 'd', ɇ: 'e', ǝ: 'e' },
  ...{ ƒ: 'f', ǥ: 'g', ɠ: 'g', ɦ: 'h', ƕ: 'hv', ɨ: 'i', ɩ: 'i', ɉ: 'j', ʝ: 'j', ƙ: 'k', ƚ: 'l', ɫ: 'l' },
  ...{ ɬ: 'l', ɭ: 'l', ȴ: 'l', ɱ: 'm', ɲ: 'n', ƞ: 'n', ɳ: 'n', ȵ: 'n', ɵ: 'o', ƣ: 'oi', ȣ: 'ou', ƥ: 'p' },
  ...{ ɋ: 'q', ɍ: 'r', ɽ: 'r', ʀ: 'r', ʂ: 's', ȿ: 's', ƫ: 't', ƭ: 't', ʈ: 't', ȶ: 't', ʉ: 'u', ʋ: 'v' },
  ...{ ƴ: 'y', ɏ: 'y', ƶ: 'z', ȥ: 'z', ʐ: 'z', ʑ: 'z', ɀ: 'z', ⱥ: 'a', ⱦ: 't', ⱡ: 'l', ɐ: 'a', ᵹ: 'g' },
  ...{ ỻ: 'll', ỽ: 'v', ỿ: 'y', ꜧ: 'h', ꝑ: 'p', ꝛ: 'r', ꝩ: 'y', ꞓ: 'c', ꞑ: 'n', ꞡ: 'g', ꞣ: 'k', ꞥ: 'n' },
  // Final sigma is the same letter; ґ is written г by whoever does not have it.
  ...{ ς: 'σ', ґ: 'г' },
  // Alef with wasla; alef maksura, Farsi and Pashto yeh; keheh; ta marbuta and the forms of heh; a stretcher of words.
  ...{ ٱ: 'ا', ى: 'ي', ی: 'ي', ې: 'ي', ک: 'ك', ڪ: 'ك', ة: 'ه', ھ: 'ه', ہ: 'ه', ۃ: 'ه', ە: 'ه', '\u0640': '' },
}
const letter = new RegExp(`[${Object.keys(plainLetters).join('')}]`, 'gu')

/** Digits of the Arabic script, of both rows; the last four bits are the digit. */
const arabicDigit = /[\u0660-\u0669\u06f0-\u06f9]/g

/**
 * Marks in scripts in which a word is also written and asked for without them: Latin, Greek, Cyrillic, Hebrew points,
 * Arabic and Syriac vowels. Not those of Indic and South-East Asian scripts, which are the vowels of the word, nor the
 * voicing of Kana. The first group is kept: what makes another letter of Cyrillic, й ў ї ѓ ќ; ё is read as е.
 */
const mark = new RegExp(
  `([иу]\u0306|\u0456\u0308|[гк]\u0301)|[${[
    // Combining marks of any script, of Cyrillic, and those for symbols.
    ...['\u0300-\u036f', '\u0483-\u0489', '\u1ab0-\u1aff', '\u1dc0-\u1dff', '\u20d0-\u20ff', '\ufe20-\ufe2f'],
    // Hebrew.
    ...['\u0591-\u05bd', '\u05bf', '\u05c1-\u05c2', '\u05c4-\u05c5', '\u05c7'],
    // Arabic, Syriac.
    ...['\u0610-\u061a', '\u064b-\u065f', '\u0670', '\u06d6-\u06dc', '\u06df-\u06e8', '\u06ea-\u06ed'],
    ...['\u0711', '\u0730-\u074a', '\u08ca-\u08e1', '\u08e3-\u08ff'],
  ].join('')}]`,
  'g',
)

/** What is not seen within a word: soft hyphen, zero-width space and joiners, marks of direction, byte order mark, variants. */
const unseen = /\p{Default_Ignorable_Code_Point}/gu

const notAscii = /[^\0-\x7f]/

/**
 * The form in which texts are compared wherever one is looked for in another: search index and query, suggestions, lists
 * of folders. Lower case, without accents, points and what is not seen, compatibility forms (full-width letters, ligatures)
 * as plain ones, and letters that Unicode does not take apart as people write them without a key for them. The same text
 * gives the same form in every language: nothing depends on the locale.
 */
export function foldText(text: string): string {
  if (!notAscii.test(text)) return text.toLowerCase()
  return (
    text
      .replace(unseen, '')
      .normalize('NFKD')
      .toLowerCase()
      .replace(mark, '$1')
      .replace(letter, found => plainLetters[found] ?? found)
      .replace(arabicDigit, digit => String(digit.charCodeAt(0) & 15))
      // Hangul and voiced Kana were taken apart.
      .normalize('NFC')
  )
}

const longForms: Readonly<Record<string, string>> = { ä: 'ae', ö: 'oe', ü: 'ue', ø: 'oe', å: 'aa', đ: 'dj' }
const withLongForm = /[äöüøåđÄÖÜØÅĐ]/
const everyLongForm = /[äöüøåđÄÖÜØÅĐ]/g

/** A word with ä, ö, ü, ø, å or đ as it is written out, folded: "Müller" is "mueller", "Đoković" "djokovic". Null where there is nothing to write out. */
export function spelledOut(text: string): string | null {
  if (!notAscii.test(text)) return null
  const composed = text.normalize('NFC')
  if (!withLongForm.test(composed)) return null
  return foldText(composed.replace(everyLongForm, found => longForms[found.toLowerCase()] ?? found))
}

/** Whether a folded piece is in a text, as that is written with plain letters or written out. */
export const holdsFolded = (text: string, piece: string): boolean =>
  foldText(text).includes(piece) || spelledOut(text)?.includes(piece) === true
