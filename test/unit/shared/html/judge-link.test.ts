import { describe, expect, test } from 'vitest'
import { findingOfLink, findingsOfLinks } from '../../../../electron/engine/mail/mime/links'
import { judgeLink } from '../../../../shared/html/judge-link'
import { htmlMails } from '../../../fixtures/html-mail'

const kind = (href: string, ...said: string[]) => judgeLink(href, said)?.kind ?? null

describe('honest links', () => {
  test.each([
    ['https://xn--mller-kva.example/', 'müller.example'],
    ['https://xn--mller-kva.example/', 'https://MÜLLER.example/shop'],
    ['https://müller.example/', 'xn--mller-kva.example'],
    ['https://xn--bcher-kva.com/', 'www.bücher.com'],
    ['https://xn--e1afmkfd.xn--p1ai/', 'пример.рф'],
    ['https://xn--fsqu00a.xn--0zwm56d/', '例子。测试'],
    ['https://xn--e1afmkfd.com/', 'пример.com'],
    ['https://xn--hxajbheg2az3al.com/', 'click'],
    ['https://www.shop.example/a', 'shop.example'],
    ['https://login.shop.co.uk/', 'www.shop.co.uk'],
    ['https://github.com/a/b', 'README.md'],
    ['https://files.example/1', 'report.pdf'],
    ['https://files.example/1', 'install.sh'],
    ['https://files.example/1', 'z.B. hier'],
    ['https://files.example/1', 'see page 3.Next'],
    ['https://files.example/1', 'version 1.2.3'],
    ['https://files.example/1', 'Node.js and more'],
    ['https://a.example/', 'write to info@b.example'],
    ['https://a.example/', `${'A long teaser, all of it one link. '.repeat(12)} More on heise.de.`],
    ['https://a.example/', ''],
    ['mailto:ann@a.example', 'ann@a.example'],
    ['mailto:Ann@A.example?subject=x', 'Ann <ann@a.example>'],
    ['mailto:a@a.example,b@a.example', 'b@a.example'],
    ['mailto:ann@a.example', 'Write to us'],
    ['mailto:?to=ann@a.example', 'ann@a.example'],
    ['tel:+4930123', 'www.a.example'],
    ['javascript:alert(1)', 'www.a.example'],
  ])('%s under %j', (href, said) => expect(kind(href, said)).toBe(null))
})

describe('links that are not what they say', () => {
  test.each([
    ['https://evil.test/', 'https://bank.example.com/login'],
    ['https://evil.test/', 'bank.example.com (safe)'],
    ['https://evil.test/', 'Go to bank.example.com now'],
    ['https://evil.test/', 'Log in: www.bank.example.com/login'],
    ['https://evil.test/', '»bank.example«'],
    ['https://evil.test/', 'https://bank.example/ evil.test'],
    ['https://evil.test/', 'evil.test bank.example'],
    ['https://evil.test/', `www.bank.example ${'and so on '.repeat(50)}`],
    ['https://evil.test/', `${'and so on '.repeat(50)} https://bank.example/`],
    ['https://evil.test/', 'bank\u200b.exam\u00adple.com'],
    ['https://evil.test/', 'bank\uff0eexample.com'],
    ['https://evil.test/', 'müller.example'],
    ['https://bank.example.com.evil.test/', 'bank.example.com'],
    ['https://evil.test/?u=bank.example.com', 'bank.example.com'],
    ['https://bank.example@evil.test/', 'bank.example'],
    ['http://192.0.2.7/', 'www.bank.example'],
    ['https://evil.test/', 'https://install.sh/'],
  ])('%s under %j', (href, said) => expect(kind(href, said)).toBe('other-site'))

  test('what a picture or a hint says counts, each for itself', () => {
    expect(kind('https://evil.test/', '', 'www.bank.example')).toBe('other-site')
    expect(kind('https://evil.test/', 'Log in', 'https://bank.example/')).toBe('other-site')
    expect(kind('https://evil.test/', 'evil.test', 'bank.example')).toBe('other-site')
  })

  test('another mail address than the one that is shown', () => {
    expect(kind('mailto:x@evil.test', 'service@bank.example')).toBe('other-address')
    expect(kind('mailto:x@bank.example', 'Write to service@bank.example')).toBe('other-address')
    expect(kind('mailto:x@evil.test', 'x@evil.test service@bank.example')).toBe('other-address')
  })

  test.each([
    'https://аррӏе.com/',
    'https://xn--80ak6aa92e.com/',
    'https://www.xn--80ak6aa92e.com/login',
    'https://pаypal.com/',
    'https://ɡoogle.com/',
    'https://gооgle.example/',
  ])('a look-alike under any words: %s', href => {
    expect(kind(href, 'click')).toBe('look-alike')
    expect(kind(href)).toBe('look-alike')
  })
})

test('none of the usual mails has a link to be warned of', () => {
  const found = htmlMails.flatMap(({ name, html }) =>
    findingsOfLinks(html, null).map(each => ({ name, ...each })),
  )
  expect(found).toEqual([])
})

describe('the clicks that a mailer counts', () => {
  const link = (path: string, words: string) => `<a href="https://click.mailer.test/c/${path}">${words}</a>`
  const code = 'eJwdjkEOwiAURE8DS8IHCmXBwo33'
  const letter = `${link(code, 'Read on')}${link(`${code}2`, 'More')}${link(`${code}3`, 'www.shop.example')}`
  const found = (html: string, sender: string) =>
    findingsOfLinks(html, sender).map(({ isThroughMailer }) => isThroughMailer)

  test('are said softly where the words name the sender', () => {
    expect(found(letter, 'news.shop.example')).toEqual([true])
  })

  test('and plainly where they name anybody else, or where only one link goes there', () => {
    expect(found(letter, 'evil.test')).toEqual([false])
    // Whoever sends from the place he leads to can still show another.
    expect(found(letter, 'mailer.test')).toEqual([false])
    expect(found(link(code, 'www.shop.example'), 'shop.example')).toEqual([false])
    expect(found(letter.replaceAll(code, ''), 'shop.example')).toEqual([false])
  })
})

test('words made to be slow are not', () => {
  // Ten thousand of each are read while a browser would draw one frame; a pattern that goes back over itself would not end.
  for (const words of [
    'a.'.repeat(150),
    'a@'.repeat(150),
    '1-'.repeat(150),
    `${'a'.repeat(62)}.`.repeat(4),
    'ä.b@c.'.repeat(50),
  ])
    for (let times = 0; times < 200; times += 1) judgeLink('https://evil.test/', [words])
})

describe('of the links of a mail, the one that was clicked', () => {
  const html =
    '<a href="https://evil.test/a">bank.example</a> <a href="https://evil.test/b">click</a>' +
    '<a href="HTTPS://user:pw@Evil.test:443/c d">bank.example</a> <a href="mailto:eve@b.example">ann@a.example</a>' +
    '<a href="https://m&uuml;ller.example/?a=1&amp;b=2"><img alt="bank.example"></a> <a href="https://evil.test/b">bank.example</a>'
  test.each([
    ['https://evil.test/a', 'bank.example'],
    // Of several to one place, the one that says something else.
    ['https://evil.test/b', 'bank.example'],
    ['https://evil.test/c%20d', 'bank.example'],
    ['mailto:eve@b.example', 'ann@a.example'],
    ['https://xn--mller-kva.example/?a=1&b=2', 'bank.example'],
    ['https://evil.test/', undefined],
    ['https://other.test/', undefined],
  ])('%s', (url, said) => expect(findingOfLink(html, url)?.said).toBe(said))
})
