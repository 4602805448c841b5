import { readFileSync, writeFileSync } from 'node:fs'
import { afterAll, beforeAll, expect, test } from 'vitest'
import {
  outsideCalendar,
  outsideCard,
  readOutside,
  withoutArmor,
} from '../../../../../../electron/engine/formats/encrypted-collections/outside'
import type { ProfileVault } from '../../../../../../electron/vault/profile-vault'
import { openTestVault } from '../../../../../support/vault-in-test'

/** The vectors of docs/formats. Made anew with SIEGEL_WRITE_VECTORS=1, where the format changes. */
const file = new URL('../../../../../../docs/formats/encrypted-collections-vectors.json', import.meta.url)

type Vectors = Readonly<{
  passphrase: string
  secretKey: string
  fingerprint: string
  keys: string
  objects: readonly Readonly<{
    name: string
    outside: string
    inside: string | null
    refusal: string | null
  }>[]
}>

const collection = '000102030405060708090a0b0c0d0e0f'
const event = (title: string): string =>
  [
    ...['BEGIN:VCALENDAR', 'VERSION:2.0', 'PRODID:-//calendar//EN', 'BEGIN:VEVENT', 'UID:inner-1'],
    ...['DTSTAMP:20260101T000000Z', 'DTSTART:20260310T090000Z', 'DURATION:PT1H', `SUMMARY:${title}`],
    ...['END:VEVENT', 'END:VCALENDAR', ''],
  ].join('\r\n')
const card = 'BEGIN:VCARD\r\nVERSION:3.0\r\nUID:card-1\r\nFN:Eva Größe\r\nN:Größe;Eva;;;\r\nEND:VCARD\r\n'

let vault: ProfileVault & { close(): Promise<void> }
const nowMs = Date.now()

async function write(): Promise<void> {
  const passphrase = 'a passphrase for vectors 1'
  const made = await vault.calls.generate({
    ...{ userIds: [{ name: 'Vector', address: 'vector@example.org' }], version: 4, expiresAtMs: null },
    nowMs: Date.UTC(2026, 0, 1),
  })
  const { fingerprint } = made.facts
  await vault.calls.hold([{ fingerprint, sealed: made.sealed }])
  const signWith = fingerprint
  const { armored } = await vault.calls.writeCollectionKeys({
    facts: {
      ...{ collection, kind: 'calendar', name: 'Vectors', serial: 1, phase: 'encrypted', showsBusy: false },
      ...{ generation: 1, leastGeneration: 1 },
      members: [{ fingerprint, key: made.bytes, from: 1, until: null }],
    },
    ...{ signWith, nowMs },
  })
  await vault.calls.readCollectionKeys({ armored: Buffer.from(armored), verifyWith: [], hold: true, nowMs })
  const seal = async (content: string, uid: string, revision: number) => ({
    ...({ uid, property: 'object' } as const),
    content: (
      await vault.calls.sealObject({
        collection,
        uid,
        revision,
        content: Buffer.from(content),
        signWith,
        nowMs,
      })
    ).envelope,
  })
  const asText = (bytes: Uint8Array) => Buffer.from(bytes).toString('latin1')
  const asEvent = async (content: string, uid: string, revision: number, isBusy = false) =>
    asText(
      outsideCalendar(await seal(content, uid, revision), {
        component: 'VEVENT',
        busyOf: isBusy ? Buffer.from(content) : null,
      }),
    )
  const first = await asEvent(event('Zahnarzt'), 'outer-1', 1)
  const changed = first.replace(
    /(X-ENCRYPTED-OBJECT:.{40})(.)/,
    (_, head: string, sign: string) => head + (sign === 'A' ? 'B' : 'A'),
  )
  const objects: Vectors['objects'] = [
    { name: 'an event', outside: first, inside: event('Zahnarzt'), refusal: null },
    {
      name: 'busy',
      outside: await asEvent(event('Chor'), 'outer-2', 7, true),
      inside: event('Chor'),
      refusal: null,
    },
    {
      ...{ name: 'above the least length', inside: event('x'.repeat(9_000)), refusal: null },
      outside: await asEvent(event('x'.repeat(9_000)), 'outer-3', 2),
    },
    {
      name: 'a card',
      outside: asText(outsideCard(await seal(card, 'outer-4', 1))),
      inside: card,
      refusal: null,
    },
    { name: 'changed', outside: changed, inside: null, refusal: 'changed' },
    {
      name: 'of another object',
      outside: first.replace('UID:outer-1', 'UID:outer-9'),
      inside: null,
      refusal: 'changed',
    },
  ]
  const kept = Buffer.from(passphrase)
  const secretKey = await vault.exportSecret(fingerprint, kept)
  const keys = asText(
    outsideCalendar(
      { uid: 'outer-keys', property: 'keys', content: withoutArmor(armored) },
      { component: 'VEVENT', busyOf: null },
    ),
  )
  const vectors: Vectors = { passphrase, secretKey, fingerprint, keys, objects }
  writeFileSync(file, `${JSON.stringify(vectors, null, 2)}\n`)
}

beforeAll(async () => {
  vault = await openTestVault()
  if (process.env['SIEGEL_WRITE_VECTORS'] === '1') await write()
})
afterAll(() => vault.close())

test('the vectors of the format open, and what is to be refused is', async () => {
  const vectors = JSON.parse(readFileSync(file, 'utf8')) as Vectors
  const { keys } = await vault.importSecret(Buffer.from(vectors.secretKey), Buffer.from(vectors.passphrase))
  await vault.calls.hold(keys.map(({ facts, sealed }) => ({ fingerprint: facts.fingerprint, sealed })))
  const carried = readOutside(Buffer.from(vectors.keys, 'latin1'))
  if (carried === null) throw new Error('no keys')
  const read = await vault.calls.readCollectionKeys({
    ...{ armored: new Uint8Array(carried.content), verifyWith: [], hold: true, nowMs },
  })
  expect(read).toMatchObject({
    signedBy: vectors.fingerprint,
    facts: { collection, name: 'Vectors', serial: 1 },
  })
  for (const { name, outside, inside, refusal } of vectors.objects) {
    const object = readOutside(Buffer.from(outside, 'latin1'))
    if (object === null) throw new Error(name)
    const opened = await vault.calls.openObject({
      ...{ collection, uid: object.uid, envelope: new Uint8Array(object.content), nowMs },
    })
    expect([
      name,
      opened.kind === 'opened' ? Buffer.from(opened.content).toString() : opened.refusal,
    ]).toEqual([name, inside ?? refusal])
  }
  expect(vectors.objects.length).toBeGreaterThan(5)
})
