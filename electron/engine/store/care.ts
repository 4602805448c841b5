import type BetterSqlite from 'better-sqlite3-multiple-ciphers'
import type { DoctorFinding } from '../../../shared/model/status'
import { isDamage } from './errors'

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
