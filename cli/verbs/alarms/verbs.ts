import type { EventId } from '../../../shared/features/calendar/model'
import { UsageError } from '../../kit/exit'
import { type Session, withSession } from '../../kit/session'
import type { Verb } from '../../kit/verb'
import { eventIdOf, instantIn, zoneOf } from '../calendar/naming'

/** Ids as typed, or with --all those of everything that is due. */
async function idsOf(session: Session, texts: readonly string[], isAll: boolean): Promise<EventId[]> {
  if (isAll) return (await session.call('alarms.due', {})).alarms.map(({ id }) => id)
  if (texts.length === 0) throw new UsageError('name the ids that "alarm list" prints, or --all')
  return texts.map(eventIdOf)
}

/** A time to come: `15m`, `1h`, `2d`, or one as ISO. */
function untilOf(text: string, zone: string, nowMs: number): number {
  const length = /^(\d{1,5})(m|min|h|d)$/i.exec(text)
  if (length === null) return instantIn(text, zone)
  const unitMs = { m: 60_000, h: 3_600_000, d: 86_400_000 }[length[2]?.[0]?.toLowerCase() as 'm' | 'h' | 'd']
  return nowMs + Number(length[1]) * unitMs
}

/** In the order of the help text. */
export const alarms: readonly Verb[] = [
  {
    name: 'alarm list',
    usage: 'alarm list',
    about: 'List reminders of events and to-dos that are due and were not seen, the latest first',
    options: {},
    positionals: [0, 0],
    async run(options, output) {
      const { alarms: all, isCut } = await withSession(options, session => session.call('alarms.due', {}))
      const told = all.map(({ id, kind, title, location, triggerMs, at, refused, isOnlyHere }) => ({
        ...{ id, kind, title, location },
        due: new Date(triggerMs).toISOString(),
        start: at === null ? null : (at.days?.from ?? new Date(at.startMs).toISOString()),
        ...{ refused, isOnlyHere },
      }))
      output.result(told, () =>
        told.map(each =>
          [
            String(each.id).padStart(5),
            each.due.slice(0, 16),
            each.kind,
            `${each.title || '(without a title)'}${each.start === null ? '' : `, ${each.start.slice(0, 16)}`}`,
            ...(each.refused === null ? [] : [`asked for ${each.refused}, which is never done`]),
          ].join('  '),
        ),
      )
      if (isCut) output.note('There are more than can be told at once: dismiss some of them.')
    },
  },
  {
    name: 'alarm dismiss',
    usage: 'alarm dismiss ID…|--all',
    about: 'Say of reminders that they were seen, on every device',
    options: { all: { type: 'boolean' } },
    positionals: [0, 1000],
    async run(options, output) {
      const ids = await withSession(options, async session => {
        const ids = await idsOf(session, options.positionals, options.flag('all'))
        if (ids.length > 0) await session.call('alarms.dismiss', { ids })
        return ids
      })
      output.result({ ids }, () => ['Dismissed.'])
    },
  },
  {
    name: 'alarm snooze',
    usage: 'alarm snooze ID…|--all --until 15m|1h|2d|ISO [--zone IANA]',
    about: 'Put reminders off until later',
    options: { all: { type: 'boolean' }, until: { type: 'string' }, zone: { type: 'string' } },
    positionals: [0, 1000],
    async run(options, output) {
      const untilMs = untilOf(options.required('until'), zoneOf(options), Date.now())
      if (untilMs <= Date.now()) throw new UsageError('--until lies in the past')
      const ids = await withSession(options, async session => {
        const ids = await idsOf(session, options.positionals, options.flag('all'))
        if (ids.length > 0) await session.call('alarms.snooze', { ids, untilMs })
        return ids
      })
      output.result({ ids, until: new Date(untilMs).toISOString() }, () => [
        `Until ${new Date(untilMs).toISOString().slice(0, 16)}Z.`,
      ])
    },
  },
]
