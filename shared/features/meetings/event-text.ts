import type { EventDetail } from '../calendar/model'

/** Where an event may name its online meeting, the surest place first, as one text to look through. */
export const meetingTextOf = ({
  conferences,
  url,
  location,
  description,
}: Pick<EventDetail, 'conferences' | 'url' | 'location' | 'description'>): string =>
  [...conferences, url, location, description].join('\n')
