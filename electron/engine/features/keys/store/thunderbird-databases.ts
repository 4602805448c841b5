import BetterSqlite from 'better-sqlite3-multiple-ciphers'
import { fingerprint } from '../../../../../shared/features/keys/model'
import { nssKeyDatabase, type ThunderbirdDecision } from '../../../../../shared/features/keys/thunderbird'
import { SiegelError } from '../../../../../shared/kit/result'
import type { ThunderbirdDatabases } from '../../../ports/keys/thunderbird'

/** More decisions than anybody made by hand. */
const maxRows = 10_000

/** Bytes 18 and 19 of a database say how it is written: 1 a rollback journal, 2 a write-ahead log (sqlite.org/fileformat2). */
const writeVersionAt = 18

/**
 * Opens a copy in memory, so that nothing of the profile is locked, changed or written elsewhere. Only real tables are
 * read: a view in a planted file could compute for ever.
 */
const withTables = <T>(
  bytes: Uint8Array,
  file: string,
  tables: readonly string[],
  read: (database: BetterSqlite.Database) => T,
): T => {
  const copy = Buffer.from(bytes)
  let database: BetterSqlite.Database | null = null
  try {
    // A log cannot lie beside a database in memory; the caller made sure that it was empty.
    if (copy[writeVersionAt] === 2) copy.fill(1, writeVersionAt, writeVersionAt + 2)
    database = new BetterSqlite(copy)
    database.pragma('trusted_schema = OFF')
    database.pragma('cell_size_check = ON')
    database.pragma('query_only = ON')
    const isTable = database
      .prepare("SELECT 1 FROM sqlite_schema WHERE type = 'table' AND rootpage > 0 AND name = ?")
      .pluck()
    if (!tables.every(name => isTable.get(name) === 1)) throw new Error('a table is missing')
    return read(database)
  } catch (error) {
    throw new SiegelError('thunderbird-damaged', { file }, { cause: error })
  } finally {
    database?.close()
    copy.fill(0)
  }
}

/** The two databases of a Thunderbird profile that keys need. Column names of `nssPrivate` are PKCS #11 attributes. */
export const thunderbirdDatabases: ThunderbirdDatabases = {
  keyDatabase: bytes =>
    withTables(bytes, 'key4.db', ['metaData', 'nssPrivate'], database => {
      const password = database
        .prepare("SELECT item1 AS globalSalt, item2 AS 'check' FROM metaData WHERE id = 'password'")
        .get() as object | undefined
      // CKA_ID and CKA_VALUE. Other private objects, of certificates for example, have longer values or none.
      const keys = database
        .prepare(
          `SELECT a102 AS id, a11 AS value FROM nssPrivate
           WHERE typeof(a102) = 'blob' AND typeof(a11) = 'blob' AND length(a102) <= 64 AND length(a11) <= 1000
           LIMIT 100`,
        )
        .all()
      return nssKeyDatabase.parse({ ...password, keys })
    }),
  decisions: bytes =>
    withTables(bytes, 'openpgp.sqlite', ['acceptance_decision', 'acceptance_email'], database => {
      const emails = database.prepare('SELECT email FROM acceptance_email WHERE fpr = ? LIMIT 100').pluck()
      const rows = database
        .prepare(
          "SELECT fpr, decision FROM acceptance_decision WHERE decision IN ('rejected', 'unverified', 'verified') LIMIT ?",
        )
        .all(maxRows) as { fpr: unknown; decision: string }[]
      return rows.flatMap(({ fpr, decision }): ThunderbirdDecision[] => {
        const named = fingerprint.safeParse(typeof fpr === 'string' ? fpr.toLowerCase() : null)
        if (!named.success) return []
        const addresses = emails
          .all(fpr)
          .filter((email): email is string => typeof email === 'string' && email.length <= 320)
          .map(email => email.toLowerCase())
        const isRejected = decision === 'rejected'
        return [{ fingerprint: named.data, decision: isRejected ? 'rejected' : 'accepted', addresses }]
      })
    }),
}
