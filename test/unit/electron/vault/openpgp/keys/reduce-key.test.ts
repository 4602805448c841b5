import { afterAll, beforeAll, expect, test } from 'vitest'
import { Gnupg } from '../../../../../support/gnupg'
import { vaultForTests } from '../support/open-vault'

const at = vaultForTests()
const work = 'anna@work.example'
const home = 'anna@home.example'
let gpg: Gnupg
let whole: Uint8Array
/** A minute on, when the subkey of one second has ended however fast the machine is. */
const laterMs = () => Date.now() + 60_000
const reduced = (address: string, subkeys: 'current' | 'all' = 'current') =>
  at.vault.calls.reduceKey({ key: whole, address, subkeys, nowMs: laterMs() })

beforeAll(() => {
  gpg = new Gnupg()
  gpg.generate(`Anna <${work}>`)
  gpg.run(['--quick-add-uid', work, `Anna Zuhause <${home}>`])
  const [, fingerprint = ''] =
    /^fpr:+([0-9A-F]{40}):/m.exec(gpg.run(['--with-colons', '-k']).toString()) ?? []
  gpg.run(['--quick-add-key', fingerprint, 'ed25519', 'sign', '0'])
  gpg.run(['--quick-add-key', fingerprint, 'cv25519', 'encr', 'seconds=1'])
  whole = gpg.publicKey(work)
})
afterAll(() => gpg.close())

/** What another person's GnuPG says of a key, as lines of colons. */
const seenByOthers = (key: Uint8Array): { lines: string[]; gpg: Gnupg } => {
  const other = new Gnupg()
  other.import(key)
  const lines = other.run(['--with-colons', '--check-signatures']).toString().split('\n')
  return { lines, gpg: other }
}
const ofKind = (lines: readonly string[], kind: string) => lines.filter(line => line.startsWith(`${kind}:`))

test('whoever gets the key for one address learns no other address of its owner', async () => {
  const { bytes, facts } = await reduced(home)
  expect(facts.userIds).toEqual([{ name: 'Anna Zuhause', address: home, valid: true }])
  expect(Buffer.from(bytes).includes(Buffer.from('work.example'))).toBe(false)
  const other = seenByOthers(bytes)
  expect(ofKind(other.lines, 'uid')).toHaveLength(1)
  // The signature of the user ID and the bindings of the subkeys are right.
  expect(ofKind(other.lines, 'sig').map(line => line.split(':')[1])).toEqual(['!', '!', '!'])
  other.gpg.run(['--recipient', home, '--encrypt'], 'hello')
  const signed = Buffer.from(gpg.detached('hello', work))
  expect(
    await at.vault.calls.verify(Buffer.from('hello'), signed, { verifyWith: [bytes], nowMs: Date.now() }),
  ).toMatchObject([{ state: 'good' }])
  other.gpg.close()
})

test('an address is meant however it is spelled, and one that the key does not name has no key', async () => {
  expect((await reduced('Anna@HOME.example')).facts.userIds).toHaveLength(1)
  await expect(reduced('eve@home.example')).rejects.toMatchObject({ code: 'no-key' })
})

test('for old signatures every subkey stays, and still only one address', async () => {
  const { bytes, facts } = await reduced(work, 'all')
  expect(facts.userIds.map(({ address }) => address)).toEqual([work])
  const other = seenByOthers(bytes)
  expect(ofKind(other.lines, 'sub')).toHaveLength(3)
  other.gpg.close()
})

test('a revoked address is not given out, and a revoked key stays revoked', async () => {
  const fingerprint = at.anna.facts.fingerprint
  const revoked = await at.vault.calls.change(
    fingerprint,
    { kind: 'revoke', reason: 'compromised' },
    at.nowMs,
  )
  const key = await at.vault.calls.reduceKey({
    key: revoked.bytes,
    address: 'anna@siegel.example',
    subkeys: 'all',
    nowMs: at.nowMs,
  })
  expect(key.facts.problems).toContain('revoked')
  const before = whole
  gpg.run(['--quick-revoke-uid', work, `Anna Zuhause <${home}>`])
  whole = gpg.publicKey(work)
  await expect(reduced(home)).rejects.toMatchObject({ code: 'no-key' })
  whole = before
})

test('a key of version 6 keeps what it says of itself', async () => {
  const six = await at.make('six@siegel.example', { version: 6 })
  const key = await at.vault.calls.reduceKey({
    key: six.bytes,
    address: 'six@siegel.example',
    subkeys: 'current',
    nowMs: at.nowMs,
  })
  expect(key.facts).toEqual(six.facts)
})
