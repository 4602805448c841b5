import { describe, expect, test } from 'vitest'
import { mime } from '../../../../../../electron/engine/formats/mime/mime'

const header = (text: string, encoding: BufferEncoding = 'utf8') =>
  mime.parseHeader(Buffer.from(`${text.replaceAll('\n', '\r\n')}\r\n\r\n`, encoding))

describe('subjects read as they were written', () => {
  const cases: [string, string, string][] = [
    ['base64 words', '=?UTF-8?B?R3LDvMOfZQ==?= aus =?utf-8?q?K=C3=B6ln?=', 'Grüße aus Köln'],
    ['a character split between two words', '=?utf-8?B?R3LD?= =?utf-8?B?vMOfZQ==?=', 'Grüße'],
    ['a character split between Q words on two lines', '=?utf-8?Q?Gr=C3?=\n =?utf-8?Q?=BC=C3=9Fe?=', 'Grüße'],
    ['words of different charsets', '=?iso-8859-1?Q?=FC?= =?utf-8?Q?=C3=9F?=', 'üß'],
    ['a language tag', '=?utf-8*de?Q?=C3=9F?=', 'ß'],
    ['Japanese', '=?ISO-2022-JP?B?GyRCJEMkSCEqGyhC?=', 'っと！'],
    ['Chinese', '=?gb18030?B?xOO6w8rAvec=?=', '你好世界'],
    ['Russian', '=?koi8-r?B?8NLJ18XU?=', 'Привет'],
    ['an unknown charset', '=?x-nothing?Q?Gr=FC=DFe?=', 'Grüße'],
    ['a folded line', 'one\n two\n\tthree', 'one two\tthree'.replace('\t', ' ')],
    ['spaces inside a Q word', '=?utf-8?Q?a b_c?=', 'a b c'],
    ['something that only looks encoded', '=?utf-8?X?abc?= =?', '=?utf-8?X?abc?= =?'],
    ['text glued to a word', 'Re:=?utf-8?Q?=C3=BC?=x', 'Re:üx'],
  ]
  for (const [name, raw, expected] of cases)
    test(name, () => expect(header(`Subject: ${raw}`).subject).toBe(expected))

  test('raw UTF-8 and raw Windows-1252', () => {
    expect(header('Subject: Grüße').subject).toBe('Grüße')
    expect(mime.parseHeader(Buffer.from('Subject: Gr\xfc\xdfe \x80\r\n\r\n', 'latin1')).subject).toBe(
      'Grüße €',
    )
  })

  test('a subject cannot turn the text around or break the line', () => {
    expect(header('Subject: invoice \u202Efdp.exe\u2066 =?utf-8?Q?a=0D=0ABcc:x?=').subject).toBe(
      'invoice fdp.exe aBcc:x'.replace('aBcc', 'a Bcc'),
    )
  })

  test('a subject of a million characters is cut', () => {
    expect(header(`Subject: ${'x'.repeat(100_000)}`).subject).toHaveLength(2000)
  })
})

