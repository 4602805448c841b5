import type { CommandId } from '../../../../shared/ipc/commands'
import type { Day } from '../time/day'
import { turned, type View, views } from '../time/ranges'
import { showDay, showView, useView, zoomHours } from './view-state'

/** What an action of the room may ask of it. */
export type RoomActions = Readonly<{
  today: () => Day
  goTo: () => void
  find: () => void
  quick: (text: string) => void
}>

/** One thing that can be done in the room: its keys stand with the command. Buttons and keys read it from here. */
export type CalendarAction = Readonly<{ command: CommandId; run: (room: RoomActions) => void }>

const turn = (pages: number) => () => {
  const { view, day } = useView.getState()
  showDay(turned(view, day, pages))
}
const commandOf: Readonly<Record<View, CommandId>> = {
  day: 'calendarDay',
  workWeek: 'calendarWorkWeek',
  week: 'calendarWeek',
  month: 'calendarMonth',
  year: 'calendarYear',
  agenda: 'calendarAgenda',
}

export const calendarActions = {
  today: { command: 'calendarToday', run: room => showDay(room.today()) },
  next: { command: 'calendarNext', run: turn(1) },
  previous: { command: 'calendarPrevious', run: turn(-1) },
  goTo: { command: 'calendarGoTo', run: room => room.goTo() },
  find: { command: 'search', run: room => room.find() },
  quick: { command: 'calendarNew', run: room => room.quick('') },
  larger: { command: 'calendarLarger', run: () => zoomHours(1) },
  smaller: { command: 'calendarSmaller', run: () => zoomHours(-1) },
} as const satisfies Record<string, CalendarAction>

/** The views, each an action. */
export const viewActions: readonly (CalendarAction & Readonly<{ view: View }>)[] = views.map(view => ({
  view,
  command: commandOf[view],
  run: () => {
    showView(view)
    // What had the keyboard goes with the view that was there.
    useView.setState({ wanted: 'cell' })
  },
}))

export const allCalendarActions: readonly CalendarAction[] = [
  ...Object.values(calendarActions),
  ...viewActions,
]
