import {
  type Namespace,
  type Namespaces,
  namespace,
  namespaces,
} from '../../../../../shared/features/mail/namespace'
import type { AccountId } from '../../../../../shared/kit/ids'
import type { ServerFactStore } from '../../../ports/net/server-facts'
import type { StoreContext } from '../../../store/context'
import type { ReadDb, WriteDb } from '../../../store/db'
import { sql } from '../../../store/sql'

type Facts = { namespaces: Namespaces | null; learned: Namespace | null; passwordAccepted: boolean }

const nothing: Facts = { namespaces: null, learned: null, passwordAccepted: false }
const numberOf = (db: ReadDb, id: AccountId) =>
  db.value<number>(sql`SELECT number FROM accounts WHERE id = ${id}`)
const keyOf = (number: number) => `server-facts/${number}`

/** What `meta` holds of an account's server. What cannot be read is learned again. */
function read(db: ReadDb, number: number): Facts {
  const text = db.value<string>(sql`SELECT value FROM meta WHERE name = ${keyOf(number)}`)
  if (typeof text !== 'string') return nothing
  try {
    const value = JSON.parse(text) as Readonly<Record<string, unknown>>
    return {
      namespaces: namespaces.safeParse(value['namespaces']).data ?? null,
      learned: namespace.safeParse(value['learned']).data ?? null,
      passwordAccepted: value['passwordAccepted'] === true,
    }
  } catch {
    return nothing
  }
}

/** Facts that a server told and would tell again; rows of `meta`, so nothing is lost with them. */
export function createServerFactStore({ database, feed }: StoreContext): ServerFactStore {
  const change = (id: AccountId, part: Partial<Facts>, isShown: boolean) =>
    database.write(db => {
      const number = numberOf(db, id)
      if (number === undefined) return
      const before = read(db, number)
      const after = JSON.stringify({ ...before, ...part })
      if (after === JSON.stringify(before)) return
      db.run(sql`INSERT OR REPLACE INTO meta VALUES (${keyOf(number)}, ${after})`)
      if (isShown) feed.note('mailbox', null, 'shape')
    })
  const factsOf = (id: AccountId): Facts => {
    const number = numberOf(database.read, id)
    return number === undefined ? nothing : read(database.read, number)
  }
  return {
    namespaces: id => effective(factsOf(id)),
    noteNamespaces: (id, told) => change(id, { namespaces: told }, true),
    learnNamespace: (id, learned) => change(id, { learned }, true),
    isPasswordAccepted: id => factsOf(id).passwordAccepted,
    notePasswordAccepted: id => change(id, { passwordAccepted: true }, false),
  }
}

/** A prefix that a refusal taught comes before what the server says of itself. */
function effective({ namespaces, learned }: Facts): Namespaces | null {
  if (learned === null) return namespaces
  const { personal, others, shared } = namespaces ?? { personal: [], others: [], shared: [] }
  const rest = personal.filter(({ prefix }) => prefix !== learned.prefix)
  return { personal: [learned, ...rest].slice(0, 20), others, shared }
}

/** A new password was accepted by nobody yet, and another server may have other namespaces. */
export function forgetServerFacts(db: WriteDb, number: number, what: 'password' | 'all'): void {
  if (what === 'all') {
    db.run(sql`DELETE FROM meta WHERE name = ${keyOf(number)}`)
    return
  }
  const before = read(db, number)
  if (!before.passwordAccepted) return
  const after = JSON.stringify({ ...before, passwordAccepted: false })
  db.run(sql`INSERT OR REPLACE INTO meta VALUES (${keyOf(number)}, ${after})`)
}
