/** Bytes that nobody meant: every reader says no by a name, or reads what is still right, and throws nothing. */
import { describe, expect, it } from 'vitest'
import { readFileLink } from '../../../../../electron/engine/formats/omemo/file/link'
import { readBundle, writeBundle } from '../../../../../electron/engine/formats/omemo/stanza/bundle'
import { readDeviceList } from '../../../../../electron/engine/formats/omemo/stanza/device-list'
import { readEncrypted, writeEncrypted } from '../../../../../electron/engine/formats/omemo/stanza/encrypted'
import { readEnvelope } from '../../../../../electron/engine/formats/omemo/stanza/envelope'
import type { Element } from '../../../../../electron/engine/ports/chat/element'
import { lookAtBundle } from '../../../../../electron/vault/omemo/bundles'
import { readExchange, readMessage } from '../../../../../electron/vault/omemo/wire/messages'
import { readFields, writeFields } from '../../../../../electron/vault/omemo/wire/protobuf'
import { variantOf } from '../../../../../electron/vault/omemo/wire/variant'
import { Siegel } from '../../../../support/omemo-siegel'
import { seeded } from '../../../../support/omemo-values'

const versions = ['omemo', 'omemo2'] as const

/** Changed bytes, pieces left out, doubled, put in, and the end cut off. */
function mutated(bytes: Uint8Array, random: () => number): Buffer {
  let result = Buffer.from(bytes)
  const rounds = 1 + Math.floor(random() * 4)
  for (let round = 0; round < rounds; round++) {
    const at = Math.floor(random() * (result.byteLength + 1))
    const length = Math.floor(random() * 12)
    const noise = Buffer.from(Array.from({ length }, () => Math.floor(random() * 256)))
    const kind = Math.floor(random() * 5)
    if (kind === 0 && at < result.byteLength) result.writeUInt8(Math.floor(random() * 256), at)
    else if (kind === 1) result = Buffer.concat([result.subarray(0, at), result.subarray(at + length)])
    else if (kind === 2) result = Buffer.concat([result.subarray(0, at), noise, result.subarray(at)])
    else if (kind === 3) result = Buffer.concat([result, result.subarray(at)])
    else result = result.subarray(0, at)
  }
  return Buffer.from(result)
}

/** The same element with names, attributes and texts changed, children left out, doubled and moved. */
function mutatedElement(element: Element, random: () => number): Element {
  const other = (text: string) =>
    random() < 0.08 ? mutated(Buffer.from(text), random).toString('latin1') : text
  const children = element.children.flatMap(child => {
    const changed = typeof child === 'string' ? other(child) : mutatedElement(child, random)
    const chance = random()
    return chance < 0.03 ? [] : chance < 0.06 ? [changed, changed] : [changed]
  })
  const attributes = [...element.attributes].flatMap(([name, value]): [string, string][] =>
    random() < 0.03 ? [] : [[other(name), other(value)]],
  )
  return {
    name: random() < 0.02 ? other(element.name) : element.name,
    namespace: random() < 0.02 ? other(element.namespace) : element.namespace,
    attributes: new Map(attributes),
    children,
  }
}

describe('protocol buffers', () => {
  it('are read as they are written, and random bytes end in null or in fields', () => {
    const random = seeded(1)
    for (let round = 0; round < 5000; round++) {
      const bytes = Buffer.from(
        Array.from({ length: Math.floor(random() * 40) }, () => Math.floor(random() * 256)),
      )
      const fields = readFields(bytes)
      const number = fields?.number(1 + Math.floor(random() * 6)) ?? 0
      expect(number).toBeGreaterThanOrEqual(0)
      expect(number).toBeLessThanOrEqual(0xffff_ffff)
      expect(fields?.bytes(2, 16)?.byteLength ?? 0).toBeLessThanOrEqual(16)
    }
    const written = readFields(
      writeFields([
        [1, 0xffff_ffff],
        [2, Buffer.from('ab')],
        [15, 300],
      ]),
    )
    expect([written?.number(1), written?.bytes(2, 2)?.toString(), written?.number(15)]).toEqual([
      0xffff_ffff,
      'ab',
      300,
    ])
    expect(written?.bytes(2, 1)).toBeNull()
    // The last of two counts, a length beyond the end is none, and 65 fields are too many.
    expect(readFields(Buffer.from('08010802', 'hex'))?.number(1)).toBe(2)
    expect(readFields(Buffer.from('0aff', 'hex'))).toBeNull()
    expect(readFields(Buffer.from('0801'.repeat(65), 'hex'))).toBeNull()
    expect(readFields(Buffer.from(`08${'ff'.repeat(11)}01`, 'hex'))).toBeNull()
  })
})

describe.each(versions)('what is changed at random in %s', version => {
  const variant = variantOf(version)
  const [a, b] = [new Siegel('a@example.org', 1), new Siegel('b@example.org', 2)]
  const first = a.send(version, b, 'first')

  it('is read by no parser as something it is not (10,000 times)', () => {
    const random = seeded(2)
    const bytes = Buffer.from(first.key.data)
    for (let round = 0; round < 10_000; round++) {
      const changed = mutated(bytes, random)
      const exchange = readExchange(variant, changed)
      const message = readMessage(variant, exchange?.message ?? changed)
      if (exchange)
        expect([exchange.identityKey.byteLength, exchange.ephemeralKey.byteLength]).toEqual([32, 32])
      if (message)
        expect([message.ratchetKey.byteLength, message.mac.byteLength]).toEqual([32, variant.macBytes])
    }
  })

  it('is refused by the vault, or says the same (150 exchanges, 400 messages)', () => {
    const random = seeded(3)
    const attempt = (sent: typeof first, text: string) => {
      const data = mutated(sent.key.data, random)
      const answer = b.read({
        ...sent,
        key: { ...sent.key, data, isKeyExchange: random() < 0.9 === sent.key.isKeyExchange },
      })
      if (answer.kind === 'opened') expect(Buffer.from(answer.content ?? []).toString()).toBe(text)
      return answer.kind
    }
    for (let round = 0; round < 150; round++) attempt(first, 'first')
    expect(b.receive(first)).toBe('first')
    expect(a.receive(b.send(version, a, 'answer'))).toBe('answer')
    const second = a.send(version, b, 'second')
    const kinds = Array.from({ length: 400 }, () => attempt(second, 'second'))
    expect(kinds.filter(kind => kind === 'refused').length).toBeGreaterThan(380)
    expect(b.receive(second)).toBe('second')
  })

  it('is no trap in elements (1,000 times)', () => {
    const random = seeded(4)
    const bundle = writeBundle({ ...b.bundle(version), preKeys: b.bundle(version).preKeys.slice(0, 5) })
    const encrypted = writeEncrypted({
      ...{
        version,
        deviceId: 1,
        keys: [first.key],
        iv: first.iv,
        payload: first.payload,
        sessions: [],
        failed: [],
      },
    })
    for (let round = 0; round < 1000; round++) {
      const read = readBundle(version, mutatedElement(bundle, random))
      if (read && round % 40 === 0) lookAtBundle(read, null)
      readEncrypted(version, mutatedElement(encrypted, random), b)
      readDeviceList(version, mutatedElement(bundle, random))
      readEnvelope(mutatedElement(encrypted, random), { sender: 'a@example.org', room: null })
      readFileLink(mutated(Buffer.from(`aesgcm://a.example/b#${'11'.repeat(44)}`), random).toString('latin1'))
    }
  })
})
