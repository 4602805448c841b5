import { SiegelError } from '../../../../../shared/kit/result'
import type { Needs } from '../../../ports/parts'
import type { UseCases } from '../../../ports/use-cases'
import { requireCalendar } from './require'

/** Given to calendars in turn: told apart on light and on dark ground, and by people who see fewer colours. */
const colours = ['#3465a4', '#c4560b', '#2e7d32', '#7b4fa3', '#00796b', '#b0304f', '#8a6d00', '#546e7a']

/** For the calendar that is the so-manieth. */
export const colourOf = (count: number): string => colours[count % colours.length] ?? '#3465a4'

/** The list of calendars. */
export function calendarUseCases(
  context: Needs<never, 'calendars'>,
): Pick<UseCases, 'calendars.list' | 'calendars.addLocal' | 'calendars.change' | 'calendars.remove'> {
  const { store } = context
  return {
    'calendars.list': () => [...store.calendars.list()],
    'calendars.addLocal': ({ name, colour }) => {
      const all = store.calendars.list()
      // Two of one name cannot be told apart, nor named on the command line.
      if (all.some(each => each.accountId === null && each.name.toLowerCase() === name.toLowerCase()))
        throw new SiegelError('conflict', { what: 'calendar' })
      return store.calendars.addLocal({
        name,
        colour: colour ?? colourOf(all.length),
      })
    },
    'calendars.change': ({ calendarId, ...change }) => store.calendars.change(calendarId, change),
    'calendars.remove': ({ calendarId }) => {
      const calendar = requireCalendar(context, calendarId)
      if (calendar.accountId !== null)
        throw new SiegelError('unsupported', { reason: 'the calendar is on a server' })
      store.calendars.remove(calendarId)
      return {}
    },
  }
}
