import { expect, test } from 'vitest'
import { keepRow } from '../../../../../../../renderer/features/mail/list/rows/keep-row'
import type { MessageId } from '../../../../../../../shared/kit/ids'

const ids = (...values: number[]) => values as MessageId[]

test('an unread message stays in its place while it is being read', () => {
  expect(keepRow(ids(1, 2, 3), ids(1, 3), 2 as MessageId)).toEqual(ids(1, 2, 3))
  expect(keepRow(ids(1, 2, 3), ids(2, 3), 1 as MessageId)).toEqual(ids(1, 2, 3))
})

test('it stays after the message it stood below, also when new ones came and others went', () => {
  expect(keepRow(ids(1, 2, 3, 4), ids(9, 1, 4), 3 as MessageId)).toEqual(ids(9, 1, 3, 4))
})

test('without a message being read the list is what the store says', () => {
  expect(keepRow(ids(1, 2, 3), ids(1, 3), null)).toEqual(ids(1, 3))
  expect(keepRow(ids(1, 2), ids(1), 7 as MessageId)).toEqual(ids(1))
})
