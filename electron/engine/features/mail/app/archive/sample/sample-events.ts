import type { EventFields } from '../../../../../../../shared/features/calendar/model'

const dayMs = 86_400_000
const isoDay = (ms: number): string => new Date(ms).toISOString().slice(0, 10)
/** The first of that day of the week (0: Sunday) at or after a moment. */
const next = (weekday: number, fromMs: number): number =>
  fromMs + ((weekday - new Date(fromMs).getUTCDay() + 7) % 7) * dayMs

/** A few events around today, in the sample's two languages: of people and things that its mail speaks of. No reminders: nothing of it may ring. */
export function sampleEvents(nowMs: number): readonly EventFields[] {
  const at = (ms: number, time: string, zone: string | null = null) => ({
    at: `${isoDay(ms)}T${time}`,
    zone,
  })
  const day = (ms: number) => ({ at: isoDay(ms), zone: null })
  const thursday = next(4, nowMs + dayMs)
  const saturday = next(6, nowMs + 2 * dayMs)
  const journey = nowMs + 12 * dayMs
  return [
    {
      title: 'Chorprobe',
      start: at(next(2, nowMs - 28 * dayMs), '19:30'),
      duration: 'PT2H',
      rule: 'FREQ=WEEKLY',
      location: 'Gemeindesaal Lindenau',
    },
    {
      title: 'Tischlerei Brandt: Aufmaß für das Regal',
      start: at(nowMs, '11:00'),
      duration: 'PT1H',
      location: 'zu Hause',
      description: 'Eiche geölt, 2,40 m × 2,65 m. Nach der Leiter fragen.',
    },
    {
      title: 'Lunch with Tom',
      start: at(nowMs + dayMs, '12:30'),
      duration: 'PT1H15M',
      location: 'Lucia',
      description: 'Bring the photograph of the lake.',
    },
    {
      title: 'Gießplan für den Mai',
      start: at(nowMs + 2 * dayMs, '17:00', 'Europe/Berlin'),
      duration: 'PT45M',
      location: 'Gemeinschaftsgarten, am Tor',
      attendees: [
        { address: 'yusuf.demir@example.net', name: 'Yusuf Demir' },
        { address: 'lena.hartmann@example.com', name: 'Lena Hartmann' },
      ],
    },
    {
      title: 'Call with Misaki about the room',
      start: at(nowMs + 3 * dayMs, '17:30', 'Asia/Tokyo'),
      duration: 'PT30M',
    },
    { title: 'Hofreinigung', start: day(thursday), isTransparent: true },
    {
      title: 'Papa wird 60',
      start: at(saturday, '15:00'),
      duration: 'PT6H',
      location: 'Alte Mühle 3',
      description: 'Kuchen mitbringen, gute Schuhe, ein Instrument.',
    },
    {
      title: 'Kyoto',
      start: day(journey),
      end: day(journey + 4 * dayMs),
      location: '京都',
      isTransparent: true,
    },
  ]
}

/** Who invites to those that have guests: the person whose mailbox this is. */
export const sampleOrganizer = { address: 'marlene.winter@example.org', name: 'Marlene Winter' }
