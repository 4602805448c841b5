import { z } from 'zod'

/** How the desktop is told of reminders and of messages in chat: not at all, only that there are some, or with what they say. */
export const alarmNoticeChoices = ['none', 'plain', 'content'] as const

/** Whole hours of every day in which the desktop is told nothing; `until` is the first that no longer belongs to it, and may be of the next day. */
export const quietHours = z
  .object({ from: z.number().int().min(0).max(23), until: z.number().int().min(0).max(23) })
  .refine(({ from, until }) => from !== until)
export type QuietHours = z.infer<typeof quietHours>

/** Whether a moment, in ms since 1970, is one of these hours on the clock of this machine. */
export function isQuietAt(hours: QuietHours | null, atMs: number): boolean {
  if (hours === null) return false
  const hour = new Date(atMs).getHours()
  const { from, until } = hours
  return from < until ? hour >= from && hour < until : hour >= from || hour < until
}
