import { resolve } from 'node:path'
import type { CallOutput } from '../../../shared/ipc/contract'
import { UsageError } from '../../kit/exit'
import { withSession } from '../../kit/session'
import type { Verb } from '../../kit/verb'
import { loadCalendars, type NamedCalendars } from './naming'

type Calendar = NamedCalendars['all'][number]

const calendarJson = (calendar: Calendar, calendars: NamedCalendars) => ({
  id: calendar.id,
  name: calendars.nameOf(calendar),
  account: calendar.accountId,
  colour: calendar.colour,
  readOnly: calendar.isReadOnly,
  owner: calendar.owner,
  visible: calendar.isVisible,
  subscribed: calendar.isSubscribed === true,
  events: calendar.eventCount,
})

const reasons: Readonly<Record<CallOutput<'calendars.import'>['notTaken'][number]['reason'], string>> = {
  'too-large': 'too large',
  'no-start': 'it has no time',
  'other-kind': 'neither an event nor a task',
}

export const calendarVerbs: readonly Verb[] = [
  {
    name: 'calendar list',
    usage: 'calendar list',
    about: 'List the calendars',
    options: {},
    positionals: [0, 0],
    async run(options, output) {
      const calendars = await withSession(options, loadCalendars)
      output.result(
        calendars.all.map(each => calendarJson(each, calendars)),
        () =>
          calendars.all.map(
            each =>
              `${String(each.id).padStart(4)}  ${calendars.nameOf(each)}  ${each.eventCount} events${each.isSubscribed ? ', subscribed' : each.isReadOnly ? ', read only' : ''}${each.isVisible ? '' : ', hidden'}`,
          ),
      )
    },
  },
  {
    name: 'calendar add-local',
    usage: 'calendar add-local NAME [--colour #RRGGBB]',
    about: 'Add a calendar that is on this machine only',
    options: { colour: { type: 'string' } },
    positionals: [1, 1],
    async run(options, output) {
      const colour = options.text('colour')?.toLowerCase() ?? null
      if (colour !== null && !/^#[0-9a-f]{6}$/.test(colour)) throw new UsageError('--colour takes #RRGGBB')
      const [name = ''] = options.positionals
      if (name.trim() === '') throw new UsageError('the calendar needs a name')
      const { made, calendars } = await withSession(options, async session => {
        const made = await session.call('calendars.addLocal', { name, colour })
        return { made, calendars: await loadCalendars(session) }
      })
      output.result(calendarJson(made, calendars), () => [`Added the calendar ${calendars.nameOf(made)}.`])
    },
  },
  {
    name: 'calendar set',
    usage: 'calendar set CALENDAR [--name N] [--colour #RRGGBB] [--visible on|off]',
    about: 'Rename a calendar, give it another colour, show or hide it',
    options: { name: { type: 'string' }, colour: { type: 'string' }, visible: { type: 'string' } },
    positionals: [1, 1],
    async run(options, output) {
      const [calendar = ''] = options.positionals
      const name = options.text('name')
      const colour = options.text('colour')?.toLowerCase()
      const visible = options.text('visible')
      if (visible !== undefined && visible !== 'on' && visible !== 'off')
        throw new UsageError('--visible takes on or off')
      if (colour !== undefined && !/^#[0-9a-f]{6}$/.test(colour))
        throw new UsageError('--colour takes #RRGGBB')
      const { changed, calendars } = await withSession(options, async session => {
        const { id } = (await loadCalendars(session)).find(calendar)
        const changed = await session.call('calendars.change', {
          calendarId: id,
          ...(name === undefined ? {} : { name }),
          ...(colour === undefined ? {} : { colour }),
          ...(visible === undefined ? {} : { isVisible: visible === 'on' }),
        })
        return { changed, calendars: await loadCalendars(session) }
      })
      output.result(calendarJson(changed, calendars), () => [`Changed ${calendars.nameOf(changed)}.`])
    },
  },
  {
    name: 'calendar remove',
    usage: 'calendar remove CALENDAR',
    about: 'Remove a calendar of this machine with all its events, or end a subscription',
    options: {},
    positionals: [1, 1],
    async run(options, output) {
      const [calendar = ''] = options.positionals
      const removed = await withSession(options, async session => {
        const { id, eventCount } = (await loadCalendars(session)).find(calendar)
        await session.call('calendars.remove', { calendarId: id })
        return { id, events: eventCount }
      })
      output.result(removed, () => [`Removed ${calendar} with ${removed.events} events.`])
    },
  },
  {
    name: 'calendar import',
    usage: 'calendar import FILE --into CALENDAR',
    about: 'Import an iCalendar file; an event that is there already becomes what the file has',
    options: { into: { type: 'string' } },
    positionals: [1, 1],
    async run(options, output) {
      const [path = ''] = options.positionals
      const into = options.required('into')
      const done = await withSession(options, async session => {
        const { id } = (await loadCalendars(session)).find(into)
        return session.call('calendars.import', { calendarId: id, path: resolve(path) })
      })
      output.result({ ...done, imported: done.added + done.changed }, () => [
        `Added ${done.added}, changed ${done.changed}, ${done.unchanged} were there already.`,
      ])
      for (const { title, reason } of done.notTaken)
        output.note(`Not imported: ${title || '(without a title)'} (${reasons[reason]})`)
      if (done.notTakenCount > 0) process.exitCode = 1
    },
  },
  {
    name: 'calendar export',
    usage: 'calendar export CALENDAR FILE',
    about: 'Export a calendar to an iCalendar file; never overwrites',
    options: {},
    positionals: [2, 2],
    async run(options, output) {
      const [calendar = '', path = ''] = options.positionals
      const done = await withSession(options, async session => {
        const { id } = (await loadCalendars(session)).find(calendar)
        return session.call('calendars.export', { calendarId: id, path: resolve(path) })
      })
      output.result(done, () => [`Exported ${done.exported} events to ${path}.`])
    },
  },
]
