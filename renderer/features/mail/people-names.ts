import type { Address } from '../../../shared/features/mail/model'
import { withoutControls } from '../../ui/fields/text-direction'

/** The name of a person, or the address when there is none. Nothing in it turns round what stands beside it. */
export const personName = ({ name, address }: Address): string =>
  withoutControls(name).trim() || withoutControls(address)

/** Names of several people, as a list is read out. */
export const peopleNames = (people: readonly Address[]): string => people.map(personName).join(', ')
