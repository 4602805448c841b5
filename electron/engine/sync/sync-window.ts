import type { SyncWindow } from '../../../shared/model/mail'

/** Start of a mailbox's window in ms since 1970; null when there is none. */
export function windowStart(window: SyncWindow, nowMs: number): number | null {
  if (window.kind !== 'months') return null
  const start = new Date(nowMs)
  const day = start.getUTCDate()
  start.setUTCMonth(start.getUTCMonth() - window.months)
  // A month before the 31st of March is the end of February, not the 3rd of March.
  if (start.getUTCDate() !== day) start.setUTCDate(0)
  return start.getTime()
}
