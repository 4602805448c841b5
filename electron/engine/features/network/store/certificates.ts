import { z } from 'zod'
import { certificateChange } from '../../../../../shared/kit/status'
import type { CertificateStore } from '../../../ports/net/certificates'
import type { StoreContext } from '../../../store/context'
import { sql } from '../../../store/sql'

/** Name of the settings row; the general settings do not know it, so no page can write it through them. */
const row = 'certificates-seen'

/** Own servers are few; the oldest places go first. */
const mostPlaces = 200

const places = z.record(
  z.string(),
  z.object({
    now: z.object({
      issuer: z.string(),
      key256: z.string(),
      fingerprint256: z.string(),
      validFrom: z.string(),
      validTo: z.string(),
      seenAtMs: z.number(),
    }),
    change: certificateChange.nullable(),
  }),
)
type Places = z.infer<typeof places>

/** Certificates seen at the user's own servers. What cannot be read counts as never seen. */
export function createCertificateStore({ database }: StoreContext): CertificateStore {
  const read = (): Places => {
    const text = database.read.value<string>(sql`SELECT value FROM settings WHERE name = ${row}`)
    try {
      return text === undefined ? {} : (places.safeParse(JSON.parse(text)).data ?? {})
    } catch {
      return {}
    }
  }
  return {
    seen: (host, port) => read()[`${host}:${port}`] ?? null,
    remember: (host, port, now, change) =>
      database.write(db => {
        const { [`${host}:${port}`]: _before, ...others } = read()
        const kept = Object.entries(others).slice(1 - mostPlaces)
        const next = Object.fromEntries([...kept, [`${host}:${port}`, { now, change }]])
        db.run(sql`INSERT OR REPLACE INTO settings VALUES (${row}, ${JSON.stringify(next)})`)
      }),
  }
}