describe('senders and recipients', () => {
  const cases: [string, string, { name: string; address: string }[]][] = [
    ['a bare address', 'ann@example.org', [{ name: '', address: 'ann@example.org' }]],
    [
      'a quoted name with a comma',
      '"Berg, Ann" <ann@example.org>, bo@example.org',
      [
        { name: 'Berg, Ann', address: 'ann@example.org' },
        { name: '', address: 'bo@example.org' },
      ],
    ],
    [
      'an encoded name with a comma inside',
      '=?utf-8?Q?Berg=2C_J=C3=B6rg?= <j@example.org>',
      [{ name: 'Berg, Jörg', address: 'j@example.org' }],
    ],
    [
      'an encoded name in quotes',
      '"=?utf-8?B?SsO2cmc=?=" <j@example.org>',
      [{ name: 'Jörg', address: 'j@example.org' }],
    ],
    ['escaped quotes', '"a \\"b\\" c" <a@example.org>', [{ name: 'a "b" c', address: 'a@example.org' }]],
    [
      'a comment as name',
      'ann@example.org (Ann (the first) Berg)',
      [{ name: 'Ann (the first) Berg', address: 'ann@example.org' }],
    ],
    [
      'a group',
      'Friends: ann@example.org, Bo <bo@example.org>;, cy@example.org',
      [
        { name: '', address: 'ann@example.org' },
        { name: 'Bo', address: 'bo@example.org' },
        { name: '', address: 'cy@example.org' },
      ],
    ],
    ['nobody', 'undisclosed-recipients:;', []],
    [
      'semicolons',
      'ann@example.org; bo@example.org',
      [
        { name: '', address: 'ann@example.org' },
        { name: '', address: 'bo@example.org' },
      ],
    ],
    [
      'an unclosed bracket',
      'Ann <ann@example.org, bo@example.org',
      [
        { name: 'Ann', address: 'ann@example.org' },
        { name: '', address: 'bo@example.org' },
      ],
    ],
    ['no address at all', 'Mail Delivery System', [{ name: 'Mail Delivery System', address: '' }]],
    [
      'an unquoted name with an address in it',
      'ann@example.org <x@example.net>',
      [{ name: 'ann@example.org', address: 'x@example.net' }],
    ],
    ['a name and a bare address', 'Ann ann@example.org', [{ name: 'Ann', address: 'ann@example.org' }]],
    ['a quoted local part', '"a b"@example.org', [{ name: '', address: '"a b"@example.org' }]],
    ['a source route', '<@a.example,@b.example:ann@example.org>', [{ name: '', address: 'ann@example.org' }]],
    [
      'bidi characters in a name',
      '"Ann \u202Egro.knab" <a@example.org>',
      [{ name: 'Ann gro.knab', address: 'a@example.org' }],
    ],
    ['empty entries', ', ,ann@example.org,,', [{ name: '', address: 'ann@example.org' }]],
  ]
  for (const [name, raw, expected] of cases)
    test(name, () => expect(header(`From: ${raw}`).from).toEqual(expected))

  test('recipients in several fields are all there', () => {
    expect(header('To: a@example.org\nTo: b@example.org').to.map(each => each.address)).toEqual([
      'a@example.org',
      'b@example.org',
    ])
  })

  test('of twenty thousand recipients ten thousand are read', () => {
    expect(header(`To: ${'a@b.de,'.repeat(20_000)}`).to).toHaveLength(10_000)
  })
})

describe('dates', () => {
  const at = Date.UTC(2026, 10, 23, 17, 9, 47)
  const minute = Date.UTC(2026, 10, 23, 17, 9)
  const cases: [string, number | null][] = [
    ['Mon, 23 Nov 2026 18:09:47 +0100', at],
    ['Mon, 23 Nov 2026 18:09:47 +0100 (CET)', at],
    ['23 Nov 2026 18:09 +0100', minute],
    ['Mon, 23 Nov 26 17:09:47 GMT', at],
    ['Mon, 23 Nov 2026 12:09:47 EST', at],
    ['Mo, 23 Nov 2026 17:09:47 -0000', at],
    ['Mon, 23-Nov-2026 17:09:47 UT', at],
    ['Mon Nov 23 17:09:47 2026', at],
    ['Mon Nov 23 17:09:47 UTC 2026', at],
    ['2026-11-23T17:09:47Z', at],
    ['2026-11-23 18:09:47 +01:00', at],
    ['Mon, 23 Nov 2026 17.09.47', at],
    ['November 23, 2026 5:09:47 PM', at],
    ['Mon, 23 Nov 2026 17:09:47 Invented/Zone', at],
    ['Mon, 23 Nov 2026 17:09:47 GMT+0000', at],
    ['23 Nov 126 17:09:47', at],
    ['Mon, 23 Nov 1926 17:09:47 +0000', null],
    ['Mon, 23 Nov 2226 17:09:47 +0000', null],
    ['yesterday', null],
    ['', null],
    ['Mon, 99 Nov 2026 17:09:47 +0000', null],
    ['1 Jan 1970 00:00:00 +0100', null],
  ]
  for (const [raw, expected] of cases)
    test(raw || 'no date', () => expect(header(`Date: ${raw}`).dateMs).toBe(expected))
})

describe('threads', () => {
  test('ids without brackets, in order, bounded with the first kept', () => {
    const ids = Array.from({ length: 300 }, (_, index) => `<id${index}@example.org>`)
    const parsed = header(
      `Message-ID: <a@b>\nIn-Reply-To: Your mail <c@d> of today\nReferences: ${ids.join('\n ')}`,
    )
    expect(parsed.messageIdHeader).toBe('a@b')
    expect(parsed.inReplyTo).toBe('c@d')
    expect(parsed.references).toHaveLength(100)
    expect(parsed.references[0]).toBe('id0@example.org')
    expect(parsed.references.at(-1)).toBe('id299@example.org')
  })

  test('a mailing list is known by its id', () => {
    expect(header('List-Id: "Talk, all of it" <talk.example.org>').listId).toBe('talk.example.org')
    expect(header('Subject: x').listId).toBeNull()
  })
})
