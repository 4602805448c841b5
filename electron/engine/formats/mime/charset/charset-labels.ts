import iconv from 'iconv-lite'

/** How a charset is read: by iconv-lite under this name, or by one of our own readers. */
export type Codec =
  | Readonly<{ kind: 'iconv'; name: string }>
  | Readonly<{
      kind:
        | 'utf-8'
        | 'utf-7'
        | 'guess'
        | 'iso-2022-jp'
        | 'iso-2022-kr'
        | 'hz'
        | 'utf-16'
        | 'utf-16be'
        | 'utf-16le'
    }>

const by = (name: string): Codec => ({ kind: 'iconv', name })

/** Labels without case and punctuation. What iconv-lite knows under the same name and means the same need not be here. */
const labels: ReadonlyMap<string, Codec> = new Map<string, Codec>([
  ...names('utf8 utf8mb4 unicode11utf8 unicode20utf8 xunicode20utf8 utf', { kind: 'utf-8' }),
  ...names(
    'usascii ascii ansix341968 iso646us iso646irv isoir6 us 7bit 8bit 8bits binary unknown8bit unknown default xunknown userdefined xuserdefined none null undefined charset base64 quotedprintable hex',
    { kind: 'guess' },
  ),
  ...names(
    'iso2022jp csiso2022jp iso2022jp1 iso2022jp2 csiso2022jp2 iso2022jp3 iso2022jp2003 iso2022jp2004 iso2022jpms iso2022jpext iso2022 iso2022cn iso2022cnext jis jis7',
    { kind: 'iso-2022-jp' },
  ),
  ...names('iso2022kr csiso2022kr', { kind: 'iso-2022-kr' }),
  ...names('hz hzgb2312 hzgb', { kind: 'hz' }),
  ...names('utf16 unicode csunicode iso10646ucs2 ucs2', { kind: 'utf-16' }),
  ...names('utf16be unicodefffe unicodebig', { kind: 'utf-16be' }),
  ...names('utf16le unicodefeff unicodelittle', { kind: 'utf-16le' }),
  ...names('utf7 unicode11utf7 csunicode11utf7 unicode20utf7 xunicode20utf7', { kind: 'utf-7' }),
  // The Encoding Standard reads these as their Windows supersets, since that is what is sent under their names.
  ...names('latin1 l1 isoir100 ansi msansi xansi ansix31101983 westerneuropean', by('windows-1252')),
  ...names('latin5 l5 isoir148', by('windows-1254')),
  ...names('tis620 tis6200 tis62025330 tis62025291', by('windows-874')),
  ...names(
    'shiftjis shiftjisx0213 shiftjis2004 sjis mskanji windows31j csshiftjis cswindows31j',
    by('shift_jis'),
  ),
  ...names('eucjp cseucpkdfmtjapanese ujis eucjisx0213 eucjis2004', by('euc-jp')),
  ...names(
    'euckr cseuckr korean ksc5601 ksc56011987 ksc56011989 ksc5601ms ksx1001 isoir149 csksc56011987 uhc windowskorean',
    by('cp949'),
  ),
  ...names(
    'gb2312 gb231280 chinese csgb2312 csiso58gb231280 isoir58 gbk csgbk gb euccn eucgb2312cn gb18030 gb180302000 gb180302005',
    by('gb18030'),
  ),
  ...names('big5 csbig5 cnbig5 big5hkscs big5hkscs2004 big5eten xxbig5 twbig5', by('big5-hkscs')),
  ...names('mac macintosh macroman csmacintosh macosroman', by('macintosh')),
  ...names('macce maccentraleurope maccentraleurroman', by('maccenteuro')),
  ...names('macukrainian macukraine', by('macukraine')),
])

