import { calendarColours } from '../../../../../shared/features/calendar/colours'
import type { CalendarId } from '../../../../../shared/features/calendar/model'
import { SiegelError } from '../../../../../shared/kit/result'
import type { Needs } from '../../../ports/parts'
import type { UseCases } from '../../../ports/use-cases'
import { requireCalendar } from './require'

const colours = Object.values(calendarColours)

/** For the calendar that is the so-manieth. */
export const colourOf = (count: number): string => colours[count % colours.length] ?? '#3465a4'

/** The list of calendars. */
export function calendarUseCases(
  context: Needs<never, 'calendars' | 'settings'>,
): Pick<UseCases, 'calendars.list' | 'calendars.addLocal' | 'calendars.change' | 'calendars.remove'> {
  const { store } = context
  /** Two of one name cannot be told apart, nor named on the command line. */
  const refuseTwice = (name: string, except: CalendarId | null): void => {
    const isTaken = store.calendars
      .list()
      .some(
        each =>
          each.accountId === null && each.id !== except && each.name.toLowerCase() === name.toLowerCase(),
      )
    if (isTaken) throw new SiegelError('conflict', { what: 'calendar' })
  }
  return {
    'calendars.list': () => [...store.calendars.list()],
    'calendars.addLocal': ({ name, colour }) => {
      refuseTwice(name, null)
      const all = store.calendars.list()
      return store.calendars.addLocal({
        name,
        colour: colour ?? colourOf(all.length),
      })
    },
    'calendars.change': ({ calendarId, ...change }) => {
      const { accountId } = requireCalendar(context, calendarId)
      if (change.name !== undefined && accountId === null) refuseTwice(change.name, calendarId)
      return store.calendars.change(calendarId, change)
    },
    'calendars.remove': ({ calendarId }) => {
      const calendar = requireCalendar(context, calendarId)
      if (calendar.accountId !== null)
        throw new SiegelError('unsupported', { reason: 'the calendar is on a server' })
      // It would come again.
      if (calendar.isOfPeople === true) store.settings.set({ birthdayCalendar: false })
      store.calendars.remove(calendarId)
      return {}
    },
  }
}
