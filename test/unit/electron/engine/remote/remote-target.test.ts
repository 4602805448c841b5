import { expect, test } from 'vitest'
import { isKnownCounter } from '../../../../../electron/engine/formats/mime/sanitize/pictures/known-counters'
import { isPublicHost } from '../../../../../electron/engine/net/public-address'
import { redirectedTo, remoteTarget } from '../../../../../electron/engine/remote/remote-target'

const target = (source: string) =>
  remoteTarget(source, {
    isPublicHost,
    isCounter: isKnownCounter,
    isPort: port => port === 443,
  })

test('clear HTTP is asked for as HTTPS, and nothing but host and path is kept', () => {
  const place = { host: 'img.example', port: 443, path: '/a.png?b=1' }
  for (const source of [
    'https://img.example/a.png?b=1',
    'http://img.example/a.png?b=1#fragment',
    '//img.example/a.png?b=1',
    'HTTP://IMG.example:80/a.png?b=1',
    ' ht\ntps://img.example/a.p\tng?b=1 ',
    'https:\\\\img.example/a.png?b=1',
  ])
    expect(target(source)).toEqual(place)
})

test.each([
  'https://user:pw@img.example/a.png',
  'https://img.example:8443/a.png',
  'http://img.example:8080/a.png',
  'https://img.example:22/a.png',
  'ftp://img.example/a.png',
  'file:///etc/passwd',
  'data:image/png;base64,AAAA',
  'javascript:alert(1)',
  'https://127.0.0.1/a.png',
  'https://127.1/a.png',
  'https://0x7f000001/a.png',
  'https://2130706433/a.png',
  'https://[::1]/a.png',
  'https://[::ffff:10.0.0.1]/a.png',
  'https://router/a.png',
  'https://nas.local/a.png',
  `https://img.example/${'x'.repeat(5000)}`,
  'https://',
  '',
])('%s is never asked for', source => expect(target(source)).toBeNull())

test('a picture of a mailer is asked for; none leads on to a counter', () => {
  const rules = { isPublicHost, isCounter: isKnownCounter, isPort: (port: number) => port === 443 }
  expect(target('https://u1.ct.sendgrid.net/image.png')).not.toBeNull()
  expect(target('https://img.example/wf/open?id=1')).not.toBeNull()
  const led = (host: string, path: string) => redirectedTo({ host, port: 443, path }, rules)
  expect(led('img.example', '/wf/open?id=1')).not.toBeNull()
  expect(led('u1.ct.sendgrid.net', '/wf/open?upn=1')).toBeNull()
  expect(led('127.0.0.1', '/a.png')).toBeNull()
})
