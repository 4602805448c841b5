import { mkdir, open, rename, rm } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { SiegelError } from '../../../../shared/ipc/result'
import type { ExportedMessage } from './archived-message'
import { fileError } from './file-errors'
import { isKeyword } from './mbox-flags'
import { maildirLetters } from './read-maildir'
import { sidecarEntry, sidecarName } from './sidecar'
import { writeWhole } from './write-eml-directory'
import { exists, syncDirectory } from './write-mbox'

/** Letters a to z, as Dovecot uses them; keywords beyond stand in the sidecar only. */
const mostKeywords = 26
/** Colons are forbidden in names on Windows; Maildir programs there write a semicolon. */
const mark = process.platform === 'win32' ? ';2,' : ':2,'

/**
 * Writes a Maildir: `cur/`, `new/`, `tmp/`, one file a message, byte for byte, flags as letters, keywords in
 * `dovecot-keywords`, and a sidecar with all of it exactly. The directory appears under its name only when it is
 * complete. Throws `file-exists`, `file-unwritable`, `disk-full`.
 */
export async function writeMaildir(
  directory: string,
  messages: AsyncIterable<ExportedMessage> | Iterable<ExportedMessage>,
): Promise<void> {
  if (await exists(directory)) throw new SiegelError('file-exists', { path: directory })
  const partial = `${directory}.siegel-partial`
  try {
    await rm(partial, { recursive: true, force: true })
    for (const name of ['', 'cur', 'new', 'tmp']) await mkdir(join(partial, name), { mode: 0o700 })
    const keywords = new Map<string, string>()
    const sidecar = await open(join(partial, sidecarName), 'wx', 0o600)
    try {
      await sidecar.write('{"messages": {')
      let count = 0
      for await (const message of messages) {
        count++
        const name = `${fileNameFor(count, message)}${mark}${lettersOf(message.flags, keywords)}`
        await writeWhole(join(partial, 'cur', name), message)
        await sidecar.write(
          `${count === 1 ? '\n' : ',\n'}${sidecarEntry(name, message.flags, message.internalDateMs)}`,
        )
      }
      await sidecar.write('\n}}\n')
      await sidecar.sync()
    } finally {
      await sidecar.close()
    }
    await writeKeywords(join(partial, 'dovecot-keywords'), [...keywords.keys()])
    await syncDirectory(join(partial, 'cur'))
    await syncDirectory(partial)
    await rename(partial, directory)
    await syncDirectory(dirname(directory))
  } catch (error) {
    await rm(partial, { recursive: true, force: true }).catch(() => {})
    throw fileError(error, 'file-unwritable', directory)
  }
}

/** `1764180000.M000001P1.mail`: time of arrival in seconds, then what makes it unique; names no machine. */
function fileNameFor(count: number, message: ExportedMessage): string {
  const seconds = Math.max(0, Math.floor(message.internalDateMs / 1000))
  return `${String(seconds).padStart(10, '0')}.M${String(count).padStart(6, '0')}P1.mail`
}

/** Flags as letters in the order of the alphabet, as Maildir demands; new keywords get the next letter. */
function lettersOf(flags: readonly string[], keywords: Map<string, string>): string {
  const own = Object.entries(maildirLetters)
    .filter(([, name]) => flags.some(flag => flag.toLowerCase() === name.toLowerCase()))
    .map(([letter]) => letter)
  const rest = flags.filter(flag => isKeyword(flag) && !Object.values(maildirLetters).includes(flag))
  for (const keyword of rest)
    if (!keywords.has(keyword) && keywords.size < mostKeywords)
      keywords.set(keyword, String.fromCharCode(97 + keywords.size))
  return [...own, ...rest.flatMap(keyword => keywords.get(keyword) ?? [])].sort().join('')
}

async function writeKeywords(path: string, keywords: readonly string[]): Promise<void> {
  if (keywords.length === 0) return
  const file = await open(path, 'wx', 0o600)
  try {
    await file.writeFile(keywords.map((keyword, index) => `${index} ${keyword}\n`).join(''))
    await file.sync()
  } finally {
    await file.close()
  }
}
