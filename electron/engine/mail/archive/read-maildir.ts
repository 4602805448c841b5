import { readdir, readFile, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { limits } from '../limits'
import type { ArchivedMessage, ReadOptions } from './archived-message'
import { throwIfCancelled } from './file-errors'
import { isKeyword } from './mbox-flags'

const letters: Readonly<Record<string, string>> = {
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
 * `dovecot-keywords`. Folders below (Maildir++) are imported one by one.
 */
export async function* readMaildir(path: string, options: ReadOptions): AsyncGenerator<ArchivedMessage> {
  const keywords = await readKeywords(path)
  const found: { name: string; directory: string }[] = []
  for (const directory of ['new', 'cur']) {
    const entries = await readdir(join(path, directory), { withFileTypes: true }).catch(() => [])
    for (const entry of entries)
      if (entry.isFile() && !entry.name.startsWith('.')) found.push({ name: entry.name, directory })
  }
  found.sort((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0))
  let messages = 0
  let skipped = 0
  let bytesRead = 0
  for (const { name, directory } of found) {
    throwIfCancelled(options.signal)
    const filePath = join(path, directory, name)
    const facts = await stat(filePath)
    if (facts.size > limits.messageBytes) skipped++
    else {
      const raw = await readFile(filePath)
      bytesRead += raw.length
      messages++
      yield {
        raw,
        flags: directory === 'new' ? [] : flagsOfName(name, keywords),
        internalDateMs: Math.floor(facts.mtimeMs),
      }
    }
    options.onProgress?.({ messages, skipped, bytesRead, bytesTotal: null })
  }
}

function flagsOfName(name: string, keywords: ReadonlyMap<string, string>): readonly string[] {
  const info = /[:;!]2,([A-Za-z]*)(?:,.*)?$/.exec(name)?.[1] ?? ''
  const flags = [...info]
    .map(letter => letters[letter] ?? keywords.get(letter))
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
