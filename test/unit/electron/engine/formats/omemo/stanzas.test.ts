import { describe, expect, it } from 'vitest'
import { readBundle, writeBundle } from '../../../../../../electron/engine/formats/omemo/stanza/bundle'
import {
  readDeviceList,
  writeDeviceList,
} from '../../../../../../electron/engine/formats/omemo/stanza/device-list'
import {
  encryptedElementsOf,
  readEncrypted,
  writeEncrypted,
} from '../../../../../../electron/engine/formats/omemo/stanza/encrypted'
import {
  paddingLetters,
  readEnvelope,
  writeEnvelope,
} from '../../../../../../electron/engine/formats/omemo/stanza/envelope'
import { bundlePlace, omemoNamespaces } from '../../../../../../electron/engine/formats/omemo/stanza/names'
import { childOf, type Element, el } from '../../../../../../electron/engine/ports/chat/element'
import { serialize } from '../../../../../../electron/engine/ports/chat/serialize'
import { seeded } from '../../../../../support/omemo-values'

const versions = ['omemo', 'omemo2'] as const
const bytes = (length: number, value = 1) => new Uint8Array(length).fill(value)
const own = { jid: 'me@example.org', deviceId: 5 }

describe.each(versions)('device lists of %s', version => {
  const namespace = omemoNamespaces[version]
  const [name, device] = [version === 'omemo' ? 'list' : 'devices', 'device']
  const list = (...ids: readonly (string | undefined)[]) =>
    el(name, namespace, {}, ...ids.map(id => el(device, namespace, { id, label: `x${id}` })))

  it('come back as they were written', () => {
    const devices = [
      { deviceId: 1, label: version === 'omemo2' ? 'Phone' : null },
      { deviceId: 0x7fff_ffff, label: null },
    ]
    expect(readDeviceList(version, writeDeviceList(version, devices))).toEqual({ devices, isCut: false })
  })

  it.each([['0'], ['-1'], ['2147483648'], ['1e3'], [' 7'], ['7 '], ['0x7'], ['٣'], [''], [undefined]])(
    'leave out the id %j',
    id => expect(readDeviceList(version, list(id, '9'))?.devices.map(each => each.deviceId)).toEqual([9]),
  )

  it('are cut at 64, say so, and count a device that comes twice once', () => {
    const ids = Array.from({ length: 1000 }, (_, at) => String(at + 1))
    const read = readDeviceList(version, list('1', ...ids))
    expect(read?.devices).toHaveLength(64)
    expect(read?.isCut).toBe(true)
    expect(readDeviceList(version, list(...ids.slice(0, 64), '1', '2'))).toMatchObject({ isCut: false })
  })

  it('are no other element, and no list of the other version', () => {
    expect(readDeviceList(version, el('x', namespace))).toBeNull()
    expect(readDeviceList(version === 'omemo' ? 'omemo2' : 'omemo', list('1'))).toBeNull()
  })

  it('shorten a label that is a novel', () => {
    const long = el(name, namespace, {}, el(device, namespace, { id: '1', label: 'ä'.repeat(100_000) }))
    const label = readDeviceList(version, long)?.devices[0]?.label
    expect(label === null || label === 'ä'.repeat(53)).toBe(true)
  })
})

