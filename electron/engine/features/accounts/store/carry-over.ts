import type { Carrying } from '../../../store/carry-over'

/** The account of a row, or one that stands in for it where it could not be read: what was written is kept, whoever's it was. */
export function accountShelter({ connection, placeholderId }: Carrying): (number: unknown) => unknown {
  let shelter: number | null = null
  return number => {
    if (connection.prepare<unknown[]>('SELECT 1 FROM accounts WHERE number = ?').get(number) !== undefined)
      return number
    shelter ??= Number(
      connection
        .prepare<unknown[]>('INSERT INTO accounts (id, config, position) VALUES (?, ?, 1000)')
        .run(placeholderId, JSON.stringify({ kind: 'local', address: 'local', displayName: 'Recovered' }))
        .lastInsertRowid,
    )
    return shelter
  }
}
