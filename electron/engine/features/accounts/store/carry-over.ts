import { bringUpToDate, type Carrying, type CarryRow } from '../../../store/keep/carry-over'

/** Accounts of a store that was older than their services: their rows become what they are now. */
export function accountCarryOver(carrying: Carrying): Readonly<Record<'accounts', CarryRow>> {
  return {
    accounts: row => {
      const isKept = carrying.insert('accounts', row)
      bringUpToDate(carrying)
      return isKept
    },
  }
}

/** The account of a row, or one that stands in for it where it could not be read: what was written is kept, whoever's it was. */
export function accountShelter({ connection, placeholderId }: Carrying): (number: unknown) => unknown {
  let shelter: number | null = null
  return number => {
    if (connection.prepare<unknown[]>('SELECT 1 FROM accounts WHERE number = ?').get(number) !== undefined)
      return number
    shelter ??= Number(
      connection
        .prepare<unknown[]>('INSERT INTO accounts (id, config, position) VALUES (?, ?, 1000)')
        .run(placeholderId, JSON.stringify({ address: 'local', displayName: 'Recovered', services: {} }))
        .lastInsertRowid,
    )
    return shelter
  }
}