describe.each(versions)('bundles of %s', version => {
  const bundle = {
    version,
    identityKey: bytes(32, 2),
    signedPreKey: { id: 0, key: bytes(32, 3), signature: bytes(64, 4) },
    preKeys: [
      { id: 0, key: bytes(32, 5) },
      { id: 0xffff_ffff, key: bytes(32, 6) },
    ],
  }

  it('come back as they were written', () => {
    expect(readBundle(version, writeBundle(bundle))).toEqual(bundle)
  })

  it('have 200 prekeys at most, each id once, and leave out what is no key', () => {
    const many = Array.from({ length: 900 }, (_, id) => ({ id: id % 500, key: bytes(32) }))
    expect(readBundle(version, writeBundle({ ...bundle, preKeys: many }))?.preKeys).toHaveLength(200)
    const mixed = [{ id: 1, key: bytes(31) }, { id: 2, key: bytes(33) }, ...bundle.preKeys]
    expect(readBundle(version, writeBundle({ ...bundle, preKeys: mixed }))?.preKeys).toEqual(bundle.preKeys)
  })

  it('are none without their parts, or with parts of another size', () => {
    const written = writeBundle(bundle)
    for (let at = 0; at < 3; at++) {
      const children = written.children.filter((_, index) => index !== at)
      expect(readBundle(version, { ...written, children })).toBeNull()
    }
    expect(readBundle(version, writeBundle({ ...bundle, identityKey: bytes(31) }))).toBeNull()
    const short = { ...bundle.signedPreKey, signature: bytes(63) }
    expect(readBundle(version, writeBundle({ ...bundle, signedPreKey: short }))).toBeNull()
  })

  it('are read with line breaks in their Base64', () => {
    const wrapped = (element: Element): Element => ({
      ...element,
      children: element.children.map(child =>
        typeof child === 'string' ? `\n  ${child.slice(0, 20)}\r\n${child.slice(20)}\n` : wrapped(child),
      ),
    })
    expect(readBundle(version, wrapped(writeBundle(bundle)))).toEqual(bundle)
  })
})

describe.each(versions)('encrypted elements of %s', version => {
  const key = (jid: string, deviceId: number, isKeyExchange = false) => ({
    ...{ jid, deviceId, isKeyExchange },
    data: bytes(60, deviceId),
  })
  const iv = version === 'omemo' ? bytes(12, 9) : null
  const answer = {
    version,
    deviceId: 77,
    keys: [key('other@example.org', 3), key('me@example.org', 5, true)],
    iv,
    payload: bytes(40, 8),
    sessions: [],
    failed: [],
  }

  it('give the key for this device and nothing of the others', () => {
    const read = readEncrypted(version, writeEncrypted(answer), own)
    const keys = [{ isKeyExchange: true, data: bytes(60, 5) }]
    expect(read).toEqual({ version, senderDeviceId: 77, keys, iv, payload: bytes(40, 8) })
    expect(readEncrypted(version, writeEncrypted({ ...answer, payload: null }), own)?.payload).toBeNull()
    expect(readEncrypted(version, writeEncrypted(answer), { ...own, deviceId: 6 })?.keys).toEqual([])
  })

  it('give each key where one id comes twice', () => {
    const twice = { ...answer, keys: [...answer.keys, key('me@example.org', 5)] }
    expect(readEncrypted(version, writeEncrypted(twice), own)?.keys).toHaveLength(2)
  })

  it('are none with a wrong sender, without a header, or with Base64 that is none', () => {
    const element = writeEncrypted(answer)
    const namespace = omemoNamespaces[version]
    const header = childOf(element, 'header', namespace)
    for (const sid of ['0', 'x', undefined]) {
      const attributes = new Map(sid === undefined ? [] : [['sid', sid]])
      const changed = header && { ...header, attributes }
      expect(readEncrypted(version, { ...element, children: [changed ?? ''] }, own)).toBeNull()
    }
    expect(readEncrypted(version, { ...element, children: [] }, own)).toBeNull()
    for (const text of ['***', 'AAAA=AAA', 'A', '=', 'AAAAA'])
      expect(
        readEncrypted(
          version,
          { ...element, children: [header ?? '', el('payload', namespace, {}, text)] },
          own,
        ),
      ).toBeNull()
  })

  it('are found in a stanza once for each version, what protects more first', () => {
    const other = writeEncrypted({ ...answer, version: version === 'omemo' ? 'omemo2' : 'omemo' })
    const stanza = el('message', 'jabber:client', {}, writeEncrypted(answer), other, writeEncrypted(answer))
    expect(encryptedElementsOf(stanza).map(each => each.version)).toEqual(['omemo2', 'omemo'])
  })
})

