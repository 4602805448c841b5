import { syncCollections, syncOptions } from '../../kit/collections/sync'
import type { Verb } from '../../kit/verb'
import { loadCalendars } from './naming'

/** Calendars of accounts, brought into step with their servers. */
export const calendarSyncVerbs: readonly Verb[] = [
  {
    name: 'calendar sync',
    usage: 'calendar sync [--account A] [--remove-many]',
    about:
      'Bring changes of calendars to their servers and fetch what changed there. --remove-many: also where more than a third of a calendar is gone there',
    options: syncOptions,
    positionals: [0, 0],
    run: (options, output) =>
      syncCollections(
        options,
        output,
        { collection: 'calendar', thing: 'Event', verb: 'calendar sync', waiting: 'calendar waiting' },
        async (session, asked) => {
          const { calendars, notes, problems } = await session.call('calendars.sync', asked)
          const names = await loadCalendars(session)
          const waits = await session.call('calendars.waits', {})
          const named = calendars.map(each => ({ ...each, calendar: names.nameOf({ id: each.calendarId }) }))
          return {
            collections: named.map(each => ({ ...each, name: each.calendar })),
            notes: notes.map(each => ({ ...each, id: each.eventId })),
            problems,
            needsAttention: waits.length,
            result: { calendars: named, notes, problems },
          }
        },
      ),
  },
]
