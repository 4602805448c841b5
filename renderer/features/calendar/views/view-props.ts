import type { PointerEvent } from 'react'
import type { CalendarId, CalendarSummary } from '../../../../shared/features/calendar/model'
import type { EventHandlers } from '../event/event-button'
import type { ShownEvent } from '../event/shown'
import type { CalendarFormat } from '../format'
import type { GridFocus } from '../state/view-state'
import type { Day } from '../time/day'
import type { DayRange } from '../time/ranges'

/** What every view gets. */
export type ViewProps = Readonly<{
  range: DayRange
  days: readonly Day[]
  events: readonly ShownEvent[]
  /** Calendars that stand side by side, a column each; null: all in one. For one day alone. */
  beside: readonly CalendarSummary[] | null
  today: Day
  nowMs: number
  format: CalendarFormat
  /** The name of the view for screen readers. */
  label: string
  handlers: EventHandlers
  /** Begins a new event at a place. */
  onCreate: (place: GridFocus, calendarId?: CalendarId | null) => void
  /** The pointer went down on a place, perhaps to draw a new event. */
  onPress: (pointer: PointerEvent<HTMLElement>, place: GridFocus) => void
  /** The event that is being moved. */
  movingKey: string | null
}>
