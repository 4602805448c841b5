import type { ContactId, ContactSummary } from '../../../../../shared/features/contacts/model'
import { foldText } from '../../../../../shared/kit/fold-text'

type Reason = 'uid' | 'address' | 'phone' | 'content'
const mostTogether = 50

const wordsOf = (name: string): string[] =>
  foldText(name)
    .split(/[^\p{L}\p{N}]+/u)
    .filter(word => word !== '' && !/^(?:dr|prof|mr|mrs|ms|herr|frau)$/.test(word))

/** "Ida" and "I. Berg" can be "Ida Berg"; "Jan Berg" can't, though they share an address. A card that has no name can be anybody. */
function canBeOne(one: ContactSummary, other: ContactSummary): boolean {
  const isNamed = ({ name, emails, phones }: ContactSummary) =>
    !emails.includes(name) && !phones.includes(name)
  if (!isNamed(one) || !isNamed(other)) return true
  const [less = [], more = []] = [wordsOf(one.name), wordsOf(other.name)].sort((a, b) => a.length - b.length)
  const fits = (word: string, there: string) =>
    word === there ||
    (word.length === 1 && there.startsWith(word)) ||
    (there.length === 1 && word.startsWith(there))
  return less.every(word => more.some(there => fits(word, there)))
}

const digits = (phone: string): string => {
  const plain = phone.replace(/\D/g, '').replace(/^0+/, '')
  // Without the country, which is often missing, the end of a number is enough where the names agree.
  return plain.length < 7 ? '' : plain.slice(-9)
}

/** The one that says most keeps its words where two differ, so it stands first; of equals the older. */
function fullerFirst(one: ContactSummary, other: ContactSummary): number {
  const full = ({ name, emails, phones, organisation, categories }: ContactSummary): number =>
    wordsOf(name).filter(word => word.length > 1).length * 3 +
    emails.length +
    phones.length +
    categories.length +
    (organisation === '' ? 0 : 1)
  return full(other) - full(one) || one.id - other.id
}

/**
 * Cards that are probably of one person: the same UID in two books, an address in common, or a number in common, where the names
 * can be one. Never by the name alone, as two people are often called the same. Groups are nobody.
 */
export function findDuplicates(contacts: readonly ContactSummary[]): { ids: ContactId[]; by: Reason }[] {
  const people = contacts.filter(({ kind }) => kind === 'individual')
  const taken = new Set<ContactId>()
  const found: { ids: ContactId[]; by: Reason }[] = []
  const collect = (
    by: Reason,
    keysOf: (contact: ContactSummary) => readonly string[],
    always: boolean,
  ): void => {
    const together = new Map<string, ContactSummary[]>()
    for (const contact of people)
      for (const key of new Set(keysOf(contact))) {
        if (key !== '') together.set(key, [...(together.get(key) ?? []), contact].slice(0, mostTogether))
      }
    for (const [first, ...others] of together.values()) {
      if (first === undefined || taken.has(first.id)) continue
      const same = others.filter(other => !taken.has(other.id) && (always || canBeOne(first, other)))
      if (same.length === 0) continue
      const ids = [first, ...same].sort(fullerFirst).map(({ id }) => id)
      for (const id of ids) taken.add(id)
      found.push({ ids, by })
    }
  }
  collect('uid', ({ uid }) => [uid], true)
  collect('address', ({ emails }) => emails.map(address => address.toLowerCase()), false)
  collect('phone', ({ phones }) => phones.map(digits), false)
  return found
}
