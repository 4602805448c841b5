import { describe, expect, test } from 'vitest'
import { forwardSubject, replyContent, replySubject } from '../../../../../electron/engine/app/reply-content'
import type { ParsedMessage } from '../../../../../electron/engine/ports/mime'
import type { AccountSummary } from '../../../../../shared/model/account'
import { accountId } from '../../../../../shared/model/ids'

const account: AccountSummary = {
  id: accountId.parse('0'.repeat(32)),
  config: {
    kind: 'imap',
    address: 'me@example.org',
    displayName: 'Me',
    userName: 'me@example.org',
    imap: { host: 'imap.example.org', port: 993, security: 'tls' },
    smtp: { host: 'smtp.example.org', port: 465, security: 'tls' },
    caPem: null,
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
const answer = (mode: 'reply' | 'reply-all' | 'forward', parsed: ParsedMessage) =>
  replyContent(mode, { parsed, dateMs }, account, ['me@example.org', 'alias@example.org'])

describe('answering a message', () => {
  test('a reply goes to the author, quotes the text and carries the signature', () => {
    const content = answer('reply', original({}))
    expect(content.to).toEqual([person('anna@example.net', 'Anna')])
    expect(content.cc).toEqual([])
    expect(content.subject).toBe('Re: Plan')
    expect(content.text).toBe(
      '\n\n-- \nKind regards\n\n\nAnna (2026-11-23 10:15 UTC):\n> Hello\n>\n>> earlier\n',
    )
  })

  test('Reply-To goes before From', () => {
    expect(answer('reply', original({ replyTo: [person('list@example.net')] })).to).toEqual([
      person('list@example.net'),
    ])
  })

  test('reply to all keeps everybody once and leaves out all own addresses', () => {
    const content = answer(
      'reply-all',
      original({
        to: [person('ME@example.org'), person('bob@example.net'), person('anna@example.net')],
        cc: [person('carol@example.net'), person('Bob@example.net'), person('alias@example.org')],
      }),
    )
    expect(content.to.map(each => each.address)).toEqual(['anna@example.net'])
    expect(content.cc.map(each => each.address)).toEqual(['bob@example.net', 'carol@example.net'])
  })

  test('answering an own message writes to its recipients again', () => {
    const content = answer(
      'reply',
      original({ from: [person('me@example.org')], to: [person('bob@example.net')] }),
    )
    expect(content.to).toEqual([person('bob@example.net')])
  })

  test('no subject collects prefixes, in whatever language', () => {
    expect(replySubject('Re: AW: re[2]: Plan')).toBe('Re: Plan')
    expect(forwardSubject('WG: Fwd: Plan')).toBe('Fwd: Plan')
    expect(replySubject('Reform')).toBe('Re: Reform')
  })

  test('a forward names sender, time in UTC, subject and recipients of the original', () => {
    const { text, to } = answer('forward', original({ cc: [person('carol@example.net')] }))
    expect(to).toEqual([])
    expect(text).toContain(
      'From: Anna <anna@example.net>\nDate: 2026-11-23 10:15 UTC\nSubject: Plan\nTo: me@example.org\nCc: carol@example.net',
    )
  })
})
