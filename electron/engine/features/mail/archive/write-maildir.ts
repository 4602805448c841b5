import { open } from 'node:fs/promises'
import { join } from 'node:path'
import type { ExportedMessage } from './archived-message'
import { isKeyword } from './mbox-flags'
import { maildirLetters } from './read-maildir'
import { writeMessageDirectory } from './write-message-directory'

/** Letters a to z, as Dovecot uses them; keywords beyond stand in the sidecar only. */
const mostKeywords = 26
/** Colons are forbidden in names on Windows; Maildir programs there write a semicolon. */
const mark = process.platform === 'win32' ? ';2,' : ':2,'

/**
 * Writes a Maildir: `cur/`, `new/`, `tmp/`, flags as letters, keywords in `dovecot-keywords`, and a sidecar with all of it
 * exactly. Throws as `writeMessageDirectory`.
 */
export function writeMaildir(
  directory: string,
  messages: AsyncIterable<ExportedMessage> | Iterable<ExportedMessage>,
): Promise<void> {
  const keywords = new Map<string, string>()
  return writeMessageDirectory(directory, messages, {
    folders: ['cur', 'new', 'tmp'],
    messageFolder: 'cur',
    nameOf: (count, message) => `${fileNameFor(count, message)}${mark}${lettersOf(message.flags, keywords)}`,
    finish: partial => writeKeywords(join(partial, 'dovecot-keywords'), [...keywords.keys()]),
  })
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
