import type { KeyFacts } from '../../../../../shared/features/keys/model'
import type { WriteDb } from '../../../store/db'
import { jsonList, sql } from '../../../store/sql'

/** Makes a key findable by the ids of its primary key and subkeys, also those it no longer has. */
export function noteKeyIds(db: WriteDb, facts: KeyFacts): void {
  db.run(
    sql`INSERT OR IGNORE INTO key_ids (key_id, fingerprint)
      SELECT value, ${facts.fingerprint} FROM json_each(${jsonList(facts.keyIds)})`,
  )
}
