/** Colours to choose from, given to new calendars in turn: told apart on light and on dark ground, and by people who see fewer colours. */
export const calendarColours = {
  blue: '#3465a4',
  orange: '#c4560b',
  green: '#2e7d32',
  purple: '#7b4fa3',
  teal: '#00796b',
  red: '#b0304f',
  ochre: '#8a6d00',
  grey: '#546e7a',
} as const
export type CalendarColourName = keyof typeof calendarColours
