import type { MessageId } from '../../../../shared/kit/ids'

/** Which rows of a list are selected. `focus` is the row the keyboard stands on, `anchor` where a range begins. */
export type Selection = Readonly<{
  selected: ReadonlySet<MessageId>
  focus: MessageId | null
  anchor: MessageId | null
}>

export const nothingSelected: Selection = { selected: new Set(), focus: null, anchor: null }

const positionOf = (ids: readonly MessageId[], id: MessageId | null): number =>
  id === null ? -1 : ids.indexOf(id)

/** One row alone. */
export const selectOnly = (id: MessageId): Selection => ({ selected: new Set([id]), focus: id, anchor: id })

/** Adds or takes away one row (Ctrl+click, Ctrl+Space). */
export function toggleRow(selection: Selection, id: MessageId): Selection {
  const selected = new Set(selection.selected)
  if (!selected.delete(id)) selected.add(id)
  return { selected, focus: id, anchor: id }
}

/** Everything between the anchor and the row (Shift+click, Shift+arrow). */
export function extendTo(ids: readonly MessageId[], selection: Selection, id: MessageId): Selection {
  const from = positionOf(ids, selection.anchor ?? selection.focus)
  const to = positionOf(ids, id)
  if (from < 0 || to < 0) return selectOnly(id)
  const [first, last] = from < to ? [from, to] : [to, from]
  return { selected: new Set(ids.slice(first, last + 1)), focus: id, anchor: ids[from] ?? id }
}

export const selectEvery = (ids: readonly MessageId[], selection: Selection): Selection => ({
  selected: new Set(ids),
  focus: selection.focus ?? ids[0] ?? null,
  anchor: selection.anchor ?? ids[0] ?? null,
})

/** Steps the focus by `offset` rows; with `extend` the range grows, otherwise the new row is alone. */
export function step(
  ids: readonly MessageId[],
  selection: Selection,
  offset: number,
  extend: boolean,
): Selection {
  if (ids.length === 0) return nothingSelected
  const at = positionOf(ids, selection.focus)
  const next = at < 0 ? (offset > 0 ? 0 : ids.length - 1) : Math.min(ids.length - 1, Math.max(0, at + offset))
  const id = ids[next] as MessageId
  return extend ? extendTo(ids, selection, id) : selectOnly(id)
}

/**
 * The list changed under the selection. What is gone is no longer selected, and the rest of several stays; when nothing
 * that was selected is left, the row that took the focused one's place is, so that archiving one message after the other
 * needs no arrow key.
 */
export function afterChange(
  before: readonly MessageId[],
  after: readonly MessageId[],
  selection: Selection,
): Selection {
  if (selection.focus === null && selection.selected.size === 0) return selection
  const here = new Set(after)
  const kept = [...selection.selected].filter(id => here.has(id))
  if (selection.focus !== null && here.has(selection.focus)) {
    if (kept.length === selection.selected.size) return selection
    return { selected: new Set(kept), focus: selection.focus, anchor: selection.anchor }
  }
  const at = positionOf(before, selection.focus)
  // The nearest row below that is still here, otherwise the last one.
  const heirOf = (isHeir: (id: MessageId) => boolean, last: MessageId | undefined): MessageId | null =>
    before.slice(Math.max(0, at)).find(isHeir) ?? last ?? null
  if (kept.length > 0) {
    const selected = new Set(kept)
    const focus = heirOf(
      id => selected.has(id),
      after.findLast(id => selected.has(id)),
    )
    return { selected, focus, anchor: focus }
  }
  const heir = heirOf(id => here.has(id), after.at(-1))
  return heir === null ? nothingSelected : selectOnly(heir)
}
