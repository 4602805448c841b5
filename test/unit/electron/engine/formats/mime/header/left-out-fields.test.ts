import { expect, test } from 'vitest'
import { readLeftOutFields } from '../../../../../../../electron/engine/formats/mime/header/left-out-fields'

const leftOut = (...lines: string[]) =>
  readLeftOutFields(Buffer.from(`From: a@x.example\r\n${lines.join('\r\n')}\r\n\r\nX-Body: no field\r\n`))

test.each<[string, string[], string[]]>([
  ['urgency', ['Importance: high', 'X-Priority: 1 (Highest)'], ['Importance', 'X-Priority']],
  [
    'urgency that says normal',
    ['X-Priority: 3 (Normal)', 'Importance: Normal', 'X-MSMail-Priority: Normal'],
    [],
  ],
  ['a receipt', ['Disposition-Notification-To: a@x.example'], ['Disposition-Notification-To']],
  [
    'a receipt that only Thunderbird’s own field names',
    ['X-Mozilla-Draft-Info: internal/draft; vcard=0; receipt=1; DSN=0'],
    ['Disposition-Notification-To'],
  ],
  [
    'fields of one’s own',
    ['X-Case-Number: 4711', 'Keywords: a, b', 'Sensitivity: Private'],
    ['X-Case-Number', 'Keywords', 'Sensitivity'],
  ],
  ['one that is there twice, or folded', ['x-a: 1', 'X-A: 2', 'X-B:\r\n folded'], ['X-A', 'X-B']],
  ['one without a value', ['X-Empty:', 'X-Blank:   '], []],
  ['no field at all', ['X Bad: 1', 'über: 2'], []],
])('%s', (_what, lines, names) => expect(leftOut(...lines)).toEqual(names))

/** What common programs write into drafts besides what the writer chose: a warning there would be a false one. */
test.each<[string, string[]]>([
  [
    'Thunderbird',
    [
      'Date: Mon, 23 Nov 2026 10:00:00 +0000',
      'Message-ID: <a@x.example>',
      'MIME-Version: 1.0',
      'User-Agent: Mozilla Thunderbird',
      'Content-Language: en-US',
      'X-Mozilla-Draft-Info: internal/draft; vcard=0; receipt=0; DSN=0; uuencode=0; attachmentreminder=0',
      'X-Identity-Key: id1',
      'X-Account-Key: account1',
      'Fcc: imap://a@x.example/Sent',
      'X-Mozilla-Status: 0001',
      'Content-Type: text/plain; charset=UTF-8; format=flowed',
      'Autocrypt: addr=a@x.example; keydata=AAAA',
    ],
  ],
  [
    'Apple Mail',
    [
      'X-Apple-Mail-Remote-Attachments: YES',
      'X-Apple-Base-Url: x-msg://1/',
      'X-Apple-Windows-Friendly: 1',
      'X-Uniform-Type-Identifier: com.apple.mail-draft',
      'X-Universally-Unique-Identifier: 1',
      'Mime-Version: 1.0 (Mac OS X Mail)',
    ],
  ],
  [
    'Outlook and Exchange',
    [
      'Thread-Topic: Plan',
      'Thread-Index: AQHX',
      'X-MS-Has-Attach:',
      'X-MS-Exchange-Organization-SCL: -1',
      'X-Mailer: Microsoft Outlook',
    ],
  ],
  [
    'Gmail and servers',
    [
      'X-Gmail-Labels: Draft',
      'X-Gm-Message-State: A',
      'Received: by x',
      'Return-Path: <a@x.example>',
      'DKIM-Signature: v=1',
      'Authentication-Results: x',
    ],
  ],
  ['Roundcube', ['X-Sender: a@x.example', 'User-Agent: Roundcube Webmail', 'X-Roundcube-Draft: 1']],
])('a draft of %s loses nothing that anybody would miss', (_program, lines) =>
  expect(leftOut(...lines)).toEqual([]),
)

test('hostile headers are bounded, and nothing in them can look like other text', () => {
  const many = Array.from({ length: 5000 }, (_, n) => `X-N${n}: 1`)
  expect(leftOut(...many)).toHaveLength(20)
  expect(leftOut(`X-${'a'.repeat(180)}: 1`)[0]).toHaveLength(60)
  expect(leftOut('X-\u202e: 1', 'X-\u0007: 1')).toEqual([])
})
