import type { PermittedPlace } from '../../../../shared/features/network/model'

/** Places of one account, or of none. */
export type PolicyGroup = Readonly<{
  accountId: PermittedPlace['accountId']
  places: readonly PermittedPlace[]
}>

const keyOf = ({ purpose, host, port, way, onion }: PermittedPlace) =>
  [purpose, host, String(port), way, onion ?? ''].join(' ')

/** Every place once, by account in the order given, what belongs to no account last. */
export function groupPolicy(places: readonly PermittedPlace[]): readonly PolicyGroup[] {
  const groups = new Map<PermittedPlace['accountId'], Map<string, PermittedPlace>>()
  for (const place of places) {
    const group = groups.get(place.accountId) ?? new Map<string, PermittedPlace>()
    if (!group.has(keyOf(place))) group.set(keyOf(place), place)
    groups.set(place.accountId, group)
  }
  return [...groups]
    .map(([accountId, group]) => ({ accountId, places: [...group.values()] }))
    .sort((one, other) => Number(one.accountId === null) - Number(other.accountId === null))
}
