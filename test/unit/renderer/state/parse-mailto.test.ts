import { expect, test } from 'vitest'
import { parseMailto } from '../../../../renderer/state/parse-mailto'

const addresses = (url: string) => parseMailto(url).to.map(({ address }) => address)

test('a mailto link fills the draft', () => {
  expect(
    parseMailto(
      'mailto:a@example.org,b@example.org?cc=c@example.org&subject=Gr%C3%BC%C3%9Fe&body=Zeile%0D%0Azwei',
    ),
  ).toEqual({
    to: [
      { name: '', address: 'a@example.org' },
      { name: '', address: 'b@example.org' },
    ],
    cc: [{ name: '', address: 'c@example.org' }],
    subject: 'Grüße',
    body: 'Zeile\r\nzwei',
  })
})

test('a plus is a plus', () => {
  expect(addresses('mailto:me+list@example.org')).toEqual(['me+list@example.org'])
  expect(parseMailto('mailto:a@b.example?subject=1+1').subject).toBe('1+1')
})

test('a link can neither add hidden recipients nor break out of a header', () => {
  expect(parseMailto('mailto:a@example.org?bcc=spy@example.org&attach=/etc/passwd')).toMatchObject({
    cc: [],
    body: '',
  })
  expect(parseMailto('mailto:a@example.org?subject=x%0D%0ABcc:%20spy@example.org').subject).toBe(
    'x Bcc: spy@example.org',
  )
  expect(addresses('mailto:a@example.org%0D%0ABcc:spy@example.org')).toEqual([])
})

test('broken escapes are left out, not thrown', () => {
  expect(parseMailto('mailto:a@example.org?subject=%E0%A4%A').subject).toBe('')
})
