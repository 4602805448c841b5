import { closeSync, openSync, rmSync, statSync } from 'node:fs'
import type BetterSqlite from 'better-sqlite3-multiple-ciphers'
import { SiegelError } from '../../../shared/ipc/result'
import type { DoctorFinding } from '../../../shared/model/status'
import { openConnection } from './connection'
import { asStoreError, isDamage, sqliteCode } from './errors'

/**
 * A copy under the same key, complete and consistent, made while the store is in use (VACUUM INTO; the online
 * backup of SQLite fails on encrypted databases). `checkBackup` proves it. Throws `file-exists`, `disk-full`,
 * `file-unwritable`.
 */
export function backUp(connection: BetterSqlite.Database, path: string): { sizeBytes: number } {
  // Made here and empty, which VACUUM INTO accepts: for the owner alone, and never through a link.
  try {
    closeSync(openSync(path, 'wx', 0o600))
  } catch (error) {
    const reason = error instanceof Error && 'code' in error ? String(error.code) : 'unknown'
    if (reason === 'EEXIST') throw new SiegelError('file-exists', { path })
    if (reason === 'ENOSPC') throw new SiegelError('disk-full', { path }, { cause: error })
    throw new SiegelError('file-unwritable', { path, reason }, { cause: error })
  }
  try {
    connection.prepare('VACUUM INTO ?').run(path)
  } catch (error) {
    rmSync(path, { force: true })
    throw asStoreError(error)
  }
  return { sizeBytes: statSync(path).size }
}

/**
 * Opens a backup where it lies, with the key of this store, and reads every page; nothing is written. Throws
 * `backup-damaged`.
 */
export function checkBackup(connection: BetterSqlite.Database, path: string, key: Uint8Array): void {
  let copy: BetterSqlite.Database | null = null
  try {
    copy = openConnection(path, key, { mustExist: true, readonly: true })
    const found = String(copy.pragma('quick_check(1)', { simple: true }))
    if (found !== 'ok') throw new SiegelError('backup-damaged', { path, detail: found.slice(0, 200) })
    const [there, here] = [copy, connection].map(each => each.pragma('user_version', { simple: true }))
    if (there !== here) throw new SiegelError('backup-damaged', { path, detail: `schema ${there}` })
  } catch (error) {
    if (error instanceof SiegelError) throw error
    throw new SiegelError('backup-damaged', { path, detail: sqliteCode(error) ?? '' }, { cause: error })
  } finally {
    copy?.close()
  }
}

/** Counts that must be zero, each with what it would mean. */
const orphans = [
  [
    'message-bytes',
    'SELECT count(*) FROM messages m WHERE body_state = 2 AND NOT EXISTS (SELECT 1 FROM raw_messages r WHERE r.message = m.id)',
    'messages counted as whole without their bytes',
  ],
  [
    'message-texts',
    'SELECT count(*) FROM messages m WHERE body_state = 1 AND NOT EXISTS (SELECT 1 FROM message_texts t WHERE t.message = m.id)',
    'messages counted as text without it',
  ],
  [
    'mailbox-counts',
    'SELECT count(*) FROM mailboxes b WHERE total <> (SELECT count(*) FROM messages m WHERE m.mailbox = b.id) OR unread <> (SELECT count(*) FROM messages m WHERE m.mailbox = b.id AND m.flags & 1 = 0)',
    'mailboxes with wrong counts',
  ],
  [
    'search-rows',
    'WITH here AS (SELECT body_state FROM messages WHERE id >= coalesce((SELECT below FROM search_renewal), 0)) SELECT abs((SELECT count(*) FROM here) - (SELECT count(*) FROM find_headers_docsize)) + abs((SELECT count(*) FROM here WHERE body_state > 0) - (SELECT count(*) FROM find_bodies_docsize))',
    'messages missing from the search index or too many in it',
  ],
  [
    'task-marks',
    "SELECT count(*) FROM task_messages m JOIN tasks t ON t.id = m.task WHERE t.state = 'done'",
    'marks left by finished changes',
  ],
] as const

/** Everything that can be checked without the network: pages and their MACs, references, index, counts. */
export function checkStore(connection: BetterSqlite.Database): DoctorFinding[] {
  const finding = (check: string, work: () => string | null): DoctorFinding => {
    try {
      const problem = work()
      return { check, outcome: problem === null ? 'ok' : 'failed', detail: (problem ?? '').slice(0, 2000) }
    } catch (error) {
      if (!isDamage(error) && !(error instanceof Error && 'code' in error)) throw error
      return { check, outcome: 'failed', detail: error instanceof Error ? error.message.slice(0, 2000) : '' }
    }
  }
  const value = (text: string): unknown => connection.prepare(text).pluck().get()
  return [
    finding('store-cipher', () =>
      connection.pragma('cipher', { simple: true }) === 'chacha20'
        ? null
        : 'the store is not encrypted as expected',
    ),
    finding('store-integrity', () => {
      const lines = connection.prepare('PRAGMA integrity_check(20)').pluck().all() as string[]
      return lines.length === 1 && lines[0] === 'ok' ? null : lines.join('; ')
    }),
    finding('store-references', () => {
      const broken = connection.prepare('PRAGMA foreign_key_check').all().length
      return broken === 0 ? null : `${broken} rows refer to nothing`
    }),
    finding('search-index', () => {
      connection.exec("INSERT INTO find_headers (find_headers) VALUES ('integrity-check')")
      connection.exec("INSERT INTO find_bodies (find_bodies) VALUES ('integrity-check')")
      return null
    }),
    ...orphans.map(([check, text, meaning]) =>
      finding(check, () => {
        const count = Number(value(text))
        return count === 0 ? null : `${count} ${meaning}`
      }),
    ),
  ]
}
