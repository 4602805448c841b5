import type { EventScope } from '../../../../shared/features/calendar/model'

/**
 * What of a series a change can be about. From its first event on, "following" is all of it; a rule or a calendar is the whole series',
 * and no single event of it can have another.
 */
export const scopesFor = ({
  isFirst,
  isOfSeries,
}: Readonly<{ isFirst: boolean; isOfSeries: boolean }>): readonly EventScope[] => [
  ...(isOfSeries ? [] : (['this'] as const)),
  ...(isFirst ? [] : (['following'] as const)),
  'all',
]
