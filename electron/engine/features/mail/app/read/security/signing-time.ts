const dayMs = 86_400_000

/**
 * How far the time of a signature may lie from the Date of its message, in milliseconds. Programs make both within seconds.
 * Before it: wrong time zones are wrong by at most 14 hours, and a clock that is wrong by more is wrong for both. Behind it:
 * a draft that kept its Date may be signed days later. A message that was captured and sent again with a new Date has a
 * signature that is older than that.
 */
const mostBefore = dayMs
const mostBehind = 7 * dayMs

/** Whether a signature was made at another time than the message says; without a Date nothing says when it should have been. */
export const isSignedAtOtherTime = (signedAtMs: number, dateMs: number | null): boolean =>
  dateMs === null || signedAtMs < dateMs - mostBefore || signedAtMs > dateMs + mostBehind
