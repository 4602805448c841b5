import type BetterSqlite from 'better-sqlite3-multiple-ciphers'
import type { DoctorFinding } from '../../../shared/kit/status'
import { isDamage } from './errors'

/** One thing that can be looked at: returns what is wrong with it, or null. SQLite's own errors count as wrong. */
export type StoreCheck = Readonly<{
  check: string
  problem(connection: BetterSqlite.Database): string | null
}>

/** A count that must be zero, and what it would mean. */
export const countsNone = (check: string, count: string, meaning: string): StoreCheck => ({
  check,
  problem: connection => {
    const found = Number(connection.prepare(count).pluck().get())
    return found === 0 ? null : `${found} ${meaning}`
  },
})

/** Everything that can be checked without the network: pages and their MACs, references, and what features know of their rows. */
export function checkStore(
  connection: BetterSqlite.Database,
  ofFeatures: readonly StoreCheck[],
): DoctorFinding[] {
  const finding = (check: string, work: () => string | null): DoctorFinding => {
    try {
      const problem = work()
      return { check, outcome: problem === null ? 'ok' : 'failed', detail: (problem ?? '').slice(0, 2000) }
    } catch (error) {
      if (!isDamage(error) && !(error instanceof Error && 'code' in error)) throw error
      return { check, outcome: 'failed', detail: error instanceof Error ? error.message.slice(0, 2000) : '' }
    }
  }
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
    ...ofFeatures.map(({ check, problem }) => finding(check, () => problem(connection))),
  ]
}
