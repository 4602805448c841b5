import { freeTimes, type Stretch } from '../../../shared/features/calendar/free-times'
import type { Settings } from '../../../shared/kit/status'
import { UsageError } from '../../kit/exit'
import { loadFolders } from '../../kit/folders'
import { withSession } from '../../kit/session'
import type { Verb } from '../../kit/verb'
import { instantIn, inZone, zoneOf } from './naming'

const dayMs = 86_400_000

/** A length as iCalendar has it, in milliseconds. */
function lengthIn(text: string): number {
  const [, days, hours, minutes] = /^P(?:(\d{1,3})D)?(?:T(?:(\d{1,3})H)?(?:(\d{1,4})M)?)?$/.exec(text) ?? []
  const ms = Number(days ?? 0) * dayMs + Number(hours ?? 0) * 3_600_000 + Number(minutes ?? 0) * 60_000
  if (ms <= 0) throw new UsageError(`--find ${text} is no length; write it as PT1H or PT30M`)
  return ms
}

/** The working hours of the days from Monday to Friday, as a clock in the zone shows them. */
function workingHours(
  { startMs, endMs }: Stretch,
  zone: string,
  { from, until }: Settings['workHours'],
): Stretch[] {
  const two = (hour: number): string => String(hour).padStart(2, '0')
  const found: Stretch[] = []
  const first = Date.parse(`${inZone(startMs, zone).slice(0, 10)}T00:00Z`)
  for (let day = first; day < endMs + dayMs; day += dayMs) {
    const date = new Date(day)
    if ([0, 6].includes(date.getUTCDay())) continue
    const text = date.toISOString().slice(0, 10)
    const next = new Date(day + dayMs).toISOString().slice(0, 10)
    const window = {
      startMs: Math.max(startMs, instantIn(`${text}T${two(from)}:00`, zone)),
      endMs: Math.min(
        endMs,
        until === 24 ? instantIn(next, zone) : instantIn(`${text}T${two(until)}:00`, zone),
      ),
    }
    if (window.startMs < window.endMs) found.push(window)
  }
  return found
}

export const freeBusyVerbs: readonly Verb[] = [
  {
    name: 'calendar free-busy',
    usage:
      'calendar free-busy ADDRESS… --from ISO --to ISO [--find DURATION] [--most N] [--account A] [--zone IANA]',
    about:
      'Tell when people are busy: of your own addresses by your calendars, of others as the server of an account says. With --find also the first times of that length that suit all who are known, within your working hours from Monday to Friday',
    options: {
      from: { type: 'string' },
      to: { type: 'string' },
      account: { type: 'string' },
      find: { type: 'string' },
      most: { type: 'string' },
      zone: { type: 'string' },
    },
    positionals: [1, 100],
    async run(options, output) {
      const zone = zoneOf(options)
      const fromMs = instantIn(options.required('from'), zone)
      const toMs = instantIn(options.required('to'), zone)
      if (toMs <= fromMs) throw new UsageError('--to lies before --from')
      const name = options.text('account')
      const find = options.text('find')
      const lengthMs = find === undefined ? null : lengthIn(find)
      const most = options.count('most', 5, 100)
      const { answers, workHours } = await withSession(options, async session => {
        const accountId = name === undefined ? null : (await loadFolders(session)).account(name).id
        const addresses = [...options.positionals]
        const answers = await session.call('calendars.freeBusy', { accountId, addresses, fromMs, toMs, zone })
        return { answers, workHours: (await session.call('settings.get', {})).workHours }
      })
      const shown = ({ startMs, endMs }: Stretch) => ({
        start: inZone(startMs, zone),
        end: inZone(endMs, zone),
      })
      const told = answers.map(({ address, status, isKnown, busy }) => ({
        ...{ address, status, known: isKnown },
        busy: busy.map(each => ({ ...shown(each), kind: each.kind })),
      }))
      const windows = workingHours({ startMs: fromMs, endMs: toMs }, zone, workHours)
      const taken = answers.flatMap(({ busy }) => busy)
      const free = lengthMs === null ? [] : freeTimes(windows, taken, { lengthMs, fromMs, most }).map(shown)
      output.result(lengthMs === null ? told : { people: told, free }, () => [
        ...told.flatMap(({ address, status, known, busy }) =>
          known
            ? [
                `${address}: ${busy.length === 0 ? 'free all the time' : ''}`,
                ...busy.map(
                  ({ start, end, kind }) => `  ${start} to ${end}${kind === 'busy' ? '' : ` (${kind})`}`,
                ),
              ]
            : [`${address}: nothing is known${status === '' ? '' : ` (${status})`}`],
        ),
        ...(lengthMs === null
          ? []
          : free.length === 0
            ? ['No time suits all who are known.']
            : ['Suits all who are known:', ...free.map(({ start, end }) => `  ${start} to ${end}`)]),
      ])
    },
  },
]
