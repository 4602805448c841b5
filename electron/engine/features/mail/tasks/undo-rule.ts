import type { Needs } from '../../../ports/parts'
import type { UndoEntry } from '../../../ports/store'

/** What taking a change back works with. */
type UndoContext = Needs<'sync', 'accounts' | 'mailboxes' | 'messages' | 'tasks' | 'transaction'>

type EntryOf<K extends UndoEntry['kind']> = Extract<UndoEntry, { kind: K }>

/** How a kind of change is taken back: the inverse is applied here at once and queued like any change. */
export type UndoRule = Readonly<{
  /** The entries of the journal that it understands. */
  of: UndoEntry['kind']
  /** Runs inside a transaction; returns how many messages changed. Throws for an entry of another kind. */
  takeBack(context: UndoContext, entry: UndoEntry): number
}>

const isEntryOf = <K extends UndoEntry['kind']>(kind: K, entry: UndoEntry): entry is EntryOf<K> =>
  entry.kind === kind

/** Makes the rule for entries of that kind. */
export const undoOf = <K extends UndoEntry['kind']>(
  of: K,
  takeBack: (context: UndoContext, entry: EntryOf<K>) => number,
): UndoRule => ({
  of,
  takeBack: (context, entry) => {
    if (!isEntryOf(of, entry)) throw new Error(`${entry.kind} is not ${of}`)
    return takeBack(context, entry)
  },
})
