import { useCallback, useState } from 'react'
import type { Address } from '../../../../shared/features/mail/model'
import { isValidAddress } from '../../../ui/fields/parse-addresses'
import type { Writing } from '../use-draft'

const keyOf = ({ address }: Address): string => address.trim().toLowerCase()

const peopleOf = ({ to, cc, bcc }: Writing): readonly Address[] => [...to.list, ...cc.list, ...bcc.list]

/**
 * Whom a look-up may be about while somebody writes: people whom the writer put into a field by hand. Those whom an answer, a
 * link or a draft of another program brought along may not: their domains would learn that the message is being answered before
 * a key is pressed, and a label in the domain would say which message. They are asked about on request, and at sending.
 */
export function useAskedPeople(initial: Writing) {
  const [came] = useState<ReadonlySet<string>>(() => new Set(peopleOf(initial).map(keyOf)))
  const [asked, setAsked] = useState<ReadonlySet<string>>(new Set())
  const add = useCallback((people: readonly Address[]) => {
    setAsked(before => {
      const added = people.map(keyOf).filter(key => !before.has(key))
      return added.length === 0 ? before : new Set([...before, ...added])
    })
  }, [])
  /** The fields were changed by hand. */
  const wrote = (before: Writing, part: Partial<Writing>): void => {
    const known = new Set([...came, ...peopleOf(before).map(keyOf)])
    add(peopleOf({ ...before, ...part }).filter(person => !known.has(keyOf(person))))
  }
  const isAsked = (person: Address): boolean => asked.has(keyOf(person))
  return {
    wrote,
    ask: add,
    isAsked,
    /** Of these, who can be asked about and is not yet. */
    notAsked: (everybody: readonly Address[]): readonly Address[] =>
      everybody.filter(person => isValidAddress(person) && !isAsked(person)),
  }
}
