import { randomBytes } from 'node:crypto'
import { expect, test } from 'vitest'
import { createVaultRelay } from '../../../../electron/engine/vault-relay'
import { createVaultDoor, type RelayToVault } from '../../../../electron/ipc/vault-door'
import { type FromEngine, fromEngine, type ToEngine, toEngine } from '../../../../shared/ipc/engine-messages'
import { partLength } from '../../../../shared/ipc/parts'

const mebibyte = 1_048_576
const bytesOf = (length: number) => new Uint8Array(randomBytes(length))

/** What a message weighs on main's event loop: its characters, and all the memory behind its bytes, which goes along. */
const weightOf = (value: unknown): number => {
  if (typeof value === 'string') return value.length
  if (value instanceof Uint8Array) return value.buffer.byteLength
  if (typeof value !== 'object' || value === null) return 0
  return Object.values(value).reduce((sum: number, each) => sum + weightOf(each), 0)
}

/** Both ends as they are, over a port that copies and parses like the real one and weighs what passes. */
const ends = (vault: RelayToVault) => {
  const passed: (FromEngine | ToEngine)[] = []
  let turns = 0
  const door = createVaultDoor(vault, reply => {
    passed.push(reply)
    const message = toEngine.parse(structuredClone(reply))
    setImmediate(() => {
      turns += 1
      relay.receive(message as never)
    })
  })
  const relay = createVaultRelay(question => {
    passed.push(question)
    const message = fromEngine.parse(structuredClone(question))
    setImmediate(() => {
      turns += 1
      void door.receive(message as never)
    })
  })
  return { vault: relay.vault, passed, turns: () => turns }
}
const facts = { signatures: [], recipientKeyIds: [], cipher: 'aes256', aead: true }

test('ten megabytes go through main in pieces with turns of others between, and arrive as they were', async () => {
  // A Buffer, as mail comes from the store: what `slice` makes of one is a view.
  const data = randomBytes(10 * mebibyte + 3)
  const answer = bytesOf(7 * mebibyte)
  const key = bytesOf(900)
  let asked: unknown
  const { vault, passed, turns } = ends(async (_, input) => {
    asked = structuredClone(input)
    return { ...facts, bytes: answer, openedBy: 'ab'.repeat(20) }
  })
  const { bytes } = await vault.decrypt(data, { verifyWith: [key], nowMs: 1 })
  expect(Buffer.from(bytes).equals(answer)).toBe(true)
  expect(asked).toMatchObject({ verifyWith: [key], nowMs: 1 })
  expect(Buffer.from((asked as { data: Uint8Array }).data).equals(data)).toBe(true)
  expect(Math.max(...passed.map(weightOf))).toBeLessThanOrEqual(partLength + 2000)
  expect(turns()).toBe(41 + 41 + 1 + 28 + 1)
})

test('a long text comes back as it was, and what is small goes in one message', async () => {
  const armored = 'grün'.repeat(mebibyte)
  const long = ends(async () => ({ armored, recipientKeyIds: [] }))
  const options = { data: bytesOf(10), recipients: [{ key: bytesOf(10), hidden: false }] }
  const encrypted = await long.vault.encrypt({ ...options, signWith: null, nowMs: 1 })
  expect(encrypted.armored === armored).toBe(true)

  const short = ends(async () => ({ armored: 'short', recipientKeyIds: [] }))
  await short.vault.encrypt({ ...options, signWith: null, nowMs: 1 })
  expect(short.passed.map(({ kind }) => kind)).toEqual(['vault', 'vault-reply'])
})

test('what was taken back on its way is not asked of the vault', async () => {
  let asked = 0
  const { vault, passed } = ends(async () => {
    asked += 1
    return {}
  })
  const abort = new AbortController()
  const waiting = vault.decrypt(bytesOf(9 * mebibyte), { verifyWith: [], nowMs: 1 }, abort.signal)
  setImmediate(() => abort.abort())
  await expect(waiting).rejects.toMatchObject({ code: 'cancelled' })
  expect(passed.map(({ kind }) => kind)).not.toContain('vault')
  expect(passed.map(({ kind }) => kind)).toContain('vault-cancel')
  expect(passed.filter(({ kind }) => kind === 'vault-part').length).toBeLessThan(9)
  expect(asked).toBe(0)
})

test('a value that did not arrive whole is none', async () => {
  const answers: ToEngine[] = []
  const inputs: unknown[] = []
  const door = createVaultDoor(
    async (_, input) => inputs.push(input),
    reply => answers.push(reply),
  )
  const part = { value: 0, totalLength: 3 * mebibyte, piece: bytesOf(mebibyte) }
  await door.receive({ kind: 'vault-part', id: 4, part })
  await door.receive({ kind: 'vault', id: 4, name: 'decrypt', input: { data: { siegelLargeValue: 0 } } })
  expect(inputs).toEqual([{ data: undefined }])
})
