import { describe, expect, test } from 'vitest'
import {
  type AnsweredFields,
  type AnswerMode,
  addressKey,
  answerRecipients,
} from '../../../../../../../../electron/engine/features/writing/app/answer/answer-recipients'
import { readAnswerFields } from '../../../../../../../../electron/engine/formats/mime/header/answer-fields'

const own = ['me@example.org', 'Alias@example.org', 'me@work.example', 'me@xn--mller-kva.example']

type Fields = Partial<Record<Exclude<keyof AnsweredFields, 'listPost'>, string>> & { listPost?: string }

const people = (text = '') =>
  text
    .split(' ')
    .filter(each => each !== '')
    .map(address => ({ name: '', address }))

const fieldsOf = (fields: Fields): AnsweredFields => ({
  from: people(fields.from),
  replyTo: people(fields.replyTo),
  mailReplyTo: people(fields.mailReplyTo),
  mailFollowupTo: people(fields.mailFollowupTo),
  to: people(fields.to),
  cc: people(fields.cc),
  bcc: people(fields.bcc),
  listPost: fields.listPost ?? null,
})

const words = (mode: AnswerMode, fields: Fields): string => {
  const { to, cc, bcc } = answerRecipients(mode, fieldsOf(fields), own)
  const part = (name: string, list: readonly { address: string }[]) =>
    list.length === 0 ? [] : [`${name} ${list.map(({ address }) => address).join(' ')}`]
  return [...part('to', to), ...part('cc', cc), ...part('bcc', bcc)].join(', ')
}

const anna = 'anna@example.net'
const list = 'talk@lists.example'

/** What came, and who gets a plain answer, one to all, and one to the list (empty: there is no such answer). */
const table: readonly (readonly [name: string, Fields, reply: string, all: string, list: string])[] = [
  ['a letter', { from: anna, to: 'me@example.org' }, `to ${anna}`, `to ${anna}`, ''],
  [
    'a letter to several',
    { from: anna, to: 'me@example.org bo@x.example', cc: 'cy@x.example' },
    `to ${anna}`,
    `to ${anna}, cc bo@x.example cy@x.example`,
    '',
  ],
  [
    'a letter that came as a blind copy',
    { from: anna, to: 'bo@x.example' },
    `to ${anna}`,
    `to ${anna}, cc bo@x.example`,
    '',
  ],
  [
    'Reply-To of the author',
    { from: anna, replyTo: 'anna@home.example', to: 'me@example.org' },
    'to anna@home.example',
    `to anna@home.example ${anna}`,
    '',
  ],
  [
    'Reply-To with several people',
    { from: anna, replyTo: 'a@x.example b@x.example', to: 'me@example.org' },
    'to a@x.example b@x.example',
    `to a@x.example b@x.example ${anna}`,
    '',
  ],
  [
    'Reply-To of a sender that takes no mail',
    { from: 'no-reply@shop.example', replyTo: 'help@shop.example', to: 'me@example.org' },
    'to help@shop.example',
    'to help@shop.example',
    '',
  ],
  [
    'a sender that takes no mail and names nobody else',
    { from: 'noreply@shop.example', to: 'me@example.org' },
    'to noreply@shop.example',
    'to noreply@shop.example',
    '',
  ],
  ['an empty Reply-To', { from: anna, replyTo: '', to: 'me@example.org' }, `to ${anna}`, `to ${anna}`, ''],
  [
    'Mail-Reply-To goes before Reply-To',
    { from: anna, replyTo: list, mailReplyTo: 'anna@home.example', to: list },
    'to anna@home.example',
    `to anna@home.example ${anna}, cc ${list}`,
    '',
  ],
  [
    'Mail-Followup-To is where the discussion goes',
    { from: anna, mailFollowupTo: `${list} bo@x.example`, to: `${list} cy@x.example`, listPost: list },
    `to ${anna}`,
    `to ${list} bo@x.example`,
    `to ${list} bo@x.example`,
  ],
  [
    'Mail-Followup-To that names only the reader',
    { from: anna, mailFollowupTo: 'me@example.org', to: 'me@example.org' },
    `to ${anna}`,
    `to ${anna}`,
    'to me@example.org',
  ],
  [
    'a list that leaves Reply-To alone',
    { from: anna, to: list, cc: 'me@example.org', listPost: list },
    `to ${anna}`,
    `to ${anna}, cc ${list}`,
    `to ${list}`,
  ],
  [
    'a list that puts itself into Reply-To: a private answer stays private',
    { from: anna, replyTo: 'Talk@Lists.example', to: list, listPost: list },
    `to ${anna}`,
    `to ${anna} ${list}`,
    `to ${list}`,
  ],
  [
    'a list that adds itself to the Reply-To of the author',
    { from: anna, replyTo: `anna@home.example ${list}`, to: list, listPost: list },
    'to anna@home.example',
    `to anna@home.example ${anna} ${list}`,
    `to ${list}`,
  ],
  [
    'a list that writes in its own name (DMARC), with the author in Reply-To',
    { from: list, replyTo: anna, to: list, listPost: list },
    `to ${anna}`,
    `to ${anna} ${list}`,
    `to ${list}`,
  ],
  [
    'a list that is author, recipient and Reply-To',
    { from: list, replyTo: list, to: list, listPost: list },
    `to ${list}`,
    `to ${list}`,
    `to ${list}`,
  ],
  [
    'own sent mail',
    { from: 'me@example.org', to: 'bo@x.example', cc: 'cy@x.example', bcc: 'di@x.example' },
    'to bo@x.example',
    'to bo@x.example, cc cy@x.example, bcc di@x.example',
    '',
  ],
  [
    'own sent mail with a Reply-To of ones own',
    { from: 'me@example.org', replyTo: 'alias@example.org', to: 'bo@x.example' },
    'to bo@x.example',
    'to bo@x.example',
    '',
  ],
  [
    'own sent mail to somebody and to oneself',
    { from: 'me@example.org', to: 'me@example.org bo@x.example' },
    'to bo@x.example',
    'to bo@x.example',
    '',
  ],
  [
    'own sent mail with only blind copies',
    { from: 'alias@example.org', bcc: 'di@x.example' },
    'to di@x.example',
    'bcc di@x.example',
    '',
  ],
  [
    'own mail that came back over a list',
    { from: 'me@example.org', to: list, listPost: list },
    `to ${list}`,
    `to ${list}`,
    `to ${list}`,
  ],
  [
    'from one own account to another',
    { from: 'me@work.example', to: 'me@example.org' },
    'to me@work.example',
    'to me@work.example',
    '',
  ],
  [
    'from one own account to another and a stranger',
    { from: 'me@work.example', to: 'me@example.org bo@x.example' },
    'to bo@x.example',
    'to bo@x.example',
    '',
  ],
  [
    'a note to oneself',
    { from: 'me@example.org', to: 'ME@example.org' },
    'to me@example.org',
    'to me@example.org',
    '',
  ],
  [
    'a form on ones website',
    { from: 'me@example.org', replyTo: anna, to: 'me@example.org' },
    `to ${anna}`,
    `to ${anna} me@example.org`.replace(' me@example.org', ''),
    '',
  ],
  [
    'own addresses in other spellings: case, a tag, the domain in letters',
    {
      from: anna,
      to: 'ME@Example.ORG me+shop@example.org ALIAS@example.org me@müller.example bo@x.example',
      cc: 'me@work.example',
    },
    `to ${anna}`,
    `to ${anna}, cc bo@x.example`,
    '',
  ],
  [
    'one person in several spellings and fields',
    {
      from: anna,
      replyTo: 'ANNA@example.net anna@EXAMPLE.net',
      to: 'Anna@example.net bo@bücher.example',
      cc: 'Bo@xn--bcher-kva.example',
    },
    'to ANNA@example.net',
    'to ANNA@example.net, cc bo@bücher.example',
    '',
  ],
  [
    'somebody who is not the user, only alike',
    { from: anna, to: 'me@example.org.evil.example notme@example.org me@example.com' },
    `to ${anna}`,
    `to ${anna}, cc me@example.org.evil.example notme@example.org me@example.com`,
    '',
  ],
  ['nobody at all', {}, '', '', ''],
  ['no From, a Reply-To', { replyTo: anna }, `to ${anna}`, `to ${anna}`, ''],
  ['no From, only recipients', { to: 'me@example.org bo@x.example' }, '', 'cc bo@x.example', ''],
]

