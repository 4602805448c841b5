import { describe, expect, test } from 'vitest'
import { namesServer, parsePolicy, policyIdOf } from '../../../../../electron/engine/transport/mta-sts'
import { domainOf } from '../../../../../electron/engine/transport/transport-levels'

const read = (text: string) => parsePolicy(Buffer.from(text, 'latin1'))
const good = 'version: STSv1\nmode: enforce\nmx: mail.example.com\nmx: *.example.net\nmax_age: 604800\n'

describe('the TXT record of a policy', () => {
  test.each([
    ['as in RFC 8461', ['v=STSv1; id=20160831085700Z;'], '20160831085700Z'],
    ['without the last semicolon', ['v=STSv1;id=a'], 'a'],
    ['beside records of others', ['v=spf1 -all', 'v=STSv1; id=a;'], 'a'],
    ['with an extension', ['v=STSv1; id=a; other=x'], 'a'],
    ['twice', ['v=STSv1; id=a;', 'v=STSv1; id=b;'], null],
    ['without an id', ['v=STSv1;'], null],
    ['with two ids', ['v=STSv1; id=a; id=b'], null],
    ['with a long id', [`v=STSv1; id=${'a'.repeat(33)}`], null],
    ['with a bad id', ['v=STSv1; id=a-b;'], null],
    ['of another version', ['v=STSv2; id=a;'], null],
    ['not at the front', ['id=a; v=STSv1;'], null],
    ['absent', [], null],
  ])('%s', (_what, texts, id) => {
    expect(policyIdOf(texts)).toBe(id)
  })
})

describe('a policy document', () => {
  test('is read as it stands, with either line end', () => {
    const policy = { mode: 'enforce', mx: ['mail.example.com', '*.example.net'], maxAgeSeconds: 604_800 }
    expect(read(good)).toEqual(policy)
    expect(read(good.replaceAll('\n', '\r\n'))).toEqual(policy)
    expect(read(good.trimEnd())).toEqual(policy)
    expect(read(`${good}x-more: anything\n`)).toEqual(policy)
  })

  test('says the first of what stands twice', () => {
    expect(read(`${good}mode: none\n`)?.mode).toBe('enforce')
  })

  test('in mode none needs no servers', () => {
    expect(read('version: STSv1\nmode: none\nmax_age: 1')).toEqual({ mode: 'none', mx: [], maxAgeSeconds: 1 })
  })

  test.each([
    ['another version', good.replace('STSv1', 'STSv2')],
    ['no version', good.replace('version: STSv1\n', '')],
    ['an unknown mode', good.replace('enforce', 'strict')],
    ['no age', good.replace(/max_age.*\n/, '')],
    ['an age of more than a year', good.replace('604800', '31557601')],
    ['an age that is no number', good.replace('604800', '-1')],
    ['no servers', 'version: STSv1\nmode: enforce\nmax_age: 1\n'],
    ['a wildcard in the middle', good.replace('*.example.net', 'a.*.net')],
    ['a wildcard alone', good.replace('*.example.net', '*')],
    ['a server that is no name', good.replace('*.example.net', 'a b')],
    ['a line without a colon', `${good}what\n`],
    ['a web page', '<html><body>Not found</body></html>'],
    ['nothing', ''],
  ])('with %s is none', (_what, text) => {
    expect(read(text)).toBeNull()
  })
})

test.each([
  ['mail.example.com', ['mail.example.com'], true],
  ['MAIL.example.com.', ['mail.example.com'], true],
  ['mx1.example.net', ['*.example.net'], true],
  ['a.mx1.example.net', ['*.example.net'], false],
  ['example.net', ['*.example.net'], false],
  ['badexample.net', ['*.example.net'], false],
  ['other.example.com', ['mail.example.com'], false],
])('whether %s is named by %j: %s', (host, patterns, is) => {
  expect(namesServer(patterns, host)).toBe(is)
})

test.each([
  ['alice@Example.org', 'example.org'],
  ['"a@b"@example.org', 'example.org'],
  ['a@bücher.example', 'xn--bcher-kva.example'],
  ['a@example.org.', 'example.org'],
  ['a@[127.0.0.1]', null],
  ['a@127.0.0.1', null],
  ['a@localhost', null],
  ['a@evil.example/x', null],
  ['a@exam ple.org', null],
  ['example.org', null],
  ['a@', null],
])('the domain of %s is %s', (address, domain) => {
  expect(domainOf(address)).toBe(domain)
})
