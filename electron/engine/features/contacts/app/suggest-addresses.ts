import { typedWords } from '../../../kit/people/address-words'
import { rankPeople } from '../../../kit/people/rank-people'
import type { Needs } from '../../../ports/parts'
import type { UseCases } from '../../../ports/use-cases'

const suggestions = 8

/** Who is meant by what is being typed: contacts and groups, then those whom mail knows, unless that is not wanted. */
export function suggestUseCases({
  store,
  clock,
}: Needs<'clock', 'contacts' | 'people' | 'settings'>): Pick<UseCases, 'addresses.suggest'> {
  return {
    'addresses.suggest': ({ prefix }) => {
      const ofBooks = store.contacts.suggest(prefix)
      const use = store.people.use(ofBooks.map(({ address }) => address))
      const contacts = ofBooks.map(one => ({ ...one, use: use.get(one.address.toLowerCase()) ?? null }))
      const ofMail = store.settings.get().collectAddresses ? store.people.ofMail(prefix) : []
      return rankPeople([...contacts, ...ofMail], typedWords(prefix), clock.now()).slice(0, suggestions)
    },
  }
}
