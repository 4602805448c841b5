import type { EventFields } from '../model'
import type { QuickReading } from './read-quick'

/** Names without an address cannot be invited; they stay where people look for them. */
export function quickTitle({ title, people }: QuickReading, language: 'de' | 'en'): string {
  const names = people.filter(({ address }) => address === null).map(({ name }) => name)
  if (names.length === 0) return title
  const [withWord, and] = language === 'de' ? ['mit', 'und'] : ['with', 'and']
  const last = names.at(-1) ?? ''
  const list = names.length === 1 ? last : `${names.slice(0, -1).join(', ')} ${and} ${last}`
  return `${title} ${withWord} ${list}`.trim()
}

/** What a reading makes of an event. */
export function quickFields(reading: QuickReading, zone: string, language: 'de' | 'en'): EventFields {
  const own = reading.allDay ? null : (reading.zone ?? zone)
  return {
    title: quickTitle(reading, language),
    start: { at: reading.start, zone: own },
    end: { at: reading.end, zone: own },
    ...(reading.rule === null ? {} : { rule: reading.rule }),
    ...(reading.location === '' ? {} : { location: reading.location }),
    ...(reading.alarms.length === 0 ? {} : { alarms: [...reading.alarms] }),
    ...(reading.people.some(({ address }) => address !== null)
      ? {
          attendees: reading.people.flatMap(({ address, name }) =>
            address === null ? [] : [{ address, name }],
          ),
        }
      : {}),
  }
}
