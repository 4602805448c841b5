import { execFileSync } from 'node:child_process'
import { createHash, X509Certificate } from 'node:crypto'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { judgeCertificate } from '../../../../../electron/engine/net/certificate/find-path'
import type { TlsaRecord } from '../../../../../electron/engine/ports/net/transport'
import { checkDane, isUsableTlsa } from '../../../../../electron/engine/transport/check-dane'

let folder: string
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'dane-'))
  const openssl = (...args: string[]) => execFileSync('openssl', args, { cwd: folder, stdio: 'pipe' })
  const make = (name: string, issuer: string | null, isCa: boolean, days: string[], kind: string[]) => {
    openssl(
      'req',
      '-new',
      '-newkey',
      ...kind,
      '-nodes',
      '-keyout',
      `${name}.key`,
      '-subj',
      `/CN=${name}`,
      '-out',
      `${name}.csr`,
    )
    const names =
      name === 'root' || name === 'middle'
        ? ''
        : 'subjectAltName=DNS:mail.example.org,DNS:*.wild.example.org\n'
    writeFileSync(
      join(folder, `${name}.ext`),
      `basicConstraints=critical,CA:${isCa ? 'TRUE' : 'FALSE'}\n${names}`,
    )
    const signer =
      issuer === null
        ? ['-signkey', `${name}.key`]
        : ['-CA', `${issuer}.crt`, '-CAkey', `${issuer}.key`, '-CAcreateserial']
    openssl(
      'x509',
      '-req',
      '-in',
      `${name}.csr`,
      ...signer,
      ...days,
      '-extfile',
      `${name}.ext`,
      '-out',
      `${name}.crt`,
    )
  }
  const ec = ['ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1']
  const year = ['-days', '365']
  make('root', null, true, year, ec)
  make('middle', 'root', true, year, ['rsa:2048'])
  make('leaf', 'middle', false, year, ec)
  make('other', null, true, year, ec)
  // Signed by a certificate that is no authority.
  make('pretender', 'leaf', false, year, ec)
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const certificate = (name: string) => new X509Certificate(readFileSync(join(folder, `${name}.crt`)))
const chain = (...names: string[]) => names.map(certificate)

/** The record for a certificate as RFC 6698 makes it, computed apart from the code under test. */
function record(usage: number, selector: number, matchingType: number, name: string): TlsaRecord {
  const der =
    selector === 0
      ? execFileSync('openssl', ['x509', '-in', `${name}.crt`, '-outform', 'DER'], { cwd: folder })
      : execFileSync('openssl', ['pkey', '-pubin', '-outform', 'DER'], {
          cwd: folder,
          input: execFileSync('openssl', ['x509', '-in', `${name}.crt`, '-noout', '-pubkey'], {
            cwd: folder,
          }),
        })
  const data =
    matchingType === 0
      ? der
      : createHash(matchingType === 1 ? 'sha256' : 'sha512')
          .update(der)
          .digest()
  return { usage, selector, matchingType, data: Uint8Array.from(data) }
}

/** As the gate asks: the way to an issuer is judged by the rules for every certificate. */
function held(
  records: readonly TlsaRecord[],
  chain: readonly X509Certificate[],
  options: { names: readonly string[]; nowMs: number },
) {
  return checkDane(records, chain, issuer => {
    const [leaf] = chain
    return leaf !== undefined && judgeCertificate(leaf, chain, [issuer], options).length === 0
  })
}

// The certificates are made after this line runs.
const now = { names: ['mail.example.org'], nowMs: Date.now() + 3_600_000 }
const later = { ...now, nowMs: Date.now() + 2 * 365 * 86_400_000 }
const elsewhere = { ...now, names: ['mail.example.com'] }

