import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { decryptKey, type PrivateKey, readPrivateKey } from 'openpgp'
import type { ElectronApplication, Page } from 'playwright-core'

/** A secret in one of the forms in which it could lie around. */
export type Needle = Readonly<{ what: string; bytes: Buffer }>

/** A run of bytes in base64 wherever it begins in the whole: only the characters that it alone decides. */
const base64Forms = (bytes: Buffer): string[] =>
  [0, 1, 2].map(shift => {
    const text = Buffer.concat([Buffer.alloc(shift), bytes]).toString('base64')
    return text.slice(shift === 0 ? 0 : shift + 1, Math.floor(((shift + bytes.length) * 8) / 6) - 1)
  })

const formsOf = (what: string, bytes: Buffer): Needle[] => [
  { what: `${what}, binary`, bytes },
  { what: `${what}, turned round`, bytes: Buffer.from(bytes).reverse() },
  { what: `${what}, hex`, bytes: Buffer.from(bytes.toString('hex')) },
  { what: `${what}, upper hex`, bytes: Buffer.from(bytes.toString('hex').toUpperCase()) },
  ...base64Forms(bytes).map(text => ({ what: `${what}, base64`, bytes: Buffer.from(text) })),
]

/** Every secret number of a key (RFC 9580 §5.5.5): of the primary key and of each subkey. */
export async function secretsOf(armored: string, passphrase: string, name: string): Promise<Needle[]> {
  const read = (await readPrivateKey({ armoredKey: armored })) as PrivateKey
  const privateKey = read.isDecrypted() ? read : await decryptKey({ privateKey: read, passphrase })
  const found = privateKey.getKeys().flatMap(part => {
    const { privateParams } = part.keyPacket as unknown as { privateParams: Record<string, unknown> }
    return Object.entries(privateParams).flatMap(([parameter, value]) =>
      value instanceof Uint8Array && value.length >= 16
        ? formsOf(`${name} ${part.getKeyID().toHex()} ${parameter}`, Buffer.from(value))
        : [],
    )
  })
  if (found.length === 0) throw new Error('the key has no secret parts')
  return found
}

/** What a secret key in armor begins with, and a passphrase as text. */
export const wordsOf = (passphrases: readonly string[]): Needle[] => [
  { what: 'armor of a secret key', bytes: Buffer.from('PGP PRIVATE KEY BLOCK') },
  ...passphrases.flatMap(text => [
    { what: `passphrase "${text}"`, bytes: Buffer.from(text) },
    { what: `passphrase "${text}", UTF-16`, bytes: Buffer.from(text, 'utf16le') },
  ]),
]

/** Names of the needles that are in the hay. */
export const findIn = (hay: Buffer, needles: readonly Needle[]): string[] =>
  needles.filter(({ bytes }) => hay.includes(bytes)).map(({ what }) => what)

/** Every file below a directory, by path. */
export const filesBelow = (directory: string): Map<string, Buffer> =>
  new Map(
    readdirSync(directory, { recursive: true, withFileTypes: true })
      .filter(entry => entry.isFile())
      .map(entry => join(entry.parentPath, entry.name))
      .map(path => [path, readFileSync(path)] as const),
  )

/** Keeps, in main, everything that passes between it and the engine, its answers to the page and its events. */
export const recordMessages = (app: ElectronApplication): Promise<void> =>
  app.evaluate(({ BrowserWindow, ipcMain, MessageChannelMain }) => {
    const { serialize } = process.getBuiltinModule('node:v8')
    const recorded: Buffer[] = []
    Object.assign(globalThis, { recordedMessages: recorded })
    const note = (value: unknown) => void recorded.push(serialize(value))
    const prototype = Object.getPrototypeOf(new MessageChannelMain().port1)
    const { postMessage, emit } = prototype
    prototype.postMessage = function (this: unknown, ...args: unknown[]) {
      note(args[0])
      return postMessage.apply(this, args)
    }
    prototype.emit = function (this: unknown, name: string, ...args: unknown[]) {
      if (name === 'message') note((args[0] as { data: unknown }).data)
      return emit.call(this, name, ...args)
    }
    type Handler = (...args: unknown[]) => unknown
    const handlers = (ipcMain as unknown as { _invokeHandlers: Map<string, Handler> })._invokeHandlers
    for (const [channel, handler] of handlers)
      handlers.set(channel, async (...args) => {
        const answer = await handler(...args)
        note(answer)
        return answer
      })
    for (const { webContents } of BrowserWindow.getAllWindows()) {
      const send = webContents.send.bind(webContents)
      webContents.send = (channel, ...args) => {
        note(args)
        send(channel, ...args)
      }
    }
  })

export const recordedMessages = async (app: ElectronApplication): Promise<Buffer> =>
  Buffer.from(
    await app.evaluate(() =>
      Buffer.concat((globalThis as unknown as { recordedMessages: Buffer[] }).recordedMessages).toString(
        'base64',
      ),
    ),
    'base64',
  )

/** Everything the page holds after its garbage was collected. */
export async function heapOf(page: Page): Promise<Buffer> {
  const session = await page.context().newCDPSession(page)
  const chunks: string[] = []
  session.on('HeapProfiler.addHeapSnapshotChunk', ({ chunk }) => chunks.push(chunk))
  await session.send('HeapProfiler.collectGarbage')
  await session.send('HeapProfiler.takeHeapSnapshot', {})
  await session.detach()
  return Buffer.from(chunks.join(''))
}
