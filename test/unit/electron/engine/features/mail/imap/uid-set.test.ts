import fc from 'fast-check'
import { expect, test } from 'vitest'
import { expandUidSet, uidSets } from '../../../../../../../electron/engine/features/mail/imap/uid-set'

test('runs become ranges', () => {
  expect(uidSets([5, 1, 2, 3, 9, 2], 100)).toEqual([{ set: '1:3,5,9', uids: [1, 2, 3, 5, 9] }])
})

test('no set names more UIDs, or is longer, than a server takes; together they name all, once', () => {
  fc.assert(
    fc.property(
      fc.array(fc.integer({ min: 1, max: 100_000 }), { maxLength: 3_000 }),
      fc.integer({ min: 1, max: 700 }),
      (uids, maxCount) => {
        const sets = uidSets(uids, maxCount)
        const named = sets.flatMap(each => expandUidSet(each.set, maxCount))
        expect(sets.every(each => each.set.length <= 4_000 && each.uids.length <= maxCount)).toBe(true)
        expect(sets.flatMap(each => [...each.uids])).toEqual(named)
        expect(named).toEqual([...new Set(uids)].sort((a, b) => a - b))
      },
    ),
    { numRuns: 50 },
  )
})

test('twelve bytes that mean four billion UIDs are refused', () => {
  expect(() => expandUidSet('1:4294967295', 1_000)).toThrow('protocol-violation')
  expect(() => expandUidSet('1:600,700:1200', 1_000)).toThrow('protocol-violation')
})

test.each(['', '0', '1:', '*', '1:*', '-1', '99999999999', '1,,2', 'a'])('"%s" is no set of UIDs', set => {
  expect(() => expandUidSet(set, 1_000)).toThrow('protocol-violation')
})

test('a range the wrong way round keeps its order', () => {
  expect(expandUidSet('3:1,7', 10)).toEqual([3, 2, 1, 7])
})