describe('encrypted elements of omemo2', () => {
  it('are for this device where the address is written in another way, and not for a namesake', () => {
    const answer = {
      ...{ version: 'omemo2' as const, deviceId: 1, iv: null, payload: null, sessions: [], failed: [] },
      keys: [{ jid: 'Me@EXAMPLE.org', deviceId: 5, isKeyExchange: false, data: bytes(9) }],
    }
    expect(readEncrypted('omemo2', writeEncrypted(answer), own)?.keys).toHaveLength(1)
    const namesake = [
      { ...answer.keys[0], jid: 'you@example.org', deviceId: 5, isKeyExchange: false, data: bytes(9) },
    ]
    expect(readEncrypted('omemo2', writeEncrypted({ ...answer, keys: namesake }), own)?.keys).toEqual([])
  })

  it('lie where XEP-0384 says', () => {
    expect(bundlePlace('omemo', 7)).toEqual({
      node: 'eu.siacs.conversations.axolotl.bundles:7',
      item: 'current',
    })
    expect(bundlePlace('omemo2', 7)).toEqual({ node: 'urn:xmpp:omemo:2:bundles', item: '7' })
  })
})

describe('SCE envelopes', () => {
  const body = el('body', 'jabber:client', {}, 'hello')
  const told = {
    from: 'a@example.org',
    to: 'room@muc.example.org',
    time: '2026-01-01T00:00:00Z',
    padding: 'xyz',
  }
  const sender = 'a@example.org'
  const room = 'room@muc.example.org'

  it('come back with what may stand inside, and nothing else', () => {
    const inside = [
      body,
      el('reactions', 'urn:xmpp:reactions:0', { id: '1' }),
      el('store', 'urn:xmpp:hints'),
      el('stanza-id', 'urn:xmpp:sid:0', { id: '1', by: 'x' }),
      el('addresses', 'http://jabber.org/protocol/address'),
      el('delay', 'urn:xmpp:delay', { stamp: '1970-01-01T00:00:00Z' }),
      el('encrypted', 'urn:xmpp:omemo:2'),
      el('error', 'jabber:client'),
      el('anything', 'urn:example:unknown'),
    ]
    const read = readEnvelope(writeEnvelope(inside, told), { sender, room: null })
    expect(read).toMatchObject({ from: told.from, to: told.to, time: told.time })
    expect(typeof read === 'string' ? read : read.content.map(each => each.name)).toEqual([
      'body',
      'reactions',
    ])
  })

  it('are believed by who they say they are from, and in a room where they name it', () => {
    const said = (change: object, of = { sender, room: null as string | null }) => {
      const read = readEnvelope(writeEnvelope([body], { ...told, ...change }), of)
      return typeof read === 'string' ? read : 'good'
    }
    expect(said({})).toBe('good')
    expect(said({ from: 'A@Example.org/phone' })).toBe('good')
    expect(said({ from: 'b@example.org' })).toBe('wrong-sender')
    expect(said({ from: '' })).toBe('wrong-sender')
    expect(said({}, { sender, room })).toBe('good')
    expect(said({ to: null }, { sender, room })).toBe('wrong-room')
    expect(said({ to: 'other@muc.example.org' }, { sender, room })).toBe('wrong-room')
    expect(readEnvelope(el('envelope', 'urn:xmpp:sce:1'), { sender, room })).toBe('malformed')
    expect(readEnvelope(body, { sender, room })).toBe('malformed')
  })

  it('are padded by 0 to 200 letters that XML can write', () => {
    const random = seeded(7)
    const lengths = Array.from({ length: 400 }, () => {
      const letters = paddingLetters(Uint8Array.from({ length: 202 }, () => Math.floor(random() * 256)))
      expect(letters).toMatch(/^[A-Za-z0-9_-]*$/)
      return letters.length
    })
    expect(Math.max(...lengths)).toBeLessThanOrEqual(200)
    expect(new Set(lengths).size).toBeGreaterThan(100)
    expect(serialize(writeEnvelope([body], told), '')).toContain('<rpad>xyz</rpad>')
  })
})
