import { z } from 'zod'
import {
  accountRoute,
  defaultTorSettings,
  type TorSettings,
  torSettings,
} from '../../../../../shared/features/network/model'
import type { AccountId } from '../../../../../shared/kit/ids'
import { SiegelError } from '../../../../../shared/kit/result'
import type { NetworkStore } from '../../../ports/store'
import { accountNumber } from '../../../store/account-number'
import type { StoreContext } from '../../../store/context'
import { sql } from '../../../store/sql'

/** Name of the settings row; the general settings do not know it, so no page can write it through them. */
const torRow = 'tor'

/** Ways of the services of accounts, and Tor. A value that cannot be read means refusal or Tor for everything, never the direct way. */
export function createNetworkStore({ database, feed }: StoreContext): NetworkStore {
  const tor = (): TorSettings => {
    const text = database.read.value<string>(sql`SELECT value FROM settings WHERE name = ${torRow}`)
    if (text === undefined) return defaultTorSettings
    const stored = parse(torSettings.partial(), text)
    return stored === null
      ? { ...defaultTorSettings, forEverything: true }
      : { ...defaultTorSettings, ...withoutGaps(stored) }
  }
  /** The ways of an account by kind of service, unread each. None where nothing can be read. */
  const routes = (accountId: AccountId): Readonly<Record<string, unknown>> => {
    const text = database.read.value<string>(sql`SELECT route FROM accounts WHERE id = ${accountId}`)
    if (text === undefined) throw new SiegelError('not-found', { what: 'account' })
    return parse(z.record(z.string(), z.unknown()), text) ?? {}
  }
  return {
    route: (accountId, service) => accountRoute.safeParse(routes(accountId)[service]).data ?? null,
    setRoute: (accountId, service, route) =>
      database.write(
        db => {
          const number = accountNumber(db, accountId)
          const all = JSON.stringify({ ...routes(accountId), [service]: accountRoute.parse(route) })
          db.run(sql`UPDATE accounts SET route = ${all} WHERE number = ${number}`)
          feed.note('account', [accountId])
        },
        { durable: true },
      ),
    tor,
    setTor: change =>
      database.write(
        db => {
          const next = torSettings.parse({ ...tor(), ...withoutGaps(change) })
          db.run(sql`INSERT OR REPLACE INTO settings VALUES (${torRow}, ${JSON.stringify(next)})`)
          feed.note('settings', null, 'ways')
          return next
        },
        { durable: true },
      ),
  }
}

function parse<S extends z.ZodType>(schema: S, text: string): z.output<S> | null {
  try {
    const read = schema.safeParse(JSON.parse(text))
    return read.success ? read.data : null
  } catch {
    return null
  }
}

type WithoutGaps<T> = { [K in keyof T]?: Exclude<T[K], undefined> }

const withoutGaps = <T extends object>(change: T): WithoutGaps<T> =>
  Object.fromEntries(Object.entries(change).filter(([, value]) => value !== undefined)) as WithoutGaps<T>
