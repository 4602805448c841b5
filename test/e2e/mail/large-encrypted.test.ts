import { randomBytes } from 'node:crypto'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { ElectronApplication } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { Gnupg } from '../../support/gnupg'
import { encryptedMail, importMail, profileWithKey } from '../support/encrypted-mail'
import { type Launched, launch } from '../support/launch'
import { pageCalls } from '../support/page-calls'

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

/** Notes how many bytes and characters each message has that main says or hears over a port. */
const watchPorts = (app: ElectronApplication): Promise<void> =>
  app.evaluate(({ MessageChannelMain }) => {
    const weights: number[] = []
    Object.assign(globalThis, { weights })
    const weigh = (value: unknown): number => {
      if (typeof value === 'string') return value.length
      // All the memory behind a view goes along with it.
      if (value instanceof Uint8Array) return value.buffer.byteLength
      if (typeof value !== 'object' || value === null) return 0
      return Object.values(value).reduce((sum: number, each) => sum + weigh(each), 0)
    }
    const prototype = Object.getPrototypeOf(new MessageChannelMain().port1)
    const { postMessage, emit } = prototype
    prototype.postMessage = function (this: unknown, ...args: [never]) {
      weights.push(weigh(args[0]))
      return postMessage.apply(this, args)
    }
    prototype.emit = function (this: unknown, name: string, ...args: [{ data: never }]) {
      if (name === 'message') weights.push(weigh(args[0].data))
      return emit.call(this, name, ...args)
    }
  })

test('a message of ten megabytes is decrypted and read without a piece of it in main', async () => {
  const mailboxId = await profileWithKey(siegel, gpg)
  const attachment = randomBytes(10_000_000)
  const path = join(siegel.desktop.directory, 'large.eml')
  writeFileSync(path, encryptedMail(gpg, attachment))
  await watchPorts(siegel.app)
  const [messageId] = await importMail(siegel, mailboxId, path)
  if (messageId === undefined) throw new Error('not imported')
  const detail = await pageCalls(siegel.page)('messages.get', { messageId })
  expect(detail).toMatchObject({
    security: { encryption: 'encrypted', failure: null },
    attachments: [{ fileName: 'a.bin', sizeBytes: attachment.byteLength }],
  })
  const weights = await siegel.app.evaluate(() => (globalThis as unknown as { weights: number[] }).weights)
  // The import was asked for and answered, and events came: the watch saw them.
  expect(weights.length).toBeGreaterThan(1)
  expect(Math.max(...weights)).toBeLessThan(20_000)
}, 360_000)
