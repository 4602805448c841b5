/** Latin-1 names in code point order from U+00A0 (HTML 4.01 §24.2.1). */
const latin1 =
  'nbsp iexcl cent pound curren yen brvbar sect uml copy ordf laquo not shy reg macr deg plusmn sup2 sup3 acute micro para middot cedil sup1 ordm raquo frac14 frac12 frac34 iquest ' +
  'Agrave Aacute Acirc Atilde Auml Aring AElig Ccedil Egrave Eacute Ecirc Euml Igrave Iacute Icirc Iuml ETH Ntilde Ograve Oacute Ocirc Otilde Ouml times Oslash Ugrave Uacute Ucirc Uuml Yacute THORN szlig ' +
  'agrave aacute acirc atilde auml aring aelig ccedil egrave eacute ecirc euml igrave iacute icirc iuml eth ntilde ograve oacute ocirc otilde ouml divide oslash ugrave uacute ucirc uuml yacute thorn yuml'

const others =
  'amp:38 lt:60 gt:62 quot:34 apos:39 AMP:38 LT:60 GT:62 QUOT:34 OElig:338 oelig:339 Scaron:352 scaron:353 Yuml:376 fnof:402 circ:710 tilde:732 ' +
  'ensp:8194 emsp:8195 thinsp:8201 zwnj:8204 zwj:8205 lrm:8206 rlm:8207 ndash:8211 mdash:8212 lsquo:8216 rsquo:8217 sbquo:8218 ldquo:8220 rdquo:8221 bdquo:8222 ' +
  'dagger:8224 Dagger:8225 bull:8226 hellip:8230 permil:8240 prime:8242 Prime:8243 lsaquo:8249 rsaquo:8250 oline:8254 euro:8364 trade:8482 ' +
  'larr:8592 uarr:8593 rarr:8594 darr:8595 harr:8596 rArr:8658 minus:8722 infin:8734 asymp:8776 ne:8800 le:8804 ge:8805 check:10003 star:9734 starf:9733 hearts:9829 phone:9742 ' +
  'Alpha:913 Beta:914 Gamma:915 Delta:916 Omega:937 alpha:945 beta:946 gamma:947 delta:948 epsilon:949 lambda:955 mu:956 pi:960 sigma:963 omega:969 num:35 excl:33 colon:58 comma:44 period:46 sol:47 lpar:40 rpar:41 lsqb:91 rsqb:93 lowbar:95 commat:64 percnt:37 ast:42 plus:43 equals:61 quest:63 semi:59 dollar:36 bsol:92 Tab:9 NewLine:10'

const named = new Map<string, string>()
latin1.split(' ').forEach((name, index) => {
  named.set(name, String.fromCharCode(0xa0 + index))
})
for (const pair of others.split(' ')) {
  const [name = '', code = ''] = pair.split(':')
  named.set(name, String.fromCharCode(Number(code)))
}

/** Windows-1252 in the C1 range, as browsers read numeric references there (HTML standard §13.2.5.80). */
const c1 = new TextDecoder('windows-1252').decode(Uint8Array.from({ length: 32 }, (_, index) => 0x80 + index))

const reference = /&(?:#x([0-9a-f]{1,8})|#([0-9]{1,9})|([a-z][a-z0-9]{1,31}));?/gi

/**
 * Decodes character references in text: numeric ones and the names that occur in mail. Unknown names stay as they
 * are. For reading and indexing only; the sanitiser uses the HTML parser's full table.
 */
export function decodeEntities(text: string): string {
  if (!text.includes('&')) return text
  return text.replace(reference, (whole: string, hex?: string, decimal?: string, name?: string) => {
    if (name !== undefined) return named.get(name) ?? longestPrefix(whole, name)
    const code = Number.parseInt(hex ?? decimal ?? '', hex === undefined ? 10 : 16)
    if (code >= 0x80 && code < 0xa0) return c1.charAt(code - 0x80)
    return code === 0 || code > 0x10ffff || (code >= 0xd800 && code < 0xe000)
      ? '\ufffd'
      : String.fromCodePoint(code)
  })
}

/** `&ampfoo` and `&nbspfoo`: old names count without their semicolon (only Latin-1 and the five of XML). */
function longestPrefix(whole: string, name: string): string {
  for (let length = Math.min(6, name.length - 1); length >= 2; length--) {
    const value = named.get(name.slice(0, length))
    if (value !== undefined && value.charCodeAt(0) < 0x100) return value + whole.slice(1 + length)
  }
  return whole
}
