import { expect, test } from 'vitest'
import { scopesFor } from '../../../../../../renderer/features/calendar/event/scopes'

test.each([
  [false, false, ['this', 'following', 'all']],
  [true, false, ['this', 'all']],
  [false, true, ['following', 'all']],
  [true, true, ['all']],
] as const)('first %s, of the series %s', (isFirst, isOfSeries, offered) =>
  expect(scopesFor({ isFirst, isOfSeries })).toEqual(offered),
)
