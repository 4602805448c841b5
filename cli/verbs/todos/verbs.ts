import type { CalendarSummary, EventId } from '../../../shared/features/calendar/model'
import { readQuick } from '../../../shared/features/calendar/quick/read-quick'
import type { Todo, TodoFields } from '../../../shared/features/todos/model'
import { quickTodo } from '../../../shared/features/todos/quick-todo'
import type { Arguments } from '../../kit/arguments'
import { UsageError } from '../../kit/exit'
import { type Session, withSession } from '../../kit/session'
import type { Verb } from '../../kit/verb'
import { onTheWall } from '../../kit/words/wall-time'
import { eventIdOf, loadCalendars, type NamedCalendars, zoneOf } from '../calendar/naming'

const fieldOptions = {
  title: { type: 'string' },
  due: { type: 'string' },
  start: { type: 'string' },
  notes: { type: 'string' },
  priority: { type: 'string' },
  percent: { type: 'string' },
  rrule: { type: 'string' },
  alarm: { type: 'string', multiple: true },
  category: { type: 'string', multiple: true },
  parent: { type: 'string' },
  message: { type: 'string' },
  zone: { type: 'string' },
} as const

const fieldUsage =
  '[--due ISO] [--start ISO] [--notes T] [--priority 0-9] [--percent N] [--rrule R] [--alarm P]… [--category C]… [--parent ID] [--message MESSAGE-ID] [--zone IANA]'

const none = (text: string): boolean => text === '' || text === 'none'

/** A day alone, or a time in the zone; `none` for none. */
function whenOf(text: string, zone: string): TodoFields['due'] {
  if (none(text)) return null
  if (!text.includes('T')) return { at: onTheWall(text), zone: null }
  return text.endsWith('Z')
    ? { at: onTheWall(text.slice(0, -1)), zone: 'UTC' }
    : { at: onTheWall(text), zone }
}

function numberOf(options: Arguments, name: 'priority' | 'percent', highest: number): number | undefined {
  const text = options.text(name)
  if (text === undefined) return undefined
  const value = Number(text)
  if (!Number.isInteger(value) || value < 0 || value > highest)
    throw new UsageError(`--${name} takes 0 to ${highest}`)
  return value
}

/** What the options say of a to-do; what is not said stays as it is. */
function fieldsOf(options: Arguments): TodoFields {
  const zone = zoneOf(options)
  const text = (name: keyof typeof fieldOptions) => options.text(name)
  const [due, start, rule, parent, message] = [
    text('due'),
    text('start'),
    text('rrule'),
    text('parent'),
    text('message'),
  ]
  const [priority, percent] = [numberOf(options, 'priority', 9), numberOf(options, 'percent', 100)]
  const [title, notes] = [text('title'), text('notes')]
  const [alarms, categories] = [options.texts('alarm'), options.texts('category')]
  return {
    ...(title === undefined ? {} : { title }),
    ...(notes === undefined ? {} : { notes }),
    ...(due === undefined ? {} : { due: whenOf(due, zone) }),
    ...(start === undefined ? {} : { start: whenOf(start, zone) }),
    ...(priority === undefined ? {} : { priority }),
    ...(percent === undefined ? {} : { percent }),
    ...(rule === undefined ? {} : { rule: none(rule) ? null : rule }),
    ...(alarms.length === 0 ? {} : { alarms: alarms.filter(each => !none(each)) }),
    ...(categories.length === 0 ? {} : { categories: categories.filter(each => !none(each)) }),
    ...(parent === undefined ? {} : { parent: none(parent) ? null : eventIdOf(parent) }),
    ...(message === undefined ? {} : { message: none(message) ? null : message.replace(/^<|>$/g, '') }),
  }
}

const whenText = (when: Todo['due']): string | null => when && when.at

