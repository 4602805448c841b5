import { randomBytes } from 'node:crypto'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { ElectronApplication } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { partLength } from '../../shared/ipc/parts'
import { Gnupg } from '../support/gnupg'
import { encryptedMail, importMail, profileWithKey } from './support/encrypted-mail'
import { type Launched, launch } from './support/launch'
import { pageCalls } from './support/page-calls'

let siegel: Launched
let gpg: Gnupg
beforeAll(async () => {
  gpg = new Gnupg()
  siegel = await launch()
}, 360_000)
afterAll(async () => {
  await siegel?.stop()
  gpg?.close()
})

type Passed = Readonly<{ kind: string; weight: number; turn: number }>

/** Notes every message between main and the engine: its bytes, and in which turn of main's loop it passed. */
const watchPort = (app: ElectronApplication): Promise<void> =>
  app.evaluate(({ MessageChannelMain }) => {
    const passed: unknown[] = []
    let turn = 0
    setInterval(() => {
      turn += 1
    }, 0)
    Object.assign(globalThis, { passedMessages: passed })
    const weigh = (value: unknown): number => {
      if (typeof value === 'string') return value.length
      // All the memory behind a view goes along with it.
      if (value instanceof Uint8Array) return value.buffer.byteLength
      if (typeof value !== 'object' || value === null) return 0
      return Object.values(value).reduce((sum: number, each) => sum + weigh(each), 0)
    }
    const note = (message: { kind?: unknown }) =>
      passed.push({ kind: String(message?.kind), weight: weigh(message), turn })
    const prototype = Object.getPrototypeOf(new MessageChannelMain().port1)
    const { postMessage, emit } = prototype
    prototype.postMessage = function (this: unknown, ...args: [never]) {
      note(args[0])
      return postMessage.apply(this, args)
    }
    prototype.emit = function (this: unknown, name: string, ...args: [{ data: never }]) {
      if (name === 'message') note(args[0].data)
      return emit.call(this, name, ...args)
    }
  })
const passedIn = (app: ElectronApplication): Promise<readonly Passed[]> =>
  app.evaluate(() => (globalThis as unknown as { passedMessages: never }).passedMessages)

test('a message of ten megabytes is decrypted while main has its turns: no large piece passes it at once', async () => {
  const mailboxId = await profileWithKey(siegel, gpg)
  const attachment = randomBytes(10_000_000)
  const path = join(siegel.desktop.directory, 'large.eml')
  writeFileSync(path, encryptedMail(gpg, attachment))
  await watchPort(siegel.app)
  const [messageId] = await importMail(siegel, mailboxId, path)
  if (messageId === undefined) throw new Error('not imported')
  const detail = await pageCalls(siegel.page)('messages.get', { messageId })
  expect(detail).toMatchObject({
    security: { encryption: 'encrypted', failure: null },
    attachments: [{ fileName: 'a.bin', sizeBytes: attachment.byteLength }],
  })

  const passed = await passedIn(siegel.app)
  for (const [kind, least] of [
    ['vault-part', 13],
    ['vault-reply-part', 13],
  ] as const) {
    const parts = passed.filter(each => each.kind === kind)
    expect(parts.length).toBeGreaterThanOrEqual(least)
    // Main's own timer came between them.
    expect(new Set(parts.map(({ turn }) => turn)).size).toBeGreaterThan(1)
  }
  expect(Math.max(...passed.map(({ weight }) => weight))).toBeLessThanOrEqual(partLength + 1000)
}, 360_000)
