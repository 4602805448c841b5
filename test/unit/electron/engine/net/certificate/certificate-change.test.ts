import { expect, test } from 'vitest'
import { createCertificateWatch } from '../../../../../../electron/engine/net/certificate/certificate-watch'
import type { SeenCertificate } from '../../../../../../electron/engine/ports/net/certificates'
import { freshStore } from '../../store/support'

const day = 86_400_000
const start = Date.UTC(2026, 0, 1)
const certificate = (change: Partial<SeenCertificate> = {}): SeenCertificate => ({
  issuer: 'C=US, O=Good CA, CN=R10',
  key256: 'aa',
  fingerprint256: '01',
  validFrom: new Date(start).toISOString(),
  validTo: new Date(start + 90 * day).toISOString(),
  seenAtMs: start + day,
  ...change,
})
const place = { host: 'imap.example.org', port: 993, byDane: false }

function watch() {
  const told: unknown[] = []
  const { store } = freshStore()
  return { seen: createCertificateWatch(store.certificates, change => told.push(change)), told }
}

test('the first certificate, and the same again, are nothing to speak of', () => {
  const { seen, told } = watch()
  expect(seen(place, certificate())).toBeNull()
  expect(seen(place, certificate())).toBeNull()
  expect(told).toEqual([])
})

test('renewal by the same authority is ordinary, also from another of its intermediates', () => {
  const { seen, told } = watch()
  seen(place, certificate())
  const next = certificate({ issuer: 'C=US, O=Good CA, CN=R11', fingerprint256: '02', key256: 'bb' })
  expect(seen(place, next)).toMatchObject({ kind: 'renewed', isKeyKept: false, fingerprintBefore: '01' })
  // Shown as long as this certificate is in use.
  expect(seen(place, next)).toMatchObject({ kind: 'renewed' })
  expect(told).toEqual([])
})

const stranger = { issuer: 'C=XX, O=Other CA, CN=X1', fingerprint256: '03', key256: 'cc' }

test('another issuer long before the end is told once, with both names', () => {
  const { seen, told } = watch()
  seen(place, certificate())
  expect(seen(place, certificate({ ...stranger, seenAtMs: start + 10 * day }))?.kind).toBe(
    'other-issuer-early',
  )
  seen(place, certificate({ ...stranger, seenAtMs: start + 11 * day }))
  expect(told).toEqual([
    { host: 'imap.example.org', before: 'C=US, O=Good CA, CN=R10', now: 'C=XX, O=Other CA, CN=X1' },
  ])
})

test('another issuer when renewal is due is shown, not told', () => {
  const { seen, told } = watch()
  seen(place, certificate())
  expect(seen(place, certificate({ ...stranger, seenAtMs: start + 70 * day }))?.kind).toBe('other-issuer')
  expect(told).toEqual([])
})

test('what DANE speaks for is not told', () => {
  const { seen, told } = watch()
  seen(place, certificate())
  expect(seen({ ...place, byDane: true }, certificate(stranger))?.kind).toBe('other-issuer-early')
  expect(told).toEqual([])
})

test('other places are other places', () => {
  const { seen } = watch()
  seen(place, certificate())
  expect(seen({ ...place, port: 465 }, certificate(stranger))).toBeNull()
})
