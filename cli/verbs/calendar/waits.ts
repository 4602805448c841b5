import { answerFrom, answerOptions, saidWords, waitWords } from '../../kit/collection-waits'
import { withSession } from '../../kit/session'
import type { Verb } from '../../kit/verb'
import { loadCalendars } from './naming'

const kind = { thing: 'event', collection: 'calendar' } as const

/** What of calendars on servers waits for somebody. */
export const calendarWaitVerbs: readonly Verb[] = [
  {
    name: 'calendar waiting',
    usage: 'calendar waiting',
    about: 'What of calendars on servers waits for you, or is to be known, and which answers it has',
    options: {},
    positionals: [0, 0],
    async run(options, output) {
      const { waits, calendars } = await withSession(options, async session => ({
        waits: await session.call('calendars.waits', {}),
        calendars: await loadCalendars(session),
      }))
      const named = waits.map(each => ({ ...each, calendar: calendars.nameOf({ id: each.calendarId }) }))
      output.result(named, () =>
        named.map(
          each =>
            `${each.id}  ${each.calendar}: ${waitWords({ ...each, object: each.eventId }, kind)}  [${each.answers.map(answer => `--${answer}`).join(' ')}]`,
        ),
      )
    },
  },
  {
    name: 'calendar answer',
    usage: 'calendar answer ID --remove|--put-back|--keep|--try-again|--give-up|--seen',
    about:
      'Answer what "calendar waiting" tells: --remove here too, --put-back on the server, --keep on this machine only, --try-again, --give-up what was changed here, or --seen',
    options: answerOptions,
    positionals: [1, 1],
    async run(options, output) {
      const { waitId, answer } = answerFrom(options)
      await withSession(options, session => session.call('calendars.answer', { waitId, answer }))
      output.result({ id: waitId, answer }, () => [saidWords(answer, kind, 'calendar sync')])
    },
  },
]