describe('DANE-EE', () => {
  test.each([
    [0, 0],
    [0, 1],
    [0, 2],
    [1, 0],
    [1, 1],
    [1, 2],
  ])('3 %i %i matches its own certificate, whatever its name, dates and issuer', (selector, matchingType) => {
    const own = record(3, selector, matchingType, 'leaf')
    expect(held([own], chain('leaf'), now)).toBe('match')
    expect(held([own], chain('leaf'), { ...elsewhere, nowMs: later.nowMs })).toBe('match')
    expect(held([own], chain('other'), now)).toBe('mismatch')
  })

  test('one good record among wrong ones is enough, and the issuer is not the server', () => {
    const good = record(3, 1, 1, 'leaf')
    expect(held([record(3, 1, 1, 'other'), good], chain('leaf', 'middle'), now)).toBe('match')
    expect(held([record(3, 1, 1, 'middle')], chain('leaf', 'middle'), now)).toBe('mismatch')
    expect(held([good], [], now)).toBe('mismatch')
  })
})

describe('DANE-TA', () => {
  test('an issuer in the chain vouches for a server that it signed', () => {
    for (const name of ['middle', 'root'])
      for (const [selector, matchingType] of [
        [0, 1],
        [1, 1],
        [1, 2],
        [0, 0],
      ] as const)
        expect(
          held([record(2, selector, matchingType, name)], chain('leaf', 'middle', 'root'), now),
          `2 ${selector} ${matchingType} of ${name}`,
        ).toBe('match')
  })

  test('an issuer that only the record holds counts too', () => {
    expect(held([record(2, 0, 0, 'root')], chain('leaf', 'middle'), now)).toBe('match')
    expect(held([record(2, 0, 1, 'root')], chain('leaf', 'middle'), now)).toBe('mismatch')
  })

  test.each([
    ['another name', () => held([record(2, 1, 1, 'middle')], chain('leaf', 'middle'), elsewhere)],
    ['expired', () => held([record(2, 1, 1, 'middle')], chain('leaf', 'middle'), later)],
    [
      'an issuer laid beside that signed nothing',
      () => held([record(2, 1, 1, 'other')], chain('leaf', 'other'), now),
    ],
    ['a missing link', () => held([record(2, 1, 1, 'root')], chain('leaf', 'root'), now)],
    [
      'an issuer that is no authority',
      () => held([record(2, 1, 1, 'leaf')], chain('pretender', 'leaf'), now),
    ],
    ['the server itself as its issuer', () => held([record(2, 1, 1, 'leaf')], chain('leaf', 'middle'), now)],
  ])('%s is refused', (_what, check) => {
    expect(check()).toBe('mismatch')
  })

  test('any of the names will do, wildcards for one label', () => {
    const middle = [record(2, 1, 1, 'middle')]
    const names = (...each: string[]) => held(middle, chain('leaf', 'middle'), { ...now, names: each })
    expect(names('mail.example.com', 'mail.example.org')).toBe('match')
    expect(names('a.wild.example.org')).toBe('match')
    expect(names('a.b.wild.example.org')).toBe('mismatch')
  })
})

test('records that nobody can use say nothing, and do not stand beside good ones', () => {
  const digest = new Uint8Array(32)
  const unusable: TlsaRecord[] = [
    { usage: 0, selector: 0, matchingType: 1, data: digest },
    { usage: 1, selector: 1, matchingType: 1, data: digest },
    { usage: 4, selector: 1, matchingType: 1, data: digest },
    { usage: 3, selector: 2, matchingType: 1, data: digest },
    { usage: 3, selector: 1, matchingType: 3, data: digest },
    { usage: 3, selector: 1, matchingType: 1, data: digest.slice(1) },
    { usage: 3, selector: 1, matchingType: 2, data: digest },
    { usage: 3, selector: 1, matchingType: 0, data: new Uint8Array() },
  ]
  expect(unusable.filter(isUsableTlsa)).toEqual([])
  expect(held(unusable, chain('leaf'), now)).toBe('unusable')
  expect(held([...unusable, record(3, 1, 1, 'leaf')], chain('leaf'), now)).toBe('match')
  expect(held([...unusable, record(3, 1, 1, 'other')], chain('leaf'), now)).toBe('mismatch')
})