/** Code pages of Windows and IBM by number, and the charset numbers of Windows fonts (`lfCharSet`), which are below 256. */
const numbers: ReadonlyMap<number, string> = new Map([
  [0, 'windows-1252'],
  [77, 'macintosh'],
  [128, 'shift_jis'],
  [129, 'cp949'],
  [134, 'gb18030'],
  [136, 'big5-hkscs'],
  [161, 'windows-1253'],
  [162, 'windows-1254'],
  [163, 'windows-1258'],
  [177, 'windows-1255'],
  [178, 'windows-1256'],
  [186, 'windows-1257'],
  [204, 'windows-1251'],
  [222, 'windows-874'],
  [238, 'windows-1250'],
  [255, 'cp437'],
  [819, 'windows-1252'],
  [874, 'windows-874'],
  [932, 'shift_jis'],
  [936, 'gb18030'],
  [943, 'shift_jis'],
  [949, 'cp949'],
  [950, 'big5-hkscs'],
  [951, 'big5-hkscs'],
  [954, 'euc-jp'],
  [970, 'cp949'],
  [1200, 'utf-16le'],
  [1201, 'utf-16be'],
  [1208, 'utf-8'],
  [1363, 'cp949'],
  [1383, 'gb18030'],
  [1386, 'gb18030'],
  [10000, 'macintosh'],
  [10006, 'macgreek'],
  [10007, 'maccyrillic'],
  [10029, 'maccenteuro'],
  [10081, 'macturkish'],
  [12000, 'utf-32le'],
  [12001, 'utf-32be'],
  [20127, 'us-ascii'],
  [20866, 'koi8-r'],
  [20932, 'euc-jp'],
  [20936, 'gb18030'],
  [20949, 'cp949'],
  [21866, 'koi8-u'],
  [38598, 'iso-8859-8'],
  [50220, 'iso-2022-jp'],
  [50221, 'iso-2022-jp'],
  [50222, 'iso-2022-jp'],
  [50225, 'iso-2022-kr'],
  [50227, 'iso-2022-cn'],
  [51932, 'euc-jp'],
  [51936, 'gb18030'],
  [51949, 'cp949'],
  [51950, 'big5-hkscs'],
  [52936, 'hz'],
  [54936, 'gb18030'],
  [65000, 'utf-7'],
  [65001, 'utf-8'],
])

function names(list: string, codec: Codec): [string, Codec][] {
  return list.split(' ').map(name => [name, codec])
}

/**
 * What a charset label means (RFC 2045 §5.1), also written as senders write it: other case, quotes, underscores, `x-` and
 * `cs` before it, a comment behind it, or a code page by its number. Null when it means nothing.
 */
export function codecOf(label: string): Codec | null {
  const key = label
    .toLowerCase()
    .replace(/\(.*$/s, '')
    .replace(/[^a-z0-9]/g, '')
  if (key === '') return { kind: 'guess' }
  return (
    namedCodec(key) ??
    (/^x./.test(key) ? namedCodec(key.slice(1)) : null) ??
    (/^cs./.test(key) ? namedCodec(key.slice(2)) : null)
  )
}

function namedCodec(key: string): Codec | null {
  const own = labels.get(key)
  if (own) return own
  const iso = /^(?:iso|isocsa|isoiec)?8859(1[0-6]|[1-9])(?:[ie]|\d{4})?$/.exec(key)
  if (iso) return isoLatin(Number(iso[1]))
  const number =
    /^(?:cp|ccsid|ibm|cpibm|windows|win|ms|dos|mswindows|windowscp|codepage|cspc)?0*(\d{1,5})$/.exec(key)
  if (number) return numbered(Number(number[1]))
  return iconv.encodingExists(key) ? by(key) : null
}

/** As the Encoding Standard reads them. */
function isoLatin(part: number): Codec | null {
  const superset =
    part === 1 ? 'windows-1252' : part === 9 ? 'windows-1254' : part === 11 ? 'windows-874' : null
  const name = superset ?? `iso-8859-${part}`
  return iconv.encodingExists(name) ? by(name) : null
}

function numbered(number: number): Codec | null {
  const name = numbers.get(number)
  // Not by way of `codecOf`, which would come back here for `windows-874`.
  if (name !== undefined) return labels.get(name.replace(/[^a-z0-9]/g, '')) ?? by(name)
  // 28591 to 28605: ISO 8859 as Windows numbers it.
  if (number > 28590 && number < 28606) return isoLatin(number - 28590)
  if (number >= 28606) return number === 28606 ? isoLatin(16) : null
  for (const known of [`cp${number}`, `windows${number}`]) if (iconv.encodingExists(known)) return by(known)
  return null
}
