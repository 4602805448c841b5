import { mkdir, open, rename, rm, utimes } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { SiegelError } from '../../../../shared/ipc/result'
import { cleanFileName } from '../mime/attachment-name'
import { mime } from '../mime/mime'
import type { ExportedMessage } from './archived-message'
import { fileError } from './file-errors'
import { sidecarEntry, sidecarName } from './sidecar'
import { exists, syncDirectory } from './write-mbox'

/**
 * Writes one .eml a message, byte for byte, into a new directory, named by number, date and subject, with flags and
 * times of arrival in a sidecar (`sidecar.ts`). The directory appears under its name only when it is complete.
 * Throws `file-exists`, `file-unwritable`, `disk-full`.
 */
export async function writeEmlDirectory(
  directory: string,
  messages: AsyncIterable<ExportedMessage> | Iterable<ExportedMessage>,
): Promise<void> {
  if (await exists(directory)) throw new SiegelError('file-exists', { path: directory })
  const partial = `${directory}.siegel-partial`
  try {
    await rm(partial, { recursive: true, force: true })
    await mkdir(partial, { mode: 0o700 })
    const sidecar = await open(join(partial, sidecarName), 'wx', 0o600)
    try {
      await sidecar.write('{"messages": {')
      let count = 0
      for await (const message of messages) {
        count++
        const name = fileNameFor(count, message)
        await writeWhole(join(partial, name), message)
        await sidecar.write(
          `${count === 1 ? '\n' : ',\n'}${sidecarEntry(name, message.flags, message.internalDateMs)}`,
        )
      }
      await sidecar.write('\n}}\n')
      await sidecar.sync()
    } finally {
      await sidecar.close()
    }
    await syncDirectory(partial)
    // Renaming onto a directory that is not empty fails; an empty one holds nothing that could be lost.
    await rename(partial, directory)
    await syncDirectory(dirname(directory))
  } catch (error) {
    await rm(partial, { recursive: true, force: true }).catch(() => {})
    throw fileError(error, 'file-unwritable', directory)
  }
}

/** Writes one message under a new name, with its time of arrival as the file's. */
export async function writeWhole(path: string, message: ExportedMessage): Promise<void> {
  const file = await open(path, 'wx', 0o600)
  try {
    await file.writeFile(message.raw)
    await file.sync()
  } finally {
    await file.close()
  }
  const time = new Date(message.internalDateMs)
  await utimes(path, time, time)
}

/** `000001 2026-11-23 Subject.eml`: sorts by arrival, is unique by its number, and short enough for every system. */
function fileNameFor(count: number, message: ExportedMessage): string {
  const day = new Date(message.internalDateMs).toISOString().slice(0, 10)
  const { subject } = mime.parseHeader(message.raw)
  const words = cleanFileName(subject.replace(/[/\\]/g, '_'))
    .slice(0, 60)
    .toWellFormed()
    .replace(/[.\s]+$/, '')
  return `${String(count).padStart(6, '0')} ${day}${words === '' ? '' : ` ${words}`}.eml`
}
