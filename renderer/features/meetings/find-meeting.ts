import { type MeetingPlace, meetingHost } from '../../../shared/features/meetings/places'
import { textPieces } from '../../ui/text/text-links'

/** Longer texts are looked through to here: every text that is read is looked through. */
const longestText = 200_000

/** The first link of a text that leads to a meeting, with its host. */
export function findMeeting(
  text: string,
  places: readonly MeetingPlace[],
): Readonly<{ url: string; host: string }> | null {
  if (!text.includes('https://')) return null
  for (const line of text.slice(0, longestText).split('\n'))
    for (const { url } of textPieces(line)) {
      const host = url === null ? null : meetingHost(url, places)
      if (url !== null && host !== null) return { url, host }
    }
  return null
}
