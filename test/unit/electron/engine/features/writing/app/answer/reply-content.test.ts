import { describe, expect, test } from 'vitest'
import {
  cutMark,
  forwardSubject,
  replyContent,
  replySubject,
} from '../../../../../../../../electron/engine/features/writing/app/answer/reply-content'
import type { ParsedMessage } from '../../../../../../../../electron/engine/ports/mail/mime'
import type { AccountSummary } from '../../../../../../../../shared/features/accounts/model'
import { draftContent } from '../../../../../../../../shared/features/writing/model'
import { accountId } from '../../../../../../../../shared/kit/ids'

const account: AccountSummary = {
  id: accountId.parse('0'.repeat(32)),
  config: {
    address: 'me@example.org',
    displayName: 'Me',
    services: {
      mail: {
        userName: 'me@example.org',
        imap: { host: 'imap.example.org', port: 993, security: 'tls' },
        smtp: { host: 'smtp.example.org', port: 465, security: 'tls' },
        caPem: null,
      },
    },
  },
  sample: false,
  signature: 'Kind regards',
  order: 0,
}

const person = (address: string, name = '') => ({ name, address })

function original(header: Partial<ParsedMessage['header']>, text = 'Hello\n\n> earlier\n'): ParsedMessage {
  return {
    header: {
      messageIdHeader: 'a@example.net',
      inReplyTo: '',
      references: [],
      subject: 'Plan',
      from: [person('anna@example.net', 'Anna')],
      sender: [],
      replyTo: [],
      to: [person('me@example.org')],
      cc: [],
      bcc: [],
      dateMs: 0,
      listId: null,
      ...header,
    },
    text,
    html: null,
    attachments: [],
    snippet: '',
    encrypted: false,
    broken: false,
  }
}

const dateMs = Date.UTC(2026, 10, 23, 10, 15, 42)
const nobody = { to: [], cc: [], bcc: [] }
const written = (kind: 'answer' | 'forward', parsed: ParsedMessage) =>
  replyContent(kind, { parsed, dateMs }, account, nobody)

describe('answering a message', () => {
  test('an answer quotes the text and carries the signature', () => {
    const { content, quoteIsCut } = written('answer', original({}))
    expect(content.subject).toBe('Re: Plan')
    expect(content.text).toBe(
      '\n\n-- \nKind regards\n\n\nAnna (2026-11-23 10:15 UTC):\n> Hello\n>\n>> earlier\n',
    )
    expect(quoteIsCut).toBe(false)
  })

  test.each([
    ['שרה כהן', '\u200f\u2068שרה כהן\u2069 (\u20662026-11-23 10:15 UTC\u2069):'],
    ['Sara כהן', '\u2068Sara כהן\u2069 (\u20662026-11-23 10:15 UTC\u2069):'],
    ['سارة Cohen', '\u200f\u2068سارة Cohen\u2069 (\u20662026-11-23 10:15 UTC\u2069):'],
    ['Zoë Łuć', 'Zoë Łuć (2026-11-23 10:15 UTC):'],
    ['Σοφία', 'Σοφία (2026-11-23 10:15 UTC):'],
  ])('the name %s and the date beside it do not run into each other', (name, line) => {
    const { content } = written('answer', original({ from: [person('sara@example.net', name)] }, 'שלום'))
    expect(content.text.split('\n')).toContain(line)
  })

  test('no subject collects prefixes, in whatever language', () => {
    expect(replySubject('Re: AW: re[2]: Plan')).toBe('Re: Plan')
    expect(forwardSubject('WG: Fwd: Plan')).toBe('Fwd: Plan')
    expect(replySubject('Reform')).toBe('Re: Reform')
  })

  test('a subject of the greatest length still fits into a draft', () => {
    for (const kind of ['answer', 'forward'] as const) {
      const { content } = written(kind, original({ subject: 'x'.repeat(2000) }))
      expect(draftContent.safeParse(content).success).toBe(true)
    }
  })

  test('a forward names sender, time in UTC, subject and recipients of the original', () => {
    const { text, to } = written('forward', original({ cc: [person('carol@example.net')] })).content
    expect(to).toEqual([])
    expect(text).toContain(
      'From: Anna <anna@example.net>\nDate: 2026-11-23 10:15 UTC\nSubject: Plan\nTo: me@example.org\nCc: carol@example.net',
    )
  })

  test.each([
    ['שלום\n\nתודה\n', ['> שלום', '>\u200f', '> תודה']],
    ['مرحبا\n10:30\n> \n---\n', ['> مرحبا', '> 10:30\u200f', '>> \u200f', '> ---\u200f']],
    ['Siegel\n\nשלום\n\nHello\n\n', ['> Siegel', '>', '> שלום', '>\u200f', '> Hello']],
    ['Hello\n\n10:30\n', ['> Hello', '>', '> 10:30']],
    ['\n\n12\n', ['>', '>', '> 12']],
  ])('the marks of a quote stand on one side: %j', (text, lines) => {
    const [, ...quote] = written('answer', original({}, text)).content.text.trimEnd().split('UTC):\n')
    expect(quote.join('').split('\n')).toEqual(lines)
  })

  for (const [name, text] of [
    ['many short lines', 'ω\n'.repeat(999_990)],
    ['one endless line', 'ω'.repeat(1_999_999)],
    ['quoted lines', '> ω\n'.repeat(499_990)],
    ['what was cut when it was read', 'ωbc def\n'.repeat(250_000)],
  ] as const)
    test(`a quote of two million characters says where it ends and fits into a draft: ${name}`, () => {
      for (const kind of ['answer', 'forward'] as const) {
        const { content, quoteIsCut } = written(kind, original({}, text))
        expect(draftContent.safeParse(content).success).toBe(true)
        const isWhole = content.text.split('ω').length === text.split('ω').length
        expect({ quoteIsCut, marked: content.text.includes(cutMark) }).toEqual({
          quoteIsCut: !isWhole || text.length >= 2_000_000,
          marked: !isWhole || text.length >= 2_000_000,
        })
      }
    })
})
