import { quickFields } from '../../../shared/features/calendar/quick/quick-fields'
import { readQuick } from '../../../shared/features/calendar/quick/read-quick'
import { UsageError } from '../../kit/exit'
import { withSession } from '../../kit/session'
import type { Verb } from '../../kit/verb'
import { inZone, loadCalendars, zoneOf } from './naming'
import { failWhereUnsent, mailLines, mailsOf, ownLanguage, telling, tellingUsage, tellsOf } from './telling'

export const quickVerbs: readonly Verb[] = [
  {
    name: 'calendar quick',
    usage: `calendar quick TEXT [--calendar C] [--zone IANA] [--dry-run] [--send] ${tellingUsage}`,
    about:
      'Add an event as people write it, German or English: "Zahnarzt morgen 14:30 1h", "lunch with Eva Friday noon at Lucia"; --dry-run only says what was understood. People whose address stands in it become guests; they are sent invitations with --send alone, else "calendar send-invitations ID --all" tells them',
    options: {
      calendar: { type: 'string' },
      ...telling,
      send: { type: 'boolean' },
      zone: { type: 'string' },
      'dry-run': { type: 'boolean' },
    },
    positionals: [1, 100],
    async run(options, output) {
      const language = options.text('language') ?? ownLanguage()
      if (language !== 'de' && language !== 'en') throw new UsageError('--language takes de or en')
      const zone = zoneOf(options)
      const text = options.positionals.join(' ')
      if (text.trim() === '') throw new UsageError('there is nothing to read')
      const reading = readQuick(text, { now: inZone(Date.now(), zone).slice(0, 16), language })
      const fields = quickFields(reading, zone, language)
      // What is read out of a line can be read wrongly, and a mail cannot be taken back: it goes when it is asked for.
      const tells = options.flag('send') ? tellsOf(options) : null
      const lines = () => [
        `${reading.start} to ${reading.end}${reading.allDay ? ' (all day)' : ` ${reading.zone ?? zone}`}`,
        `title: ${fields.title}`,
        ...(reading.rule === null ? [] : [`repeats: ${reading.rule}`]),
        ...(reading.location === '' ? [] : [`place: ${reading.location}`]),
        ...reading.people.map(({ name, address }) =>
          address === null
            ? `with: ${name} (in the title; not invited, since no address is named)`
            : `with: ${address} (${tells === null ? 'is not told; --send does' : 'is sent an invitation'})`,
        ),
        ...(reading.calendar === null ? [] : [`calendar: ${reading.calendar}`]),
        ...reading.alarms.map(each => `reminder: ${each} before`),
      ]
      const { tokens, ...read } = reading
      const understood = tokens.map(({ from, to, kind }) => ({ kind, text: text.slice(from, to) }))
      const shown = { ...read, zone: reading.allDay ? null : (reading.zone ?? zone), tokens: understood }
      if (options.flag('dry-run')) {
        output.result(shown, lines)
        return
      }
      const done = await withSession(options, async session => {
        const calendars = await loadCalendars(session)
        const wanted = options.text('calendar') ?? reading.calendar
        const calendar =
          wanted === null ? calendars.all.find(each => !each.isReadOnly) : calendars.find(wanted)
        if (calendar === undefined) throw new UsageError('there is no calendar to add it to')
        return session.call('events.add', { calendarId: calendar.id, fields, tells })
      })
      const [id = null] = done.eventIds
      const mails = mailsOf(done)
      const untold = tells === null ? (fields.attendees ?? []).map(({ address }) => address) : []
      output.result({ id, undoId: done.undoId, ...shown, mails, untold }, () => [
        'Added:',
        ...lines(),
        ...mailLines(mails),
      ])
      if (untold.length > 0)
        output.note(
          `Nobody was told yet: calendar send-invitations ${id} --all sends ${untold.join(', ')} the invitation.`,
        )
      failWhereUnsent(mails)
    },
  },
]
