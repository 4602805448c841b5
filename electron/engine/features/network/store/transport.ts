import { z } from 'zod'
import {
  dnsServer,
  transportLevel,
  transportLevelName,
} from '../../../../../shared/features/network/transport'
import type { MtaStsPolicy, TransportStore } from '../../../ports/net/transport'
import type { StoreContext } from '../../../store/context'
import { sql } from '../../../store/sql'

/** Name of the settings row; the general settings do not know it, so no page can write it through them. */
const serversRow = 'dns-servers'

const policySchema: z.ZodType<MtaStsPolicy> = z.object({
  id: z.string(),
  mode: z.enum(['enforce', 'testing', 'none']),
  mx: z.array(z.string()),
  maxAgeSeconds: z.number(),
  fetchedAtMs: z.number(),
})

const recordSchema = z.object({
  usage: z.number(),
  selector: z.number(),
  matchingType: z.number(),
  data: z.string().transform(hex => Uint8Array.from(Buffer.from(hex, 'hex'))),
})

/** Levels seen, MTA-STS policies, TLSA records and the chosen DNS servers. What cannot be read counts as never seen. */
export function createTransportStore({ database, feed }: StoreContext): TransportStore {
  return {
    domain(domain) {
      const row = database.read.get<{ locked: string; last: string | null; policy: string | null }>(
        sql`SELECT locked, last, policy FROM transport_domains WHERE domain = ${domain}`,
      )
      if (!row) return null
      return {
        domain,
        locked: transportLevelName.catch('unknown').parse(row.locked),
        last: parse(transportLevel, row.last),
        policy: parse(policySchema, row.policy),
      }
    },
    saveDomain: ({ domain, locked, last, policy }) =>
      database.write(db => {
        const lastText = last === null ? null : JSON.stringify(last)
        const policyText = policy === null ? null : JSON.stringify(policy)
        db.run(
          sql`INSERT OR REPLACE INTO transport_domains VALUES (${domain}, ${locked}, ${lastText}, ${policyText})`,
        )
        feed.note('transport', [domain])
      }),
    tlsa(host, port) {
      const row = database.read.get<{ records: string; seenAtMs: number }>(
        sql`SELECT records, seen_at AS seenAtMs FROM transport_tlsa WHERE host = ${host} AND port = ${port}`,
      )
      const records = row ? parse(z.array(recordSchema), row.records) : null
      return row && records ? { host, port, records, seenAtMs: row.seenAtMs } : null
    },
    saveTlsa: ({ host, port, records, seenAtMs }) =>
      database.write(db => {
        const text = JSON.stringify(
          records.map(record => ({ ...record, data: Buffer.from(record.data).toString('hex') })),
        )
        db.run(sql`INSERT OR REPLACE INTO transport_tlsa VALUES (${host}, ${port}, ${text}, ${seenAtMs})`)
      }),
    forgetTlsa: (host, port) =>
      database.write(db => {
        db.run(sql`DELETE FROM transport_tlsa WHERE host = ${host} AND port = ${port}`)
      }),
    servers() {
      const text = database.read.value<string>(sql`SELECT value FROM settings WHERE name = ${serversRow}`)
      return text === undefined ? [] : (parse(z.array(dnsServer), text) ?? 'unreadable')
    },
    setServers: servers =>
      database.write(
        db => {
          const text = JSON.stringify(z.array(dnsServer).parse(servers))
          db.run(sql`INSERT OR REPLACE INTO settings VALUES (${serversRow}, ${text})`)
          feed.note('settings', null, 'values')
        },
        { durable: true },
      ),
  }
}

function parse<S extends z.ZodType>(schema: S, text: string | null): z.output<S> | null {
  if (text === null) return null
  try {
    const read = schema.safeParse(JSON.parse(text))
    return read.success ? read.data : null
  } catch {
    return null
  }
}
