import { expect, test } from 'vitest'
import { wkdPlaces } from '../../../../../electron/engine/key-lookup/wkd-places'
import { zbase32 } from '../../../../../electron/engine/key-lookup/zbase32'

test('the example of the draft leads to the two places it names', () => {
  // draft-koch-openpgp-webkey-service §3.1
  expect(wkdPlaces('Joe.Doe@Example.ORG')).toEqual([
    {
      source: 'wkd-advanced',
      host: 'openpgpkey.example.org',
      path: '/.well-known/openpgpkey/example.org/hu/iy9q119eutrkn8s1mk4r39qejnbu3n5q?l=Joe.Doe',
    },
    {
      source: 'wkd-direct',
      host: 'example.org',
      path: '/.well-known/openpgpkey/hu/iy9q119eutrkn8s1mk4r39qejnbu3n5q?l=Joe.Doe',
    },
  ])
})

test('a name with signs of an address of its own cannot change the path', () => {
  const [place] = wkdPlaces('a/../b?x=1&l=c#@example.org')
  expect(place?.path.slice(place.path.indexOf('?'))).toBe('?l=a%2F..%2Fb%3Fx%3D1%26l%3Dc%23')
  expect(wkdPlaces('@example.org')).toEqual([])
  expect(wkdPlaces('nobody')).toEqual([])
})

test('an international domain is asked by its ASCII name', () => {
  expect(wkdPlaces('a@bücher.example')[1]?.host).toBe('xn--bcher-kva.example')
})

test('z-base-32 writes five bits a letter, without padding', () => {
  // RFC 6189 §5.1.6: the rightmost bits of the last letter are zero.
  expect(zbase32(Uint8Array.of(0xf0, 0xbf, 0xc7))).toBe('6n9hq')
  expect(zbase32(new Uint8Array())).toBe('')
})
