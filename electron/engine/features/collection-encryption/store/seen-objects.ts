import type { EncryptedCollectionStore, SeenObject } from '../../../ports/dav/encrypted-collections'
import type { StoreContext } from '../../../store/context'
import { sql } from '../../../store/sql'

type Row = {
  uid: string
  path: string
  revision: number
  generation: number
  digest: string
  gone: number
  old: number
}

const seenOf = ({ gone, old, ...row }: Row): SeenObject => ({ ...row, isGone: gone === 1, isOld: old === 1 })

/** The newest version of each object of an encrypted collection. */
export function createSeenObjects({
  database,
}: StoreContext): Pick<
  EncryptedCollectionStore,
  'seen' | 'seenAt' | 'isUnseen' | 'remember' | 'sweep' | 'markOld'
> {
  const { read } = database
  return {
    seen: ({ id }, uid) => {
      const row = read.get<Row>(sql`
        SELECT uid, path, revision, generation, digest, gone, old FROM encrypted_objects
        WHERE collection = ${id} AND uid = ${uid}`)
      return row ? seenOf(row) : null
    },
    seenAt: ({ id }, path) => {
      const row = read.get<Row>(sql`
        SELECT uid, path, revision, generation, digest, gone, old FROM encrypted_objects
        WHERE collection = ${id} AND path = ${path} AND gone = 0 ORDER BY id DESC`)
      return row ? seenOf(row) : null
    },
    isUnseen: ({ id }) =>
      read.value<number>(sql`SELECT 1 FROM encrypted_objects WHERE collection = ${id} LIMIT 1`) === undefined,
    remember: ({ id }, { uid, path, revision, generation, digest }) =>
      database.write(db => {
        db.run(sql`
          INSERT INTO encrypted_objects (collection, uid, path, revision, generation, digest)
          VALUES (${id}, ${uid}, ${path}, ${revision}, ${generation}, ${digest})
          ON CONFLICT (collection, uid) DO UPDATE SET path = excluded.path, revision = excluded.revision,
            generation = excluded.generation, digest = excluded.digest, gone = 0,
            old = iif(digest = excluded.digest, old, 0)`)
      }),
    sweep: ({ id }, paths) =>
      database.write(db => {
        const rows = db.all<{ id: number; path: string; settled: number; gone: number }>(
          sql`SELECT id, path, settled, gone FROM encrypted_objects WHERE collection = ${id}`,
        )
        for (const row of rows) {
          const isHere = paths.has(row.path)
          if (row.gone === 0 && isHere && row.settled === 0)
            db.run(sql`UPDATE encrypted_objects SET settled = 1 WHERE id = ${row.id}`)
          // What was never among the objects here may still come: a cut between seeing and keeping it.
          if (row.gone === 0 && !isHere && row.settled === 1)
            db.run(sql`UPDATE encrypted_objects SET gone = 1 WHERE id = ${row.id}`)
        }
      }),
    markOld: ({ id }) =>
      database.write(db => {
        db.run(sql`UPDATE encrypted_objects SET old = 1 WHERE collection = ${id} AND gone = 0`)
      }),
  }
}
