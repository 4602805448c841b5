import { create } from 'zustand'
import type { Day } from '../time/day'
import { hasHours, type View } from '../time/ranges'

/** Where the keyboard stands in the grid: a day, and there an hour or the line of whole days. */
export type GridFocus = Readonly<{ day: Day; hour: number | null }>

export type ViewState = Readonly<{
  view: View
  /** What the view is about; the keyboard may stand on another day of it. */
  day: Day
  focus: GridFocus
  /** The event that has the keyboard. */
  eventKey: string | null
  /** Where the keyboard is to go as soon as that is drawn: an event by its key, or the place in the grid. */
  wanted: 'cell' | Readonly<{ event: string }> | null
  /** Of an hour, in pixels. */
  hourPx: number
  /** Of a day: a column for each calendar. */
  isBeside: boolean
  /** A second time zone beside the hours. */
  secondZone: string | null
  /** The calendars lie over the room where they do not fit beside it. */
  isSideOpen: boolean
  /** It was put as it was left. */
  isRecalled: boolean
}>

const hourHeights = [28, 36, 48, 64, 88, 120] as const

/** Until the calendar is shown for the first time. */
const unset = Number.NaN

export const useView = create<ViewState>(() => ({
  view: 'month',
  day: unset,
  focus: { day: unset, hour: null },
  eventKey: null,
  wanted: null,
  hourPx: 48,
  isBeside: false,
  secondZone: null,
  isSideOpen: false,
  isRecalled: false,
}))

/** Today, unless a day was chosen before. */
export const startAt = (today: Day): void => {
  if (Number.isNaN(useView.getState().day))
    useView.setState({ day: today, focus: { day: today, hour: null } })
}

export const showView = (view: View): void =>
  useView.setState(({ focus }) => ({ view, day: focus.day, eventKey: null }))

/** Shows a day, in the view there is or in another. */
export const showDay = (day: Day, view?: View): void =>
  useView.setState(state => ({
    ...(view === undefined ? {} : { view }),
    day,
    focus: { day, hour: state.focus.hour },
    eventKey: null,
  }))

/** Moves the keyboard in the grid; the view follows where it leaves what is shown. */
export const moveFocus = (focus: GridFocus, isShown: boolean): void =>
  useView.setState(({ day }) => ({ focus, day: isShown ? day : focus.day, eventKey: null, wanted: 'cell' }))

export const zoomHours = (steps: 1 | -1): void =>
  useView.setState(({ view, hourPx }) => {
    if (!hasHours(view)) return {}
    const at = hourHeights.findIndex(each => each >= hourPx)
    return { hourPx: hourHeights[Math.min(hourHeights.length - 1, Math.max(0, at + steps))] ?? hourPx }
  })
