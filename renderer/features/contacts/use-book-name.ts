import { useTranslation } from 'react-i18next'
import type { AddressBook } from '../../../shared/features/contacts/model'

/** What a book is called: those that are there from the first start have no name of their own. */
export function useBookName(): (book: AddressBook) => string {
  const { t } = useTranslation('contacts')
  return book => book.name || t(book.kind)
}
