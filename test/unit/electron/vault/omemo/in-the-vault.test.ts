/** The calls as the engine makes them, of the real vault in its worker, and what their answers hold. */
import { afterAll, describe, expect, it } from 'vitest'
import { openDevice } from '../../../../../electron/vault/omemo/state/device'
import { openSessions } from '../../../../../electron/vault/omemo/state/session-list'
import { accountId } from '../../../../../shared/kit/ids'
import { Siegel } from '../../../../support/omemo-siegel'
import { openTestVault } from '../../../../support/vault-in-test'

const vault = await openTestVault()
afterAll(() => vault.close())
const { omemo } = vault.calls

const account = accountId.parse('1b'.repeat(16))
const other = accountId.parse('2c'.repeat(16))

describe('OMEMO in the vault', () => {
  it('makes a device, publishes, encrypts and reads for two accounts', async () => {
    const nowMs = 1_000_000
    const a = await omemo.createDevice({ accountId: account, deviceId: 11, nowMs })
    const b = await omemo.createDevice({ accountId: other, deviceId: 22, nowMs })
    const published = await omemo.ownBundles({ accountId: other, device: b.device })
    expect(published).toMatchObject({ deviceId: 22, fingerprint: b.fingerprint })
    const bundles = [published.bundles.omemo, published.bundles.omemo2]
    expect(await omemo.judgeBundles({ bundles })).toEqual([
      { ok: true, fingerprint: b.fingerprint },
      { ok: true, fingerprint: b.fingerprint },
    ])
    for (const bundle of bundles) {
      const { version } = bundle
      const sent = await omemo.encrypt({
        ...{ accountId: account, device: a.device, version, content: Buffer.from('hello'), nowMs },
        recipients: [
          { jid: 'b@example.org', deviceId: 22, sessions: null, bundle, fingerprint: b.fingerprint },
          { jid: 'b@example.org', deviceId: 22, sessions: null, bundle, fingerprint: b.fingerprint },
          { jid: 'b@example.org', deviceId: 23, sessions: null, bundle: null, fingerprint: null },
          { jid: 'b@example.org', deviceId: 24, sessions: null, bundle, fingerprint: a.fingerprint },
        ],
      })
      expect(sent.failed).toEqual([
        { jid: 'b@example.org', deviceId: 23, problem: 'no-session' },
        { jid: 'b@example.org', deviceId: 24, problem: 'other-identity' },
      ])
      // Named twice, written to once.
      expect(sent.keys).toHaveLength(1)
      const [key] = sent.keys
      if (!key) throw new Error('no key')
      const read = await omemo.decrypt({
        ...{ accountId: other, device: b.device, nowMs },
        message: {
          ...{ version, sender: { jid: 'a@example.org', deviceId: sent.deviceId }, sessions: null },
          ...{ fingerprint: null, iv: sent.iv, payload: sent.payload },
          key: { isKeyExchange: key.isKeyExchange, data: key.data },
        },
      })
      expect(read).toMatchObject({
        kind: 'opened',
        isNewSession: true,
        fingerprint: a.fingerprint,
        counter: 0,
      })
      expect(read.kind === 'opened' && Buffer.from(read.content ?? []).toString()).toBe('hello')
    }
  })

  it("answers nothing for another account's device, or for questions that are none", async () => {
    const { device } = await omemo.createDevice({ accountId: account, deviceId: 11, nowMs: 0 })
    await expect(omemo.ownBundles({ accountId: other, device })).rejects.toMatchObject({
      code: 'vault-damaged',
    })
    for (const deviceId of [0, -1, 0x8000_0000, 1.5])
      await expect(omemo.createDevice({ accountId: account, deviceId, nowMs: 0 })).rejects.toMatchObject({
        code: 'bad-request',
      })
  })

  it('says nothing once it is locked', async () => {
    const closed = await openTestVault()
    await closed.close()
    const asked = closed.calls.omemo.createDevice({ accountId: account, deviceId: 1, nowMs: 0 })
    await expect(asked).rejects.toMatchObject({ code: 'locked' })
  })
})

/** All bytes of an answer, texts included. */
function bytesIn(value: unknown): Buffer[] {
  if (value instanceof Uint8Array) return [Buffer.from(value)]
  if (typeof value === 'string')
    return [Buffer.from(value), Buffer.from(value, 'hex'), Buffer.from(value, 'base64')]
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(bytesIn) : []
}

describe('the answers', () => {
  it.each(['omemo', 'omemo2'] as const)('of %s hold no secret of the device or of a session', version => {
    const [a, b] = [new Siegel('a@example.org', 1), new Siegel('b@example.org', 2)]
    const encrypted = a.encrypt(version, b, Buffer.from('text'), { bundle: b.bundle(version) })
    const sent = encrypted.commit()
    const answers: unknown[] = [
      encrypted,
      b.bundle('omemo'),
      b.bundle('omemo2'),
      b.read(sent),
      b.device,
      a.device,
    ]
    b.receive(sent)
    const back = b.send(version, a, 'back')
    answers.push(back, a.read(back))
    a.receive(back)

    const secrets: Buffer[] = []
    for (const [siegel, from] of [
      [a, b],
      [b, a],
    ] as const) {
      const device = openDevice(siegel.device, siegel.place, siegel.account)
      const sealed = siegel.sessionsWith(version, from)
      const identity = device?.identity.key
      const sessions =
        sealed &&
        identity &&
        openSessions(sealed, siegel.place, {
          ...{ accountId: siegel.account, identity, version, jid: from.jid, deviceId: from.deviceId },
        })
      if (!device || !sessions) throw new Error('not opened')
      secrets.push(device.identity.secret)
      for (const keys of Object.values(device.keys))
        secrets.push(...[...keys.signed, ...keys.preKeys].map(({ secret }) => secret))
      for (const { root, own, sending, receiving } of sessions)
        secrets.push(root, own.secret, ...[sending, receiving].flatMap(chain => (chain ? [chain.key] : [])))
    }
    expect(secrets.length).toBeGreaterThan(400)
    const said = bytesIn(answers)
    for (const secret of secrets) {
      expect(secret.byteLength).toBe(32)
      expect(said.some(bytes => bytes.includes(secret))).toBe(false)
    }
    // The look would find one: what is published is there.
    const published = Buffer.from(b.bundle(version).signedPreKey.key)
    expect(said.some(bytes => bytes.includes(published))).toBe(true)
  })
})
