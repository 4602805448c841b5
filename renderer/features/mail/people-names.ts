import type { Address } from '../../../shared/model/mail'

/** The name of a person, or the address when there is none. */
export const personName = ({ name, address }: Address): string => name.trim() || address

/** Names of several people, as a list shows them. */
export const peopleNames = (people: readonly Address[]): string => people.map(personName).join(', ')
