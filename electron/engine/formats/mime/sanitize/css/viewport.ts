/**
 * A hundredth of the height that mail is drawn for. The frame of a mail is as high as the mail, so a length of the frame's
 * height would grow with itself.
 */
const hundredthPx = 6

const ofHeight =
  /(^|[\s,(+*/-])(\d*\.?\d+)(?:vh|svh|lvh|dvh|vmin|svmin|lvmin|dvmin|vmax|svmax|lvmax|dvmax|vb|svb|lvb|dvb|cqh|cqb|cqmin|cqmax)\b/gi

/** Tracks of a grid beyond this are there to cost memory. */
const mostTracks = 200

/** A value whose lengths do not hang on the frame's height; empty when it asks for a grid without end. */
export function boundedValue(property: string, value: string): string {
  if (
    property.startsWith('grid-') &&
    value.match(/\d+(?![\d.]*(?:[a-z%.]|\.\d))/gi)?.some(each => Number(each) > mostTracks)
  )
    return ''
  return value.replace(
    ofHeight,
    (_all, before: string, number: string) => `${before}${Number(number) * hundredthPx}px`,
  )
}

/** Whether a media query asks for what hangs on the frame's height: the mail itself would change the answer. */
export const asksForHeight = (query: string): boolean => /height|aspect-ratio|orientation/i.test(query)
