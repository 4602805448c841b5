import { X509Certificate } from 'node:crypto'
import { rootCertificates } from 'node:tls'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { readDer, readDerValues } from '../../../../../electron/engine/net/certificate/der'
import { judgePath, weakKey } from '../../../../../electron/engine/net/certificate/judge-path'
import { readCertificate } from '../../../../../electron/engine/net/certificate/read-certificate'

const roots = rootCertificates.map(pem => new X509Certificate(pem))

test('every public authority is read, and none has a key that is too weak', () => {
  expect(roots.length).toBeGreaterThan(100)
  const bad = roots.flatMap(root => {
    const facts = readCertificate(root.raw)
    const key = weakKey(root)
    const isCa = facts.basicConstraints?.isCa === true || facts.version === 1
    return key || !isCa || facts.unknownCritical.length > 0
      ? [`${root.subject}: ${key?.detail ?? 'facts'}`]
      : []
  })
  expect(bad).toEqual([])
})

test('a certificate with any byte changed, cut or added is read or refused, never anything else', () => {
  const [first] = roots
  if (!first) throw new Error('no roots')
  const der = first.raw
  fc.assert(
    fc.property(fc.nat(der.length - 1), fc.nat(255), fc.nat(3), (at, byte, how) => {
      const changed = Buffer.from(der)
      changed[at] = byte
      const bytes =
        how === 0 ? der.subarray(0, at) : how === 1 ? Buffer.concat([der, Buffer.from([byte])]) : changed
      try {
        expect(readCertificate(bytes).version).toBeGreaterThan(0)
      } catch (error) {
        expect(error).toBeInstanceOf(RangeError)
      }
    }),
    { numRuns: 2000 },
  )
})

test.each([
  ['nothing', ''],
  ['a length of no bytes', '3080'],
  ['a length in more bytes than needed', '30810100'],
  ['more than there is', '300401'],
  ['bytes behind', '300000'],
  ['a tag of several bytes', '1f8100'],
])('DER with %s is refused', (_what, hex) => {
  expect(() => readDer(Buffer.from(hex, 'hex'))).toThrow(RangeError)
})

test('a million empty values end early', () => {
  expect(() => readDerValues(Buffer.alloc(1_000_000))).toThrow(RangeError)
})

test('a root alone names no server', () => {
  const [root] = roots
  if (!root) throw new Error('no roots')
  const found = judgePath([root], { names: ['mail.example.org'], nowMs: root.validFromDate.getTime() + 1 })
  expect(found.map(({ reason }) => reason)).toContain('wrong-host')
})
