import type { KeyFacts } from '../../../shared/model/openpgp-key'
import type { WriteDb } from './db'
import { jsonList, sql } from './sql'

/** Makes a key findable by the ids of its primary key and subkeys, also those it no longer has. */
export function noteKeyIds(db: WriteDb, facts: KeyFacts): void {
  db.run(
    sql`INSERT OR IGNORE INTO key_ids (key_id, fingerprint)
      SELECT value, ${facts.fingerprint} FROM json_each(${jsonList(facts.keyIds)})`,
  )
}
