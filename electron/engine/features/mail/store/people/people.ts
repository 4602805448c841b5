import type { PeopleStore } from '../../../../ports/contacts/people'
import type { StoreContext } from '../../../../store/context'
import { addressUse, peopleOfMail, writtenTo } from './address-book'

/** Whom mail knows, for those who show or rank people. */
export const createPeopleStore = ({ database: { read } }: StoreContext): PeopleStore => ({
  ofMail: typed => peopleOfMail(read, typed),
  use: addresses => addressUse(read, addresses),
  writtenTo: limit => writtenTo(read, limit),
})
