import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { ConversationId } from '../../../../../../shared/features/chat/model'
import { openTestEngine, type TestEngine } from '../../../../../support/engine-in-test'

const directory = mkdtempSync(join(tmpdir(), 'siegel-export-'))
const count = 1203
let engine: TestEngine
let conversationId: ConversationId
const send = async (text: string) =>
  (await engine.call('chat.send', { conversationId, text, replyTo: null, inClear: false })).id
beforeAll(async () => {
  engine = await openTestEngine(join(directory, 'profile'))
  const server = { host: 'chat.invalid', port: 5223, security: 'tls' as const }
  const { id: accountId } = await engine.call('accounts.add', {
    config: {
      ...{ address: 'me@example.org', displayName: '' },
      services: { xmpp: { userName: 'me@example.org', caPem: null, server } },
    },
    password: 'x',
  })
  ;({ conversationId } = await engine.call('chat.open', { accountId, address: 'eva@example.org' }))
  for (let index = 0; index < count; index += 1) await send(`line ${index}\n"ü" \u2028 👍`)
})
afterAll(async () => {
  await engine.close()
  rmSync(directory, { recursive: true, force: true })
})

test('a history is a line a message, each once and in order, over all pages; a file that is there stays', async () => {
  const path = join(directory, 'open.jsonl')
  const wish = { conversationId, path, isEncrypted: false }
  expect(await engine.call('chat.export', wish)).toEqual({ exported: count })
  const [head, ...lines] = readFileSync(path, 'utf8')
    .trimEnd()
    .split('\n')
    .map(line => JSON.parse(line) as Record<string, unknown>)
  expect(head).toMatchObject({
    ...{ format: 'siegel-chat-history', version: 1, kind: 'person' },
    ...{ address: 'eva@example.org', account: 'me@example.org' },
  })
  expect(lines.map(({ text }) => text)).toEqual(
    Array.from({ length: count }, (_, index) => `line ${index}\n"ü" \u2028 👍`),
  )
  expect(lines[0]).toMatchObject({ own: true, state: 'queued', encryption: 'omemo', attachments: [] })
  expect(statSync(path).mode & 0o077).toBe(0)
  const before = readFileSync(path)
  await expect(engine.call('chat.export', wish)).rejects.toMatchObject({ code: 'file-exists' })
  expect(readFileSync(path)).toEqual(before)
})

test('encrypted it needs an own key, and nothing of it can be read in the file', async () => {
  const path = join(directory, 'history.jsonl.asc')
  const wish = { conversationId, path, isEncrypted: true }
  await expect(engine.call('chat.export', wish)).rejects.toMatchObject({ code: 'no-key' })
  await engine.call('keys.generate', {
    ...{ name: 'Me', address: 'me@example.org', accountId: null, version: 4, expiresAtMs: null },
  })
  expect(await engine.call('chat.export', wish)).toEqual({ exported: count })
  const written = readFileSync(path, 'utf8')
  expect(written).toMatch(/^-----BEGIN PGP MESSAGE-----/)
  expect(written).not.toContain('eva@')
})
