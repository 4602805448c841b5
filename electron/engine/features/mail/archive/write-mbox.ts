import { type FileHandle, link, open, rename, rm, stat } from 'node:fs/promises'
import { dirname } from 'node:path'
import { SiegelError } from '../../../../../shared/kit/result'
import { asBuffer } from '../../../formats/as-buffer'
import type { ExportedMessage } from './archived-message'
import { fileError } from './file-errors'
import { writeHeaderFlags } from './mbox-flags'
import { formatMark } from './mbox-mark'

/**
 * Writes mboxrd: every `>*From ` line of a message gets one ">" more, an empty line follows each message, and a
 * few header lines in front carry the flags (`mbox-mark.ts`); reading it again gives equal bytes. Streams; the file
 * appears under its name only when it is complete and on disk. Throws `file-exists`, `file-unwritable`, `disk-full`.
 */
export async function writeMbox(
  path: string,
  messages: AsyncIterable<ExportedMessage> | Iterable<ExportedMessage>,
): Promise<void> {
  const partial = `${path}.siegel-partial`
  if (await exists(path)) throw new SiegelError('file-exists', { path })
  let file: FileHandle | null = null
  try {
    // A partial file is what an interrupted export left behind.
    await rm(partial, { force: true })
    file = await open(partial, 'wx', 0o600)
    for await (const message of messages) await file.writev(entry(message))
    await file.sync()
    await file.close()
    file = null
    await publish(partial, path)
  } catch (error) {
    await file?.close().catch(() => {})
    await rm(partial, { force: true }).catch(() => {})
    throw fileError(error, 'file-unwritable', path)
  }
}

function entry(message: ExportedMessage): Buffer[] {
  const raw = asBuffer(message.raw)
  const firstEnd = raw.indexOf(0x0a)
  const lineEnd = firstEnd > 0 && raw[firstEnd - 1] === 0x0d ? '\r\n' : '\n'
  const flagLines = writeHeaderFlags(message.flags)
  const mark = formatMark({ messageBytes: raw.length, lines: flagLines.length + 1 })
  const head = [
    `From ${separatorAddress(message.from)} ${asctime(message.internalDateMs)}`,
    mark,
    ...flagLines,
    '',
  ]
  const endsLine = raw.length > 0 && raw[raw.length - 1] === 0x0a
  return [
    Buffer.from(head.join(lineEnd), 'latin1'),
    ...quote(raw),
    Buffer.from(endsLine ? lineEnd : lineEnd + lineEnd, 'latin1'),
  ]
}

/** Separator lines hold one word for the sender. */
function separatorAddress(from: string): string {
  return /^[!-~]{1,200}$/.test(from) ? from : 'MAILER-DAEMON'
}

const days = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat']
const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec']

/** `Mon Nov 23 18:09:47 2026`, UTC: the form that mbox readers agree on (RFC 4155). */
function asctime(ms: number): string {
  const date = new Date(ms)
  const two = (value: number) => String(value).padStart(2, '0')
  const time = `${two(date.getUTCHours())}:${two(date.getUTCMinutes())}:${two(date.getUTCSeconds())}`
  return `${days[date.getUTCDay()]} ${months[date.getUTCMonth()]} ${String(date.getUTCDate()).padStart(2, ' ')} ${time} ${date.getUTCFullYear()}`
}

const greater = Buffer.from('>')

/** One ">" more in front of every line that is any number of ">" and "From ". */
function quote(raw: Buffer): Buffer[] {
  const pieces: Buffer[] = []
  let kept = 0
  let at = raw.indexOf('From ')
  while (at !== -1) {
    let start = at
    while (start > 0 && raw[start - 1] === 0x3e) start--
    if (start === 0 || raw[start - 1] === 0x0a) {
      pieces.push(raw.subarray(kept, start), greater)
      kept = start
    }
    at = raw.indexOf('From ', at + 5)
  }
  pieces.push(raw.subarray(kept))
  return pieces
}

/** Gives a finished file its name without ever replacing another, and makes the name last. */
async function publish(partial: string, path: string): Promise<void> {
  try {
    // link refuses an existing name in one step; rename would replace it.
    await link(partial, path)
    await rm(partial)
  } catch (error) {
    if (
      error instanceof Error &&
      'code' in error &&
      (error.code === 'EPERM' || error.code === 'ENOTSUP' || error.code === 'ENOSYS')
    ) {
      if (await exists(path)) throw new SiegelError('file-exists', { path })
      await rename(partial, path)
    } else throw error
  }
  await syncDirectory(dirname(path))
}

export async function exists(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    () => false,
  )
}

/** Not every system lets a directory be synced; the data itself already is. */
export async function syncDirectory(path: string): Promise<void> {
  const directory = await open(path, 'r').catch(() => null)
  await directory?.sync().catch(() => {})
  await directory?.close()
}
