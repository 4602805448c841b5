import type { Address } from '../../shared/features/mail/model'
import type { Session } from './session'

/** "Name <address>" or "address"; several separated by commas outside quotes. */
export function parseAddresses(texts: readonly string[]): Address[] {
  return texts
    .flatMap(text => text.match(/(?:"[^"]*"|[^,])+/g) ?? [])
    .map(text => text.trim())
    .filter(text => text !== '')
    .map(text => {
      const match = /^(?:"([^"]*)"|([^<]*))\s*<([^<>]+)>$/.exec(text)
      return match
        ? { name: (match[1] ?? match[2] ?? '').trim(), address: (match[3] ?? '').trim() }
        : { name: '', address: text }
    })
}

/** Names of groups among addresses are those who are in them; a word that is neither stays, and is refused when it is sent. */
export async function withGroups(session: Session, people: readonly Address[]): Promise<Address[]> {
  if (people.every(({ address }) => address.includes('@'))) return [...people]
  const groups = await session.call('contacts.groups', {})
  const members = await Promise.all(
    people.map(async one => {
      const name = one.address.toLowerCase()
      const group = one.address.includes('@')
        ? undefined
        : groups.find(each => each.name.toLowerCase() === name)
      return group === undefined ? [one] : session.call('contacts.members', { group: group.id ?? group.name })
    }),
  )
  return members.flat()
}