const json = (todo: Todo, calendars: NamedCalendars) => ({
  ...{ id: todo.id, uid: todo.uid, parent: todo.parent, title: todo.title, status: todo.status },
  ...{ due: whenText(todo.due), start: whenText(todo.start), zone: (todo.due ?? todo.start)?.zone ?? null },
  ...{ priority: todo.priority, percent: todo.percent, rrule: todo.rule, hasAlarm: todo.hasAlarm },
  completed: todo.doneMs === null ? null : new Date(todo.doneMs).toISOString(),
  message: todo.message,
  calendar: calendars.nameOf({ id: todo.calendarId }),
})

const line = (todo: ReturnType<typeof json>): string =>
  [
    String(todo.id).padStart(5),
    todo.status === 'done' || todo.status === 'cancelled' ? '[x]' : '[ ]',
    (todo.due ?? '').slice(0, 16).padEnd(16),
    `${todo.priority > 0 && todo.priority < 5 ? '! ' : ''}${todo.title || '(without a title)'}`,
    `[${todo.calendar}]`,
  ].join('  ')

const idsOf = (options: Arguments): EventId[] => options.positionals.map(eventIdOf)

/** The calendar that was named, or where to-dos go. */
async function calendarFor(
  session: Session,
  calendars: NamedCalendars,
  name: string | undefined,
): Promise<CalendarSummary> {
  if (name !== undefined) return calendars.find(name)
  const { calendarId } = await session.call('todos.usual', {})
  const usual = calendars.all.find(({ id }) => id === calendarId)
  if (usual === undefined)
    throw new UsageError('no calendar can be written to; add one with "calendar add-local"')
  return usual
}

