import { mkdir, open, rename, rm, utimes } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { SiegelError } from '../../../../../shared/kit/result'
import type { ExportedMessage } from './archived-message'
import { fileError } from './file-errors'
import { sidecarEntry, sidecarName } from './sidecar'
import { exists, syncDirectory } from './write-mbox'

/** How a form of archive lays single messages out in its directory. */
type DirectoryForm = Readonly<{
  /** Folders to make below the directory. */
  folders: readonly string[]
  /** The one of them that messages go into; empty for the directory itself. */
  messageFolder: string
  /** The file name of a message, unique by its number. */
  nameOf(count: number, message: ExportedMessage): string
  /** What else belongs into the directory once all messages are there. */
  finish?(directory: string): Promise<void>
}>

/**
 * Writes one file a message, byte for byte, into a new directory, with flags and times of arrival in a sidecar
 * (`sidecar.ts`). The directory appears under its name only when it is complete. Throws `file-exists`, `file-unwritable`,
 * `disk-full`.
 */
export async function writeMessageDirectory(
  directory: string,
  messages: AsyncIterable<ExportedMessage> | Iterable<ExportedMessage>,
  { folders, messageFolder, nameOf, finish }: DirectoryForm,
): Promise<void> {
  if (await exists(directory)) throw new SiegelError('file-exists', { path: directory })
  const partial = `${directory}.siegel-partial`
  const target = join(partial, messageFolder)
  try {
    await rm(partial, { recursive: true, force: true })
    for (const name of ['', ...folders]) await mkdir(join(partial, name), { mode: 0o700 })
    const sidecar = await open(join(partial, sidecarName), 'wx', 0o600)
    try {
      await sidecar.write('{"messages": {')
      let count = 0
      for await (const message of messages) {
        count++
        const name = nameOf(count, message)
        await writeWhole(join(target, name), message)
        await sidecar.write(
          `${count === 1 ? '\n' : ',\n'}${sidecarEntry(name, message.flags, message.internalDateMs)}`,
        )
      }
      await sidecar.write('\n}}\n')
      await sidecar.sync()
    } finally {
      await sidecar.close()
    }
    await finish?.(partial)
    if (messageFolder !== '') await syncDirectory(target)
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
async function writeWhole(path: string, message: ExportedMessage): Promise<void> {
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
