import type { Dirent } from 'node:fs'
import { readdir, readFile, stat } from 'node:fs/promises'
import { join } from 'node:path'
import type { NotTaken } from '../../../../../shared/features/mail/archive'
import { limits } from '../../../ports/limits'
import type { ArchivedMessage, ReadOptions } from './archived-message'
import { throwIfCancelled } from './file-errors'
import { isKeyword } from './mbox-flags'
import { readSidecar } from './sidecar'

/** Maildir's own letters and their IMAP names. */
export const maildirLetters: Readonly<Record<string, string>> = {
  S: '\\Seen',
  R: '\\Answered',
  F: '\\Flagged',
  D: '\\Draft',
  T: '\\Deleted',
  P: '$Forwarded',
}

/**
 * One Maildir: `cur/` and `new/`, in the order of their names (which begin with the time of arrival). Flags stand
 * behind `:2,`, or `;2,` and `!2,` where colons are forbidden; letters a-z are Dovecot keywords named in
 * `dovecot-keywords`. A sidecar of our own (`sidecar.ts`) says more than names can. Folders below (Maildir++) are imported one by one.
 */
export async function* readMaildir(path: string, options: ReadOptions): AsyncGenerator<ArchivedMessage> {
  const keywords = await readKeywords(path)
  const sidecar = await readSidecar(path)
  const found: { entry: Dirent; directory: string }[] = []
  for (const directory of ['new', 'cur']) {
    const entries = await readdir(join(path, directory), { withFileTypes: true }).catch(() => [])
    for (const entry of entries) if (!entry.name.startsWith('.')) found.push({ entry, directory })
  }
  found.sort(({ entry: a }, { entry: b }) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0))
  let bytesRead = 0
  for (const { entry, directory } of found) {
    throwIfCancelled(options.signal)
    const { name } = entry
    const read = await readEntry(join(path, directory), entry)
    if (typeof read === 'string') options.onNotTaken?.({ name: `${directory}/${name}`, reason: read })
    else {
      bytesRead += read.raw.length
      const noted = sidecar.get(name)
      yield noted
        ? { raw: read.raw, ...noted }
        : {
            raw: read.raw,
            flags: directory === 'new' ? [] : flagsOfName(name, keywords),
            internalDateMs: Math.floor(read.mtimeMs),
          }
    }
    options.onProgress?.({ bytesRead, bytesTotal: null })
  }
}

async function readEntry(
  directory: string,
  entry: Dirent,
): Promise<{ raw: Buffer; mtimeMs: number } | NotTaken['reason']> {
  if (entry.isSymbolicLink()) return 'link'
  if (entry.isDirectory()) return 'directory'
  if (!entry.isFile()) return 'other-kind'
  const filePath = join(directory, entry.name)
  try {
    const facts = await stat(filePath)
    if (facts.size > limits.messageBytes) return 'too-large'
    return { raw: await readFile(filePath), mtimeMs: facts.mtimeMs }
  } catch {
    return 'unreadable'
  }
}

function flagsOfName(name: string, keywords: ReadonlyMap<string, string>): readonly string[] {
  const info = /[:;!]2,([A-Za-z]*)(?:,.*)?$/.exec(name)?.[1] ?? ''
  const flags = [...info]
    .map(letter => maildirLetters[letter] ?? keywords.get(letter))
    .filter(flag => flag !== undefined)
  return [...new Set(flags)]
}

/** Lines of `0 $Label1`: the number counts the letters from a. */
async function readKeywords(path: string): Promise<ReadonlyMap<string, string>> {
  const text = await readFile(join(path, 'dovecot-keywords'), 'utf8').catch(() => '')
  const map = new Map<string, string>()
  for (const line of text.slice(0, 10_000).split('\n')) {
    const match = /^(\d{1,2}) (\S+)$/.exec(line)
    if (match && Number(match[1]) < 26 && isKeyword(match[2] ?? ''))
      map.set(String.fromCharCode(97 + Number(match[1])), match[2] ?? '')
  }
  return map
}
