import type { CalendarWait } from '../../../shared/features/calendar/waits'
import { type CollectionAnswer, collectionAnswer } from '../../../shared/kit/collection-wait'
import { asErrorCode } from '../../../shared/kit/result'
import { UsageError } from '../../kit/exit'
import { withSession } from '../../kit/session'
import type { Verb } from '../../kit/verb'
import { errorWords } from '../../kit/words/error-words'
import { loadCalendars } from './naming'

/** What it is about, as the end of a sentence that begins with the calendar. */
function wordsFor(wait: CalendarWait): string {
  const { what, eventId, title, count = 0, problem, lost = [], changed = [], second, href, answer } = wait
  const event = `event ${eventId ?? ''}${title === '' ? '' : ` "${title}"`}`
  const because = problem
    ? `: ${errorWords({ code: asErrorCode(problem.code), params: problem.params })}`
    : ''
  switch (what) {
    case 'asks-removal':
      return answer === undefined
        ? `${count} events are gone from the server, more than a third. They stay here until you say what is meant`
        : `${count} events are gone from the server; with the next sync they ${answer === 'remove' ? 'go from here too' : 'go there again'}`
    case 'gone':
      return 'the server has this calendar no more. What was in it is still here'
    case 'read-only':
      return `${count} changes wait, and this calendar may only be read now`
    case 'not-sent':
      return `${event}: the server does not take the change${because}`
    case 'unread':
      return `${href ?? ''} on the server cannot be read; it is asked for again from time to time, and when it changes`
    case 'altered':
      return [
        `${event} is kept otherwise by the server`,
        ...(lost.length > 0 ? [`it left out ${lost.join(', ')}, which is still here`] : []),
        ...(changed.length > 0 ? [`it changed ${changed.join(', ')}, which is so here too`] : []),
      ].join('; ')
    case 'kept-both':
      return `${event} was changed here and on the server in the same place. It is as the server has it; what was written here is event ${second ?? ''}`
    case 'kept-theirs':
      return `${event} was removed here and changed on the server; it is back`
    case 'kept-ours':
      return `${event} was removed on the server and changed here; it is there again`
  }
}

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
            `${each.id}  ${each.calendar}: ${wordsFor(each)}  [${each.answers.map(answer => `--${answer}`).join(' ')}]`,
        ),
      )
    },
  },
  {
    name: 'calendar answer',
    usage: 'calendar answer ID --remove|--put-back|--keep|--try-again|--give-up|--seen',
    about:
      'Answer what "calendar waiting" tells: --remove here too, --put-back on the server, --keep on this machine only, --try-again, --give-up what was changed here, or --seen',
    options: Object.fromEntries(collectionAnswer.options.map(name => [name, { type: 'boolean' }])),
    positionals: [1, 1],
    async run(options, output) {
      const [text] = options.positionals
      const waitId = Number(text)
      if (!Number.isSafeInteger(waitId) || waitId < 1) throw new UsageError(`"${text}" is no number of them`)
      const given = collectionAnswer.options.filter(name => options.flag(name))
      const [answer] = given
      if (answer === undefined || given.length > 1) throw new UsageError('give one answer')
      await withSession(options, session => session.call('calendars.answer', { waitId, answer }))
      output.result({ id: waitId, answer }, () => [saidWords[answer]])
    },
  },
]

const saidWords: Readonly<Record<CollectionAnswer, string>> = {
  remove: 'Removed, or removed with the next "calendar sync".',
  'put-back': 'With the next "calendar sync" they go to the server again.',
  keep: 'It is a calendar on this machine now.',
  'try-again': 'Tried again with the next "calendar sync".',
  'give-up': "The server's version counts again.",
  seen: 'Noted.',
}