/** In the order of the help text. */
export const todos: readonly Verb[] = [
  {
    name: 'todo list',
    usage: 'todo list [--calendar C] [--done|--all] [--zone IANA]',
    about: 'List to-dos that are open, those that are done, or all',
    options: {
      calendar: { type: 'string' },
      done: { type: 'boolean' },
      all: { type: 'boolean' },
      zone: { type: 'string' },
    },
    positionals: [0, 0],
    async run(options, output) {
      const { all, isCut } = await withSession(options, async session => {
        const calendars = await loadCalendars(session)
        const name = options.text('calendar')
        const calendarId = name === undefined ? null : calendars.find(name).id
        const { todos, isCut } = await session.call('todos.list', { zone: zoneOf(options), calendarId })
        const isOver = ({ status }: Todo) => status === 'done' || status === 'cancelled'
        const wanted = todos.filter(each => options.flag('all') || isOver(each) === options.flag('done'))
        const late = Number.POSITIVE_INFINITY
        if (!options.flag('done'))
          wanted.sort((left, right) => (left.dueMs ?? late) - (right.dueMs ?? late) || left.id - right.id)
        return { all: wanted.map(each => json(each, calendars)), isCut }
      })
      output.result(all, () => all.map(line))
      if (isCut) output.note('There are more than can be told at once: name a calendar.')
    },
  },
  {
    name: 'todo show',
    usage: 'todo show ID [--raw] [--zone IANA]',
    about: 'Show all of a to-do, or with --raw the object as it is kept',
    options: { raw: { type: 'boolean' }, zone: { type: 'string' } },
    positionals: [1, 1],
    async run(options, output) {
      const id = eventIdOf(options.positionals[0])
      if (options.flag('raw')) {
        const { text } = await withSession(options, session => session.call('events.source', { eventId: id }))
        output.result({ id, raw: text }, () => text.trimEnd().split(/\r?\n/))
        return
      }
      const all = await withSession(options, async session => {
        const detail = await session.call('todos.get', { id, zone: zoneOf(options) })
        const { notes, categories, alarms, message: name } = detail
        const message = name === null ? null : (await session.call('messages.named', { name })).message
        return {
          ...json(detail, await loadCalendars(session)),
          ...{ notes, categories, alarms, messageNumber: message?.messageId ?? null },
        }
      })
      output.result(all, () =>
        Object.entries(all)
          .filter(
            ([, value]) => value !== '' && value !== null && !(Array.isArray(value) && value.length === 0),
          )
          .map(([name, value]) => `${name}: ${typeof value === 'string' ? value : JSON.stringify(value)}`),
      )
    },
  },
  {
    name: 'todo add',
    usage: `todo add TITLE… [--calendar C] [--quick] [--title T] ${fieldUsage}`,
    about: 'Add a to-do; with --quick days, times, repeats and reminders are read of its title',
    options: { calendar: { type: 'string' }, quick: { type: 'boolean' }, ...fieldOptions },
    positionals: [0, 100],
    async run(options, output) {
      const zone = zoneOf(options)
      const text = options.positionals.join(' ').trim()
      const given = fieldsOf(options)
      const now = new Date().toLocaleString('sv-SE', { timeZone: zone }).slice(0, 16).replace(' ', 'T')
      const read = options.flag('quick')
        ? quickTodo(text, readQuick(text, { now, language: 'en' }), zone)
        : { title: text }
      const fields: TodoFields = { ...(text === '' ? {} : read), ...given }
      if ((fields.title ?? '') === '') throw new UsageError('a title is missing')
      const done = await withSession(options, async session => {
        const calendars = await loadCalendars(session)
        const { id } = await calendarFor(session, calendars, options.text('calendar'))
        return session.call('todos.add', { calendarId: id, fields })
      })
      output.result({ id: done.ids[0] ?? null, undoId: done.undoId }, () => [`Added ${fields.title}.`])
    },
  },
  {
    name: 'todo change',
    usage: `todo change ID [--title T] ${fieldUsage}`,
    about: 'Change a to-do; "none" takes a time, a rule, alarms, categories or what it is a part of away',
    options: fieldOptions,
    positionals: [1, 1],
    async run(options, output) {
      const id = eventIdOf(options.positionals[0])
      const fields = fieldsOf(options)
      if (Object.keys(fields).length === 0) throw new UsageError('nothing to change was named')
      const done = await withSession(options, session =>
        session.call('todos.change', { id, fields, zone: zoneOf(options) }),
      )
      output.result({ id, undoId: done.undoId }, () => ['Changed.'])
    },
  },
  {
    name: 'todo done',
    usage: 'todo done ID… [--open] [--zone IANA]',
    about:
      'Say of to-dos and their parts that they are done, or with --open that they are not; one that repeats goes on to its next time',
    options: { open: { type: 'boolean' }, zone: { type: 'string' } },
    positionals: [1, 1000],
    async run(options, output) {
      const isDone = !options.flag('open')
      const done = await withSession(options, session =>
        session.call('todos.done', { ids: idsOf(options), isDone, zone: zoneOf(options) }),
      )
      output.result(done, () => [isDone ? 'Done.' : 'Open.'])
      if (done.moved > 0) output.note(`${done.moved} of them repeat and went on to their next time.`)
    },
  },
  {
    name: 'todo move',
    usage: 'todo move ID… --into CALENDAR [--zone IANA]',
    about: 'Move to-dos with their parts into another calendar',
    options: { into: { type: 'string' }, zone: { type: 'string' } },
    positionals: [1, 1000],
    async run(options, output) {
      const into = options.required('into')
      const done = await withSession(options, async session => {
        const { id } = (await loadCalendars(session)).find(into)
        return session.call('todos.move', { ids: idsOf(options), calendarId: id, zone: zoneOf(options) })
      })
      output.result(done, () => [`Moved to ${into}.`])
    },
  },
  {
    name: 'todo delete',
    usage: 'todo delete ID…',
    about: 'Delete to-dos with their parts',
    options: {},
    positionals: [1, 1000],
    async run(options, output) {
      const done = await withSession(options, session =>
        session.call('todos.remove', { ids: idsOf(options) }),
      )
      output.result(done, () => ['Deleted.'])
    },
  },
]
