import type { EventId } from '../../../../shared/features/calendar/model'

/** What is known of the reminders of an object beside itself. */
export type AlarmRow = Readonly<{
  id: EventId
  isDue: boolean
  knownMs: number | null
  toldMs: number | null
  seenMs: number | null
  hiddenMs: number | null
}>

/** When reminders are due, by object. */
export type AlarmStore = {
  /** Objects of which something may be due by now, or that were looked at in another zone. */
  toLookAt(nowMs: number, zone: string, limit: number): readonly AlarmRow[]
  row(id: EventId): AlarmRow | null
  /** Objects of which something waits to be seen. */
  due(): readonly AlarmRow[]
  /** When something is due next; null: never. */
  nextMs(): number | null
  lookedAt(
    id: EventId,
    now: Readonly<{
      nextMs: number | null
      isDue: boolean
      knownMs: number
      toldMs: number | null
      zone: string
    }>,
  ): void
  /** Nothing in it reminds. */
  forget(id: EventId): void
  /** Where the object itself cannot be written. */
  seen(id: EventId, seenMs: number, hiddenMs: number | null): void
  /** The clock was set back: nothing was told or known later than now. */
  clockSetBack(nowMs: number): void
}
