/** How long a reminder can be put off. */
export const putOffs = ['minutes5', 'minutes15', 'hour', 'hours4', 'tomorrow', 'monday'] as const
export type PutOff = (typeof putOffs)[number]

const minutes = { minutes5: 5, minutes15: 15, hour: 60, hours4: 240 } as const

/** Until when: some time from now, or nine o'clock of a day by the clock of this machine, whatever becomes of that clock in the night. */
export function putOffUntil(choice: PutOff, nowMs: number): number {
  if (choice !== 'tomorrow' && choice !== 'monday') return nowMs + minutes[choice] * 60_000
  const day = new Date(nowMs)
  const days = choice === 'tomorrow' ? 1 : (8 - day.getDay()) % 7 || 7
  return new Date(day.getFullYear(), day.getMonth(), day.getDate() + days, 9).getTime()
}
