import type {
  CollectionState,
  KnownObject,
  PulledChange,
  PulledObjects,
  ServerCopy,
  UnreadObject,
} from '../../electron/engine/ports/dav/objects'

/** A store of one collection in memory, which keeps what the sync machine says and nothing else. */
export type MemoryObjects = PulledObjects & {
  readonly rows: Map<string, ServerCopy>
  readonly applied: PulledChange[]
  /** Addresses of objects that are edited here. */
  readonly edited: Set<string>
  /** Objects that could not be read; one that is due is asked for again. */
  readonly unreadRows: Map<string, UnreadObject>
}

/** The UID of an iCalendar object or a card. */
export const uidOf = (bytes: Uint8Array): string | null =>
  /^UID[^:\r\n]*:(.+?)\r?$/m.exec(Buffer.from(bytes).toString('utf8'))?.[1] ?? null

export function memoryObjects(
  copies: readonly ServerCopy[] = [],
  first?: Partial<CollectionState>,
): MemoryObjects {
  const rows = new Map(copies.map(copy => [copy.href, copy]))
  let state: CollectionState = { syncToken: null, ctag: null, isUnfinished: false, ...first }
  const applied: PulledChange[] = []
  const edited = new Set<string>()
  const unreadRows = new Map<string, UnreadObject>()
  return {
    ...{ rows, applied, edited, unreadRows },
    unread: () => [...unreadRows.values()],
    state: () => state,
    known: () =>
      [...rows.values()].map(
        ({ href, etag, bytes }): KnownObject => ({
          href,
          etag,
          uid: uidOf(bytes),
          isEdited: edited.has(href),
        }),
      ),
    apply(change) {
      applied.push(change)
      for (const { from, copy } of change.moved) {
        rows.delete(from)
        rows.set(copy.href, copy)
      }
      for (const copy of change.copies) rows.set(copy.href, copy)
      for (const href of change.removed) rows.delete(href)
      for (const { href, etag, isSoon } of change.unread ?? [])
        unreadRows.set(href, { href, etag, tries: (unreadRows.get(href)?.tries ?? 0) + 1, isDue: isSoon })
      for (const href of change.settled ?? []) unreadRows.delete(href)
      if (change.state) state = change.state
    },
  }
}
