import type { CollectedAddress } from '../../../../shared/features/contacts/model'
import type { Address } from '../../../../shared/features/mail/model'

/** How much somebody has to do with the user, as mail shows it. */
export type AddressUse = Readonly<{
  /** A message to somebody is 20, one from them 1. */
  weight: number
  lastUsedMs: number
  /** Messages that were written to this address. */
  written: number
}>

/** Somebody whom words that were typed mean: of mail, of an address book, or a group with its members. */
export type Candidate = Address &
  Readonly<{ use: AddressUse | null; isContact: boolean; members?: readonly Address[] }>

/** Whom mail knows; nothing is kept of them that is not in the mail. */
export type PeopleStore = {
  /** Those of whom every word typed begins a word of the name, a piece of the address or its domain. */
  ofMail(typed: string): readonly Candidate[]
  /** What mail knows of these addresses, in lower case. */
  use(addresses: readonly string[]): ReadonlyMap<string, AddressUse>
  /** Everybody to whom mail was written, those of lately first. */
  writtenTo(limit: number): readonly CollectedAddress[]
}
