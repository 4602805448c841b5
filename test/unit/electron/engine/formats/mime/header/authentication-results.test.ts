import { expect, test } from 'vitest'
import { senderAuthentication } from '../../../../../../../electron/engine/formats/mime/header/authentication-results'

const hosts = ['imap.mailbox.org', 'smtp.mailbox.org']
const judge = (fields: string, from = 'news@shop.example', servers = hosts) =>
  senderAuthentication(
    Buffer.from(
      `${fields}\r\nFrom: Shop <${from}>\r\nSubject: x\r\n\r\nAuthentication-Results: mx.mailbox.org; dmarc=pass header.from=shop.example`,
    ),
    {
      from,
      hosts: servers,
    },
  )

test.each([
  'Authentication-Results: mx.mailbox.org; dmarc=pass header.from=shop.example',
  'Authentication-Results: mailbox.org 1; spf=pass smtp.mailfrom=x@b.example;\r\n\tdkim=none;\r\n dmarc=pass (p=reject dis=none) header.from=shop.example',
  'authentication-results:mx3.mailbox.org;dkim=pass (2048-bit key; unprotected) header.d=shop.example header.i=@shop.example header.b=AbC',
  'Authentication-Results: mx.mailbox.org; dkim=fail header.d=shop.example; dkim=pass header.i=@shop.example',
])('the own provider’s word for the sender counts: %s', field => expect(judge(field)).toBe('passed'))

test.each([
  [
    'DMARC failed although a signature is good',
    'Authentication-Results: mx.mailbox.org; dkim=pass header.d=shop.example; dmarc=fail header.from=shop.example',
  ],
  [
    'DMARC passed for another domain',
    'Authentication-Results: mx.mailbox.org; dmarc=pass header.from=evil.example',
  ],
  ['DMARC names no domain', 'Authentication-Results: mx.mailbox.org; dmarc=pass'],
  [
    'DMARC is said twice and differs',
    'Authentication-Results: mx.mailbox.org; dmarc=pass header.from=shop.example; dmarc=fail header.from=shop.example',
  ],
  [
    'the domain is said twice',
    'Authentication-Results: mx.mailbox.org; dmarc=pass header.from=evil.example header.from=shop.example',
  ],
  ['somebody else signed', 'Authentication-Results: mx.mailbox.org; dkim=pass header.d=mailer.example'],
  ['a whole ending signed', 'Authentication-Results: mx.mailbox.org; dkim=pass header.d=example'],
  ['the signer only ends alike', 'Authentication-Results: mx.mailbox.org; dkim=pass header.d=op.example'],
  [
    'the good word stands in a comment',
    'Authentication-Results: mx.mailbox.org; dkim=fail (; dmarc=pass header.from=shop.example) header.d=shop.example',
  ],
  [
    'the good word stands in quotes',
    'Authentication-Results: mx.mailbox.org; dkim=fail reason="; dmarc=pass header.from=shop.example ;"',
  ],
])('%s: the sender is not taken for real', (_, field) => expect(judge(field)).toBe('failed'))

test.each([
  ['nothing is said (what the body says does not count)', 'X-Mailer: none'],
  ['another server says it', 'Authentication-Results: mx.evil.example; dmarc=pass header.from=shop.example'],
  [
    'a name that only ends alike',
    'Authentication-Results: notmailbox.org; dmarc=pass header.from=shop.example',
  ],
  [
    'the provider’s name is below a stranger’s',
    'Authentication-Results: mailbox.org.evil.example; dmarc=pass header.from=shop.example',
  ],
  [
    'a stranger’s field stands above the provider’s',
    'Authentication-Results: evil.example; none\r\nAuthentication-Results: mx.mailbox.org; dmarc=pass header.from=shop.example',
  ],
  ['only SPF is told', 'Authentication-Results: mx.mailbox.org; spf=pass smtp.mailfrom=shop.example'],
  ['brackets do not match', 'Authentication-Results: mx.mailbox.org; dmarc=pass header.from=shop.example )'],
  ['a quote does not end', 'Authentication-Results: mx.mailbox.org; dmarc=pass header.from=shop.example "'],
  [
    'there are two From fields',
    'From: a@evil.example\r\nAuthentication-Results: mx.mailbox.org; dmarc=pass header.from=shop.example',
  ],
])('%s: nobody knows', (_, field) => expect(judge(field)).toBe('unknown'))

test('a signature above the sender’s domain speaks for it, one of a common ending does not', () => {
  const signed = (domain: string) => `Authentication-Results: mx.mailbox.org; dkim=pass header.d=${domain}`
  expect(judge(signed('shop.example'), 'a@news.shop.example')).toBe('passed')
  expect(judge(signed('co.uk'), 'a@shop.co.uk')).toBe('failed')
})

test('a provider that signs with another name is known by it', () => {
  const field = 'Authentication-Results: mx.google.com; dmarc=pass header.from=shop.example'
  expect(judge(field, 'a@shop.example', ['imap.gmail.com'])).toBe('passed')
  expect(judge(field)).toBe('unknown')
})

test('servers under a common ending make nobody of that ending a provider', () => {
  const field = 'Authentication-Results: evil.co.uk; dmarc=pass header.from=shop.example'
  expect(judge(field, 'a@shop.example', ['good.co.uk'])).toBe('unknown')
})
