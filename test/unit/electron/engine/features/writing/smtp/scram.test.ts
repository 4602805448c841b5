import { expect, test } from 'vitest'
import { scramSha256 } from '../../../../../../../electron/engine/features/writing/smtp/scram'

// The example of RFC 7677 §3.
const nonce = 'rOprNGfwEbeRWgbNEkqO'
const serverFirst = 'r=rOprNGfwEbeRWgbNEkqO%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0,s=W22ZaJ0SNY7soEsUEjb6gQ==,i=4096'

test('the exchange of RFC 7677 comes out as written there', async () => {
  const client = scramSha256('user', 'pencil', nonce)
  expect(client.first).toBe('n,,n=user,r=rOprNGfwEbeRWgbNEkqO')
  expect(await client.final(serverFirst)).toBe(
    'c=biws,r=rOprNGfwEbeRWgbNEkqO%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0,p=dHzbZapWIk4jUhN+Ute9ytag9zjfMHgsqmmiz7AndVQ=',
  )
  expect(client.verify('v=6rriTRBi23WpRR/wtup+mMhUZUn/dB5nLTJRsjl95G4=')).toBe(true)
  expect(client.verify('v=7rriTRBi23WpRR/wtup+mMhUZUn/dB5nLTJRsjl95G4=')).toBe(false)
  expect(client.verify('e=other-error')).toBe(false)
})

test('a server that proves itself before it was asked is not believed', () => {
  expect(scramSha256('user', 'pencil', nonce).verify('v=')).toBe(false)
})

test.each([
  'r=other,s=W22ZaJ0SNY7soEsUEjb6gQ==,i=4096',
  `r=${nonce},s=W22ZaJ0SNY7soEsUEjb6gQ==,i=4096`,
  serverFirst.replace('i=4096', 'i=1'),
  serverFirst.replace('i=4096', 'i=900000000'),
  'nonsense',
])('the challenge %j is refused', async challenge => {
  await expect(scramSha256('user', 'pencil', nonce).final(challenge)).rejects.toThrow()
})
