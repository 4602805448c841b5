import { describe, expect, test } from 'vitest'
import { knownProvider } from '../../../../../../../electron/engine/features/accounts/discovery/known-providers'
import { parseAutoconfig } from '../../../../../../../electron/engine/features/accounts/discovery/parse-autoconfig'

const parse = (text: string) => parseAutoconfig(Buffer.from(text))
const server = (kind: 'incoming' | 'outgoing', type: string, fields: string) =>
  `<${kind}Server type="${type}">${fields}</${kind}Server>`
const fields = (host: string, port: number | string, socket: string, more = '') =>
  `<hostname>${host}</hostname><port>${port}</port><socketType>${socket}</socketType>${more}`
const document = (servers: string) =>
  `<?xml version="1.0"?><clientConfig version="1.1"><emailProvider id="x"><domain>x</domain><displayName>Example &amp; Co</displayName>${servers}</emailProvider></clientConfig>`

describe("a provider's document", () => {
  test('names IMAP and SMTP servers behind TLS in its own order', () => {
    expect(
      parse(
        document(
          server(
            'incoming',
            'imap',
            fields(
              'imap.example.org',
              993,
              'SSL',
              '<username>%EMAILLOCALPART%</username><authentication>password-cleartext</authentication>',
            ),
          ) +
            server('incoming', 'imap', fields('imap.example.org', 143, 'STARTTLS')) +
            server(
              'outgoing',
              'smtp',
              fields(
                ' smtp.example.org\n',
                587,
                'starttls',
                '<authentication>OAuth2</authentication><authentication>password-encrypted</authentication>',
              ),
            ),
        ),
      ),
    ).toEqual({
      providerName: 'Example & Co',
      servers: [
        {
          protocol: 'imap',
          host: 'imap.example.org',
          port: 993,
          security: 'tls',
          userName: '%EMAILLOCALPART%',
        },
        {
          protocol: 'imap',
          host: 'imap.example.org',
          port: 143,
          security: 'starttls',
          userName: '%EMAILADDRESS%',
        },
        {
          protocol: 'smtp',
          host: 'smtp.example.org',
          port: 587,
          security: 'starttls',
          userName: '%EMAILADDRESS%',
        },
      ],
    })
  })

  test.each([
    ['clear text', server('incoming', 'imap', fields('h.example', 143, 'plain'))],
    ['POP', server('incoming', 'pop3', fields('h.example', 995, 'SSL'))],
    ['no port', server('incoming', 'imap', fields('h.example', '', 'SSL'))],
    ['a port that is none', server('incoming', 'imap', fields('h.example', 70_000, 'SSL'))],
    [
      'only OAuth2',
      server('incoming', 'imap', fields('h.example', 993, 'SSL', '<authentication>OAuth2</authentication>')),
    ],
    ['no host', server('incoming', 'imap', '<port>993</port><socketType>SSL</socketType>')],
  ])('%s is not taken', (_what, text) => {
    expect(parse(document(text)).servers).toEqual([])
  })

  test.each([
    [
      'an entity bomb',
      '<!DOCTYPE a [<!ENTITY x "aaaa"><!ENTITY y "&x;&x;&x;">]><clientConfig>&y;</clientConfig>',
    ],
    [
      'an external entity',
      '<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><clientConfig>&x;</clientConfig>',
    ],
    ['an undefined entity', '<clientConfig>&nope;</clientConfig>'],
    ['a web page', '<html><body><p>not found<br></body></html>'],
    ['an unclosed element', '<clientConfig><emailProvider>'],
    ['nothing', ''],
    ['deep nesting', `${'<a>'.repeat(1000)}${'</a>'.repeat(1000)}`],
    ['a megabyte', document(' '.repeat(1_000_000))],
  ])('%s is refused', (_what, text) => {
    expect(() => parse(text)).toThrow(expect.objectContaining({ code: 'message-malformed' }))
  })

  test('thousands of servers are cut to a handful', () => {
    expect(
      parse(document(server('incoming', 'imap', fields('h.example', 993, 'SSL')).repeat(1500))).servers,
    ).toHaveLength(20)
  })
})

describe('bundled settings', () => {
  test('mailbox.org is a preset: implicit TLS first, the whole address as user name, a word about app passwords', () => {
    expect(knownProvider('mailbox.org')).toMatchObject({
      source: 'preset',
      hint: 'mailbox.org-app-password',
      servers: [
        {
          protocol: 'imap',
          host: 'imap.mailbox.org',
          port: 993,
          security: 'tls',
          userName: '%EMAILADDRESS%',
        },
        { protocol: 'smtp', host: 'smtp.mailbox.org', port: 465, security: 'tls' },
        { protocol: 'smtp', host: 'smtp.mailbox.org', port: 587, security: 'starttls' },
      ],
    })
  })

  test.each([
    'gmx.de',
    'web.de',
    'posteo.de',
    't-online.de',
    'gmail.com',
    'outlook.com',
    'fastmail.com',
    'yahoo.de',
    'icloud.com',
    'freenet.de',
    'mail.de',
    'disroot.org',
    'riseup.net',
  ])('%s is known, with both servers and where that is from', domain => {
    const provider = knownProvider(domain)
    expect(provider?.evidence).toMatch(/^(ispdb\/|published)/)
    expect(new Set(provider?.servers.map(one => one.protocol))).toEqual(new Set(['imap', 'smtp']))
  })

  test('a provider without IMAP says so instead of guessing', () => {
    expect(knownProvider('tuta.com')).toMatchObject({ hint: 'no-imap', servers: [] })
  })

  test('an unknown domain is unknown', () => {
    expect(knownProvider('example.org')).toBeNull()
  })
})
