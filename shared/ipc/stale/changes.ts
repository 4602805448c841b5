/**
 * What can change, and in which way. A record of a change names an entity, one of its kinds and the ids concerned; what
 * stands in `stale.ts` says which answers that makes old. An entity of which every answer is old by any change has `state` alone.
 */
export const changeKinds = {
  account: ['state'],
  /**
   * `shape`: it came, went, or has another name, part or window. `members`: other messages are in it. `unread`, `flagged`: others of
   * its messages are read or starred. `progress`: of its synchronisation, and how many bodies are missing. Ids are of mailboxes.
   */
  mailbox: ['shape', 'members', 'unread', 'flagged', 'progress'],
  /**
   * `new`, `gone`: it came or went. `place`: it is in another mailbox. `flags`: flags or keywords. `pending`: a change of it waits for
   * the server, or does not any more. `body`: its text or bytes are here, or are others. `row`: what a list says of it, without
   * any of these (a subject that was decrypted).
   */
  message: ['new', 'gone', 'place', 'flags', 'pending', 'body', 'row'],
  /** Messages whose conversation has more or fewer messages than before; nothing else of them changed. */
  conversation: ['members'],
  draft: ['state'],
  outbox: ['state'],
  task: ['state'],
  /** `values`: what stands in the settings. `ways`: Tor and proxies. `image-senders`: whose remote images are always loaded. */
  settings: ['values', 'ways', 'image-senders'],
  connection: ['state'],
  transport: ['state'],
  /** Ids are addresses and fingerprints. */
  key: ['state'],
  search: ['state'],
  'inbox-encryption': ['state'],
  calendar: ['state'],
  /** Ids are of calendar objects. */
  event: ['state'],
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
