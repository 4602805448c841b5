import { open, readdir, readFile, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { SiegelError } from '../../../../shared/ipc/result'
import { limits } from '../limits'
import type { ArchivedMessage, ReadOptions } from './archived-message'
import { fileError, throwIfCancelled } from './file-errors'
import { readMaildir } from './read-maildir'
import { isSeparator, readMbox } from './read-mbox'
import { readSidecar, sidecarName } from './sidecar'

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
      else yield* readEmlDirectory(path, names, options)
    } else if (facts.isFile()) {
      // An exported empty mailbox.
      if (facts.size === 0) return
      if (await beginsWithSeparator(path)) yield* readMbox(path, options)
      else yield await readEml(path, facts.size, facts.mtimeMs)
    } else throw new SiegelError('import-unreadable', { path })
  } catch (error) {
    throw fileError(error, 'file-unreadable', path)
  }
}

async function beginsWithSeparator(path: string): Promise<boolean> {
  const file = await open(path, 'r')
  try {
    const head = Buffer.alloc(1000)
    const { bytesRead } = await file.read(head, 0, head.length, 0)
    const text = head.subarray(0, bytesRead)
    // Some programs begin a file with an empty line.
    let start = 0
    while (text[start] === 0x0a || text[start] === 0x0d) start++
    const stop = text.indexOf(0x0a, start)
    return isSeparator(text.subarray(start, stop === -1 ? bytesRead : stop + 1))
  } finally {
    await file.close()
  }
}

/** One file, one message. It must begin like a header, so that a photograph is not imported as mail. */
async function readEml(path: string, sizeBytes: number, mtimeMs: number): Promise<ArchivedMessage> {
  if (sizeBytes > limits.messageBytes)
    throw new SiegelError('too-large', { path, sizeBytes, limitBytes: limits.messageBytes })
  const raw = await readFile(path)
  if (!looksLikeMail(raw)) throw new SiegelError('import-unreadable', { path })
  return { raw, flags: [], internalDateMs: Math.floor(mtimeMs) }
}

const looksLikeMail = (raw: Buffer): boolean =>
  /^(?:\s*)[!-9;-~]{1,76}[ \t]*:/.test(raw.toString('latin1', 0, 200))

async function* readEmlDirectory(
  path: string,
  names: readonly string[],
  options: ReadOptions,
): AsyncGenerator<ArchivedMessage> {
  const sidecar = await readSidecar(path)
  const files = names.filter(name => /\.(eml|msg\.txt|mail)$/i.test(name)).sort()
  if (files.length === 0 && !names.includes(sidecarName)) throw new SiegelError('import-unreadable', { path })
  let messages = 0
  let skipped = 0
  let bytesRead = 0
  const entries = await readdir(path, { withFileTypes: true })
  const regular = new Set(entries.filter(entry => entry.isFile()).map(entry => entry.name))
  for (const name of files) {
    throwIfCancelled(options.signal)
    const filePath = join(path, name)
    const facts = regular.has(name) ? await stat(filePath) : null
    if (!facts || facts.size > limits.messageBytes) skipped++
    else {
      const raw = await readFile(filePath)
      bytesRead += raw.length
      if (looksLikeMail(raw)) {
        messages++
        const noted = sidecar.get(name)
        yield { raw, flags: noted?.flags ?? [], internalDateMs: noted?.internalDateMs ?? null }
      } else skipped++
    }
    options.onProgress?.({ messages, skipped, bytesRead, bytesTotal: null })
  }
}
