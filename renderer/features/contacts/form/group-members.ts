import type { ContactDetail, ContactId, ContactSummary } from '../../../../shared/features/contacts/model'
import type { Address } from '../../../../shared/features/mail/model'
import type { People } from '../../../ui/fields/people-field'

type Member = ContactDetail['members'][number]

/** Those of a group who can be written to; the others have no address to show. */
export const shownMembers = (members: readonly Member[]): People => ({
  list: members
    .filter(({ address }) => address !== '')
    .map(({ name, address }) => ({ name: name === address ? '' : name, address })),
  typed: '',
})

/**
 * What a group has from now on. A contact of its own book is meant by its card, so that the group follows when the address changes; whoever has no
 * card there is meant by the address. Members that could not be shown stay.
 */
export function membersOf(
  people: readonly Address[],
  before: readonly Member[],
  inBook: readonly Pick<ContactSummary, 'id' | 'kind' | 'emails'>[],
): (ContactId | string)[] {
  const cards = new Map<string, ContactId>()
  for (const { id, kind, emails } of inBook)
    if (kind !== 'group')
      for (const address of emails) {
        const key = address.toLowerCase()
        if (!cards.has(key)) cards.set(key, id)
      }
  const named = new Map(before.map(({ id, address }) => [address.toLowerCase(), id]))
  return [
    ...people.map(({ address }) => {
      const key = address.toLowerCase()
      return named.get(key) ?? cards.get(key) ?? address
    }),
    ...before.flatMap(({ id, address }) => (address === '' && id !== null ? [id] : [])),
  ]
}
