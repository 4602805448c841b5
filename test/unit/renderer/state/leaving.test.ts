import { beforeEach, expect, test } from 'vitest'
import {
  forgetLeaving,
  leave,
  listTold,
  useLeaving,
  withoutLeaving,
} from '../../../../renderer/state/leaving'
import type { MessageId } from '../../../../shared/kit/ids'

const ids = (...values: number[]) => values as MessageId[]
const shown = () => withoutLeaving(ids(1, 2, 3), useLeaving.getState())
beforeEach(() => forgetLeaving())

/** Sends one away; the answer is given by hand. */
const sendAway = (id: number) => {
  const { promise, resolve } = Promise.withResolvers<number | null>()
  const done = leave(ids(id), () => promise)
  return async (count: number | null) => {
    resolve(count)
    await done
  }
}

test('what is sent away is not shown from then on, until the list is told without it', async () => {
  const answer = sendAway(2)
  expect(shown()).toEqual([1, 3])
  // Told because of something else meanwhile.
  listTold(ids(1, 2, 3))
  expect(shown()).toEqual([1, 3])
  await answer(1)
  expect(shown()).toEqual([1, 3])
  listTold(ids(1, 3))
  expect(useLeaving.getState().agreed.size).toBe(0)
})

test.each([
  ['refused', null],
  ['no change', 0],
])('when the answer is %s, it comes back', async (_what, count) => {
  await sendAway(2)(count)
  expect(shown()).toEqual([1, 2, 3])
})

test('a list from just before the change does not bring it back, one that has it again does', async () => {
  await sendAway(2)(1)
  listTold(ids(1, 2, 3))
  expect(shown()).toEqual([1, 3])
  listTold(ids(1, 2, 3))
  expect(shown()).toEqual([1, 2, 3])
})

test('another list, or taking it back, forgets it, also before the answer', async () => {
  const answer = sendAway(2)
  forgetLeaving()
  expect(shown()).toEqual([1, 2, 3])
  await answer(1)
  expect(shown()).toEqual([1, 2, 3])
})

test('the refusal of one brings back no other', async () => {
  const answer = sendAway(2)
  await sendAway(3)(null)
  expect(shown()).toEqual([1, 3])
  await answer(1)
  expect(shown()).toEqual([1, 3])
})
