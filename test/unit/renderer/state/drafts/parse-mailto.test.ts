import { expect, test } from 'vitest'
import { parseMailto } from '../../../../../renderer/state/drafts/parse-mailto'

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
    left: { people: 0, characters: 0 },
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

test('a link to more people than a draft holds says how many were left out, and loses none before', () => {
  const many = (count: number) => Array.from({ length: count }, (_, n) => `p${n}@example.org`).join(',')
  const fits = parseMailto(`mailto:${many(150)}?cc=${many(300)}`)
  expect([fits.to.length, fits.cc.length, fits.left.people]).toEqual([150, 300, 0])
  const tooMany = parseMailto(`mailto:${many(10_004)}?cc=${many(10_001)}&subject=${'s'.repeat(2005)}`)
  expect([tooMany.to.length, tooMany.cc.length]).toEqual([10_000, 10_000])
  expect(tooMany.left).toEqual({ people: 5, characters: 5 })
})
