import type {
  BookId,
  ContactId,
  ContactKind,
  ContactSummary,
} from '../../../../../shared/features/contacts/model'

/** Columns of the index, with those of its card. */
export type IndexRow = Readonly<{
  id: ContactId
  book: BookId
  uid: string
  kind: ContactKind
  name: string
  organisation: string
  emails: string
  phones: string
  categories: string
}>

/** Lists in the index were written by the program; what cannot be read is none. */
export function listIn(text: string): string[] {
  try {
    const list: unknown = JSON.parse(text)
    return Array.isArray(list) ? list.filter(each => typeof each === 'string') : []
  } catch {
    return []
  }
}

const shortened = (list: readonly string[], most: number): string[] =>
  list.slice(0, most).map(each => each.slice(0, 1000))

export const summaryOf = (row: IndexRow): ContactSummary => ({
  id: row.id,
  bookId: row.book,
  uid: row.uid,
  kind: row.kind,
  name: row.name,
  organisation: row.organisation,
  emails: shortened(listIn(row.emails), 500),
  phones: shortened(listIn(row.phones), 500),
  categories: shortened(listIn(row.categories), 500),
})
