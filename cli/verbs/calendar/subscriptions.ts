import type { CalendarSubscription } from '../../../shared/features/calendar/subscriptions/model'
import { longestMinutes, shortestMinutes } from '../../../shared/features/calendar/subscriptions/model'
import { asErrorCode } from '../../../shared/kit/result'
import type { Problem } from '../../../shared/kit/status'
import type { Arguments } from '../../kit/arguments'
import { UsageError } from '../../kit/exit'
import { readTextFile } from '../../kit/read-text-file'
import { routeFrom, routeOptions } from '../../kit/route-options'
import { withSession } from '../../kit/session'
import type { Verb } from '../../kit/verb'
import { errorWords } from '../../kit/words/error-words'
import { loadCalendars, type NamedCalendars } from './naming'

const askingOptions = {
  ...routeOptions,
  interval: { type: 'string' },
  follow: { type: 'string', multiple: true },
  ca: { type: 'string' },
} as const
const askingUsage =
  '[--interval PERIOD|auto] [--direct|--tor|--socks5 HOST:PORT [--login-file F]] [--follow HOST:PORT]… [--ca FILE]'

/** Minutes of `PT6H` or `P1D`; null for `auto`, which is as the calendar suggests. */
function minutesOf(text: string): number | null {
  if (text === 'auto') return null
  const [, weeks = 0, days = 0, hours = 0, minutes = 0] =
    /^P(?:(\d{1,3})W)?(?:(\d{1,3})D)?(?:T(?:(\d{1,4})H)?(?:(\d{1,5})M)?)?$/i.exec(text) ?? []
  const all = ((Number(weeks) * 7 + Number(days)) * 24 + Number(hours)) * 60 + Number(minutes)
  if (all < shortestMinutes || all > longestMinutes)
    throw new UsageError(`--interval takes "auto", or from PT${shortestMinutes}M to P30D: PT6H, P1D`)
  return all
}

const intervalFrom = (options: Arguments): number | null | undefined => {
  const text = options.text('interval')
  return text === undefined ? undefined : minutesOf(text)
}

const subscriptionJson = (each: CalendarSubscription, calendars: NamedCalendars) => ({
  calendar: calendars.nameOf({ id: each.calendarId }),
  ...each,
})

const problemWords = ({ code, params }: Problem): string => errorWords({ code: asErrorCode(code), params })

const when = (ms: number | null): string => (ms === null ? 'never' : new Date(ms).toISOString().slice(0, 16))

const subscriptionLine = (each: CalendarSubscription, calendars: NamedCalendars): string =>
  [
    `${String(each.calendarId).padStart(4)}  ${calendars.nameOf({ id: each.calendarId })}`,
    each.url,
    each.route.kind,
    `asked ${when(each.checkedAtMs)}`,
    ...(each.leftOut > 0 ? [`${each.leftOut} entries left out`] : []),
    ...(each.problem === null ? [] : [problemWords(each.problem)]),
  ].join('  ')

/** Calendars that are read from an address. */
export const subscriptionVerbs: readonly Verb[] = [
  {
    name: 'calendar subscribe',
    usage: `calendar subscribe URL [--name N] [--colour #RRGGBB] ${askingUsage}`,
    about:
      'Subscribe to a calendar that is published at an address (https or webcal). --follow agrees to a place that it leads to. "calendar remove" ends it',
    options: { ...askingOptions, name: { type: 'string' }, colour: { type: 'string' } },
    positionals: [1, 1],
    async run(options, output) {
      const [url = ''] = options.positionals
      const colour = options.text('colour')?.toLowerCase() ?? null
      if (colour !== null && !/^#[0-9a-f]{6}$/.test(colour)) throw new UsageError('--colour takes #RRGGBB')
      const intervalMinutes = intervalFrom(options) ?? null
      const route = (await routeFrom(options)) ?? { kind: 'direct' as const }
      const ca = options.text('ca')
      const caPem = ca === undefined ? null : await readTextFile(ca)
      const made = await withSession(options, async session => {
        const name = options.text('name') ?? null
        const follows = [...options.texts('follow')]
        const asked = { url, name, colour, intervalMinutes, route, follows, caPem }
        const { calendarId, outcome } = await session.call('subscriptions.add', asked)
        const calendars = await loadCalendars(session)
        const events = calendars.all.find(({ id }) => id === calendarId)?.eventCount ?? 0
        return { id: calendarId, name: calendars.nameOf({ id: calendarId }), outcome, events }
      })
      output.result(made, () => [
        made.outcome === 'waits'
          ? `Subscribed to ${made.name}. It is asked for when you are online.`
          : `Subscribed to ${made.name}: ${made.events} events.`,
      ])
    },
  },
  {
    name: 'calendar subscriptions',
    usage: 'calendar subscriptions',
    about: 'List the calendars that are read from an address, and what came of it',
    options: {},
    positionals: [0, 0],
    async run(options, output) {
      const { all, calendars } = await withSession(options, async session => ({
        all: await session.call('subscriptions.list', {}),
        calendars: await loadCalendars(session),
      }))
      output.result(
        all.map(each => subscriptionJson(each, calendars)),
        () => all.map(each => subscriptionLine(each, calendars)),
      )
    },
  },
  {
    name: 'calendar subscription set',
    usage: `calendar subscription set CALENDAR [--url URL] ${askingUsage}`,
    about: 'Change how a subscribed calendar is asked for',
    options: { ...askingOptions, url: { type: 'string' } },
    positionals: [1, 1],
    async run(options, output) {
      const [calendar = ''] = options.positionals
      const url = options.text('url')
      const intervalMinutes = intervalFrom(options)
      const route = await routeFrom(options)
      const follows = options.texts('follow')
      const ca = options.text('ca')
      const caPem = ca === undefined ? undefined : await readTextFile(ca)
      const changed = await withSession(options, async session => {
        const calendars = await loadCalendars(session)
        const { id } = calendars.find(calendar)
        await session.call('subscriptions.change', {
          calendarId: id,
          ...(url === undefined ? {} : { url }),
          ...(intervalMinutes === undefined ? {} : { intervalMinutes }),
          ...(route === null ? {} : { route }),
          ...(follows.length === 0 ? {} : { follows: [...follows] }),
          ...(caPem === undefined ? {} : { caPem }),
        })
        const now = (await session.call('subscriptions.list', {})).find(each => each.calendarId === id)
        return now === undefined ? null : subscriptionJson(now, calendars)
      })
      output.result(changed, () => [`Changed how ${calendar} is asked for.`])
    },
  },
  {
    name: 'calendar refresh',
    usage: 'calendar refresh [CALENDAR]',
    about: 'Ask now for a subscribed calendar, or for all of them',
    options: {},
    positionals: [0, 1],
    async run(options, output) {
      const [calendar] = options.positionals
      const { all, calendars } = await withSession(options, async session => {
        const named = await loadCalendars(session)
        const calendarId = calendar === undefined ? null : named.find(calendar).id
        return { all: await session.call('subscriptions.refresh', { calendarId }), calendars: named }
      })
      const named = all.map(each => ({ calendar: calendars.nameOf({ id: each.calendarId }), ...each }))
      output.result(named, () =>
        named.map(({ calendar: name, outcome, problem }) =>
          problem === null ? `${name}: ${outcome}` : `${name}: ${problemWords(problem)}`,
        ),
      )
      if (named.some(({ outcome }) => outcome === 'failed')) process.exitCode = 1
    },
  },
]
