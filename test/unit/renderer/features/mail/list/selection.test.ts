import { describe, expect, test } from 'vitest'
import {
  afterChange,
  extendTo,
  nothingSelected,
  selectEvery,
  selectOnly,
  step,
  toggleRow,
} from '../../../../../../renderer/features/mail/list/selection'
import type { MessageId } from '../../../../../../shared/kit/ids'

const ids = [10, 20, 30, 40, 50] as MessageId[]
const [a, b, c, d, e] = ids as [MessageId, MessageId, MessageId, MessageId, MessageId]
const chosen = (selection: { selected: ReadonlySet<MessageId> }) =>
  [...selection.selected].sort((x, y) => x - y)

describe('selecting', () => {
  test('the first arrow down enters the list at the top, the first arrow up at the bottom', () => {
    expect(step(ids, nothingSelected, 1, false).focus).toBe(a)
    expect(step(ids, nothingSelected, -1, false).focus).toBe(e)
  })

  test('arrows stop at both ends', () => {
    expect(step(ids, selectOnly(e), 1, false).focus).toBe(e)
    expect(step(ids, selectOnly(a), -1, false).focus).toBe(a)
  })

  test('Shift+arrows grow a range and shrink it again around where it began', () => {
    let selection = step(ids, selectOnly(c), 1, true)
    selection = step(ids, selection, 1, true)
    expect(chosen(selection)).toEqual([c, d, e])
    selection = step(ids, selection, -1, true)
    expect(chosen(selection)).toEqual([c, d])
    selection = step(ids, step(ids, selection, -1, true), -1, true)
    expect(chosen(selection)).toEqual([b, c])
  })

  test('Ctrl+click adds and takes away single rows', () => {
    const two = toggleRow(selectOnly(a), d)
    expect(chosen(two)).toEqual([a, d])
    expect(chosen(toggleRow(two, a))).toEqual([d])
  })

  test('Shift+click after Ctrl+click begins at the row clicked last', () => {
    expect(chosen(extendTo(ids, toggleRow(selectOnly(a), c), e))).toEqual([c, d, e])
  })

  test('select all keeps the place of the keyboard', () => {
    const all = selectEvery(ids, selectOnly(c))
    expect(all.selected.size).toBe(5)
    expect(all.focus).toBe(c)
  })
})

describe('when the list changes', () => {
  test('archiving the open message opens the one below it', () => {
    expect(afterChange(ids, [a, b, d, e] as MessageId[], selectOnly(c))).toEqual(selectOnly(d))
  })

  test('archiving the last message opens the new last one', () => {
    expect(afterChange(ids, [a, b, c, d] as MessageId[], selectOnly(e))).toEqual(selectOnly(d))
  })

  test('archiving several opens the first that is left below', () => {
    const selection = extendTo(ids, selectOnly(b), c)
    expect(afterChange(ids, [a, d, e] as MessageId[], selection)).toEqual(selectOnly(d))
  })

  test('a new message on top moves nothing', () => {
    const selection = selectOnly(c)
    expect(afterChange(ids, [5 as MessageId, ...ids], selection)).toBe(selection)
  })

  test('rows removed elsewhere leave the selection without losing the rest', () => {
    const selection = extendTo(ids, selectOnly(b), d)
    expect(chosen(afterChange(ids, [a, b, d, e] as MessageId[], selection))).toEqual([b, d])
  })

  test('the focused row removed elsewhere takes nothing from the rest: what is done next is done to all of it', () => {
    for (const [focus, gone, heir] of [
      [a, a, b],
      [c, c, d],
      [e, e, d],
    ] as const) {
      const after = afterChange(
        ids,
        ids.filter(id => id !== gone),
        selectEvery(ids, selectOnly(focus)),
      )
      expect(chosen(after)).toEqual(ids.filter(id => id !== gone))
      expect(after.focus).toBe(heir)
    }
  })

  test('an emptied list leaves nothing selected', () => {
    expect(afterChange(ids, [], selectOnly(c))).toEqual(nothingSelected)
  })
})
