import { isSwitchedOff } from '../../../shared/features/accounts/services'
import type { CalendarSyncNote } from '../../../shared/features/calendar/model'
import { asError, asErrorCode } from '../../../shared/kit/result'
import { loadFolders } from '../../kit/folders'
import { withSession } from '../../kit/session'
import type { Verb } from '../../kit/verb'
import { errorWords } from '../../kit/words/error-words'
import { refusalWords } from './encryption'
import { loadCalendars } from './naming'

const noteWords: Readonly<Record<CalendarSyncNote['kind'], string>> = {
  merged: 'was changed here and on the server; both changes are in it',
  'kept-both':
    'was changed here and on the server in the same place. It is as the server has it; what was written here is another event now:',
  'kept-theirs': 'was removed here and changed on the server; it is back',
  'kept-ours': 'was removed on the server and changed here; it is there again',
}

/** Calendars of accounts, brought into step with their servers. */
export const calendarSyncVerbs: readonly Verb[] = [
  {
    name: 'calendar sync',
    usage: 'calendar sync [--account A] [--remove-many]',
    about:
      'Bring changes of calendars to their servers and fetch what changed there. --remove-many: also where more than a third of a calendar is gone there',
    options: { account: { type: 'string' }, 'remove-many': { type: 'boolean' } },
    positionals: [0, 0],
    async run(options, output) {
      const address = options.text('account')
      const { report, calendars, switchedOff } = await withSession(options, async session => {
        const folders = await loadFolders(session)
        const accountId = address === undefined ? null : folders.account(address).id
        const report = await session.call('calendars.sync', {
          accountId,
          removesMany: options.flag('remove-many'),
        })
        const switchedOff =
          accountId === null ? folders.accounts.filter(each => isSwitchedOff(each, 'dav')) : []
        return { report, calendars: await loadCalendars(session), switchedOff }
      })
      const [first] = report.problems
      // Alone it is the answer; beside what came it is told.
      if (first && report.calendars.length === 0)
        throw asError({ ...first.problem, code: asErrorCode(first.problem.code) })
      const words = report.problems.map(({ problem }) =>
        errorWords({ code: asErrorCode(problem.code), params: problem.params }),
      )
      const named = report.calendars.map(each => ({
        ...each,
        calendar: calendars.nameOf({ id: each.calendarId }),
      }))
      const total = (name: 'received' | 'sent' | 'removed' | 'waiting') =>
        named.reduce((sum, each) => sum + each[name], 0)
      output.result(
        {
          calendars: named,
          ...{ received: total('received'), sent: total('sent'), removed: total('removed') },
          ...{
            waiting: total('waiting'),
            notes: report.notes,
            problems: report.problems,
            refused: report.refused,
          },
          ...(first ? { error: { code: first.problem.code, message: words[0] ?? '' } } : {}),
        },
        () =>
          named.map(
            each =>
              `${each.calendar}: ${each.received} fetched, ${each.sent} sent, ${each.removed} removed${each.waiting > 0 ? `, ${each.waiting} wait` : ''}`,
          ),
      )
      for (const { eventId, kind, second } of report.notes)
        output.note(`Event ${eventId} ${noteWords[kind]}${second === null ? '' : ` ${second}`}`)
      for (const { outcome, concerned, calendar } of named) {
        if (outcome === 'asks-about-removal')
          output.note(
            `${calendar}: ${concerned} events are gone from the server, more than a third. They stay here; if that is meant, use "calendar sync --remove-many"`,
          )
        if (outcome === 'incomplete')
          output.note(`${calendar}: ${concerned} events could not be read; they are asked for again`)
      }
      for (const { calendarId, href, refusal } of report.refused)
        output.note(
          `${calendars.nameOf({ id: calendarId })}: ${href} ${refusalWords[refusal]}. It is not shown`,
        )
      for (const line of words) output.note(line)
      for (const account of switchedOff)
        output.note(`Calendar and contacts of ${account.config.address} are switched off`)
      const isWhole = named.every(({ outcome }) => outcome === 'done' || outcome === 'unchanged')
      if (first || !isWhole || report.refused.length > 0) process.exitCode = 1
    },
  },
]
