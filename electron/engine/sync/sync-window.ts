import type { SyncWindow } from '../../../shared/model/mail'

/** Start of a mailbox's window in ms since 1970; null when there is none. */
export function windowStart(window: SyncWindow, nowMs: number): number | null {
  if (window.kind !== 'months') return null
  const start = new Date(nowMs)
  start.setUTCMonth(start.getUTCMonth() - window.months)
  return start.getTime()
}
