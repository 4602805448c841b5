import type { Address } from '../../../../shared/features/mail/model'
import type { Draft } from '../../../../shared/features/writing/model'
import type { Recipients } from '../recipients/recipients-field'
import type { Writing } from '../use-draft'

const keyOf = (address: string): string => address.trim().toLowerCase()

/** The people among `addresses` as they are written in the draft; `undecided` of the plan is the engine's word on who they are. */
export const peopleNamed = (writing: Writing, addresses: readonly string[]): readonly Address[] => {
  const wanted = new Set(addresses.map(keyOf))
  return [writing.to, writing.cc, writing.bcc]
    .flatMap(({ list }) => list)
    .filter(({ address }) => wanted.has(keyOf(address)))
}

/** The writer agrees to write to them. */
export const agreedTo = (writing: Writing, addresses: readonly string[]): Partial<Writing> => ({
  agreedTo: [...new Set([...(writing.agreedTo ?? []), ...addresses.map(keyOf)])],
})

/** The draft without them; when nobody is left in To, the people are addressed whom the message does vouch for. */
export function withoutThem(
  writing: Writing,
  addresses: readonly string[],
  instead: NonNullable<Draft['unprotected']>['instead'],
): Partial<Writing> {
  const gone = new Set(addresses.map(keyOf))
  const kept = ({ list, typed }: Recipients): Recipients => ({
    list: list.filter(({ address }) => !gone.has(keyOf(address))),
    typed,
  })
  const [to, cc, bcc] = [kept(writing.to), kept(writing.cc), kept(writing.bcc)]
  const there = new Set([...to.list, ...cc.list, ...bcc.list].map(({ address }) => keyOf(address)))
  const more = instead.filter(({ address }) => !there.has(keyOf(address)))
  return { to: to.list.length > 0 ? to : { ...to, list: more }, cc, bcc }
}