describe('who an answer goes to', () => {
  for (const [name, fields, reply, all, toList] of table)
    test(name, () => {
      expect({
        reply: words('reply', fields),
        all: words('reply-all', fields),
        list: words('reply-list', fields),
      }).toEqual({ reply, all, list: toList })
    })

  test('nobody stands in it twice, whatever came, and no own address in an answer to all', () => {
    for (const [, fields] of table)
      for (const mode of ['reply', 'reply-all', 'reply-list'] as const) {
        const { to, cc, bcc } = answerRecipients(mode, fieldsOf(fields), own)
        const keys = [...to, ...cc, ...bcc].map(({ address }) => addressKey(address))
        expect(new Set(keys).size).toBe(keys.length)
        expect(keys).not.toContain('')
      }
  })
})

describe('the fields beside From, Reply-To, To and Cc', () => {
  const read = (...lines: string[]) => readAnswerFields(Buffer.from([...lines, '', 'text'].join('\r\n')))
  const postOf = (value: string) => read(`List-Post: ${value}`).listPost

  test('List-Post names an address, with and without more', () => {
    expect(postOf('<mailto:talk@lists.example>')).toBe('talk@lists.example')
    expect(postOf('<mailto:talk@lists.example?subject=x> (Postings are moderated)')).toBe(
      'talk@lists.example',
    )
    expect(postOf('<https://lists.example/post>, <MAILTO:talk%2Bbox@lists.example>')).toBe(
      'talk+box@lists.example',
    )
    expect(postOf('<mailto:\r\n talk@lists.example>')).toBe('talk@lists.example')
  })

  test('what takes no mail is no list', () => {
    for (const value of ['NO', 'NO (posting not allowed)', '', '<https://lists.example>', '<mailto:>'])
      expect(postOf(value)).toBeNull()
    expect(postOf('<mailto:a@x.example,b@x.example>')).toBeNull()
    expect(postOf('<mailto:%zz@x.example>')).toBe('%zz@x.example')
    expect(read('Subject: none').listPost).toBeNull()
  })

  test('Mail-Reply-To and Mail-Followup-To are address lists', () => {
    const found = read(
      'Mail-Reply-To: "Anna, at home" <anna@home.example>',
      'Mail-Followup-To: a@x.example,',
      ' b@x.example',
      'Mail-Followup-To: c@x.example',
    )
    expect(found.mailReplyTo).toEqual([{ name: 'Anna, at home', address: 'anna@home.example' }])
    expect(found.mailFollowupTo.map(({ address }) => address)).toEqual([
      'a@x.example',
      'b@x.example',
      'c@x.example',
    ])
  })
})
