import type { Dirent } from 'node:fs'
import { open, readdir, readFile, stat } from 'node:fs/promises'
import { join } from 'node:path'
import type { NotTaken } from '../../../../../shared/features/mail/archive'
import { SiegelError } from '../../../../../shared/kit/result'
import { limits } from '../../../ports/limits'
import type { ArchivedMessage, ReadOptions } from './archived-message'
import { fileError, throwIfCancelled } from './file-errors'
import { LookAhead, separatorForm, startOfText } from './mbox-separator'
import { readMaildir } from './read-maildir'
import { readMbox } from './read-mbox'
import { hasSidecar, readSidecar, sidecarName } from './sidecar'

/**
 * The messages of an archive, streamed one by one, byte for byte: a single .eml, a directory of .eml files, a
 * Maildir (cur/new) or an mbox file of any flavour; which one is found out by looking. Flags come from file
 * names, the sidecar of our own exports, or mbox header fields. Symbolic links inside directories are not followed.
 * Throws `file-unreadable`, `import-unreadable` (nothing in it looks like mail) and `cancelled`.
 */
export async function* readArchive(path: string, options: ReadOptions = {}): AsyncGenerator<ArchivedMessage> {
  try {
    const facts = await stat(path)
    if (facts.isDirectory()) {
      const names = await readdir(path)
      if (names.includes('cur') || names.includes('new')) yield* readMaildir(path, options)
      else yield* readEmlDirectory(path, options)
    } else if (facts.isFile()) {
      // An exported empty mailbox.
      if (facts.size === 0) return
      if (await isMbox(path, facts.size)) yield* readMbox(path, options)
      else yield await readEml(path, facts.size, facts.mtimeMs)
    } else throw new SiegelError('import-unreadable', { path })
  } catch (error) {
    throw fileError(error, 'file-unreadable', path)
  }
}

/** An mbox begins with a separator and a header. A file that is named .eml is one only when it holds several. */
async function isMbox(path: string, sizeBytes: number): Promise<boolean> {
  const file = await open(path, 'r')
  try {
    const ahead = new LookAhead(file, sizeBytes)
    const { bytes } = await ahead.at(0)
    const start = startOfText(bytes)
    const stop = bytes.indexOf(0x0a, start)
    const end = stop === -1 ? bytes.length : stop + 1
    const form = separatorForm(bytes.subarray(start, end))
    if (form === null) return false
    if (form === 'bare' && !(await ahead.beginsMessage(form, end, true))) return false
  } finally {
    await file.close()
  }
  if (!mailFile.test(path)) return true
  let messages = 0
  for await (const _ of readMbox(path, {})) if (++messages > 1) return true
  return false
}

const mailFile = /\.(eml|msg\.txt|mail)$/i

/** One file, one message. It must hold a header, so that a photograph is not imported as mail. */
async function readEml(path: string, sizeBytes: number, mtimeMs: number): Promise<ArchivedMessage> {
  if (sizeBytes > limits.messageBytes)
    throw new SiegelError('too-large', { path, sizeBytes, limitBytes: limits.messageBytes })
  const raw = await readFile(path)
  if (!looksLikeMail(raw)) throw new SiegelError('import-unreadable', { path })
  return { raw, flags: [], internalDateMs: Math.floor(mtimeMs) }
}

/** So far into a file a header may begin: programs put marks, empty lines and lines of their own in front. */
const headBytes = 8192
const fieldLine = /^[!-9;-~]{1,76}[ \t]*:/

/** Whether a line near the beginning is a header field. Everything in front of it stays part of the message. */
function looksLikeMail(raw: Buffer): boolean {
  const text = decodedHead(raw)
  return text.split(/\r\n|\n|\r/, 50).some(line => fieldLine.test(line))
}

/** Behind a mark and empty lines. A few programs save mail in UTF-16. */
function decodedHead(raw: Buffer): string {
  const head = raw.subarray(0, headBytes)
  if (head[0] === 0xff && head[1] === 0xfe) return head.toString('utf16le', 2)
  // A copy: `swap16` works in place, and these are the bytes of the message.
  if (head[0] === 0xfe && head[1] === 0xff)
    return Buffer.from(head.subarray(2, head.length & ~1))
      .swap16()
      .toString('utf16le')
  return head.toString('latin1', startOfText(head))
}

async function* readEmlDirectory(path: string, options: ReadOptions): AsyncGenerator<ArchivedMessage> {
  const sidecar = await readSidecar(path)
  const entries = (await readdir(path, { withFileTypes: true }))
    .filter(({ name }) => !name.startsWith('.') && name !== sidecarName)
    .sort((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0))
  const isMail = (name: string) => mailFile.test(name) || sidecar.has(name)
  if (!entries.some(({ name }) => isMail(name)) && !(await hasSidecar(path)))
    throw new SiegelError('import-unreadable', { path })
  let bytesRead = 0
  for (const entry of entries) {
    throwIfCancelled(options.signal)
    const { name } = entry
    const found = await readEntry(path, entry, isMail(name), sidecar.has(name))
    if (typeof found === 'string') options.onNotTaken?.({ name, reason: found })
    else {
      bytesRead += found.length
      const noted = sidecar.get(name)
      yield { raw: found, flags: noted?.flags ?? [], internalDateMs: noted?.internalDateMs ?? null }
    }
    options.onProgress?.({ bytesRead, bytesTotal: null })
  }
}

/** The bytes of one entry, or why it is not taken. `isOurs`: a sidecar of our own says that it is a message. */
async function readEntry(
  path: string,
  entry: Dirent,
  isMail: boolean,
  isOurs: boolean,
): Promise<Buffer | NotTaken['reason']> {
  if (entry.isSymbolicLink()) return 'link'
  if (entry.isDirectory()) return 'directory'
  if (!entry.isFile() || !isMail) return 'other-kind'
  const filePath = join(path, entry.name)
  try {
    if ((await stat(filePath)).size > limits.messageBytes) return 'too-large'
    const raw = await readFile(filePath)
    if (isOurs) return raw
    if (raw.length === 0) return 'empty'
    return looksLikeMail(raw) ? raw : 'not-mail'
  } catch {
    return 'unreadable'
  }
}
