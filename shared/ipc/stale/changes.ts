import { features } from '../../features/features'
import { joined } from '../../kit/joined'

/**
 * What can change, and in which way. A record of a change names an entity, one of its kinds and the ids concerned; what
 * stands in `stale.ts` says which answers that makes old. An entity of which every answer is old by any change has `state` alone.
 * Most stand with their feature (`features/<f>/feature.ts`); here are those of what all of them build on.
 */
export const changeKinds = {
  task: ['state'],
  /** `values`: what stands in the settings. `ways`: Tor and proxies. `image-senders`: whose remote images are always loaded. */
  settings: ['values', 'ways', 'image-senders'],
  ...joined(features, 'changes'),
} as const

export type ChangedEntity = keyof typeof changeKinds
export type ChangeKind<E extends ChangedEntity = ChangedEntity> = (typeof changeKinds)[E][number]

/** Whether changes of this kind are said of the entity. */
export const isKindOf = (entity: ChangedEntity, kind: ChangeKind): boolean =>
  (changeKinds[entity] as readonly ChangeKind[]).includes(kind)

/** The ids of a change; null: many. */
export type ChangedIds = readonly (number | string)[] | null

/** Hears of changes, one kind of one entity at a time. */
export type ChangeListener = (entity: ChangedEntity, ids: ChangedIds, kind: ChangeKind) => void
