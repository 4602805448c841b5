import type { EventInstance } from '../../../../../shared/features/calendar/model'
import { readFind } from '../../../../../shared/features/find/read-find'
import type { Needs } from '../../../ports/parts'
import type { UseCases } from '../../../ports/use-cases'

type Context = Needs<'clock' | 'todoFormat' | 'chatFinder', 'calendars' | 'contacts'>

const dayMs = 86_400_000

/** The day that the clock of a zone shows; of a name that is no zone UTC's. */
function dayIn(zone: string, ms: number): string {
  try {
    return new Intl.DateTimeFormat('sv-SE', { dateStyle: 'short', timeZone: zone }).format(ms)
  } catch {
    return new Date(ms).toISOString().slice(0, 10)
  }
}

/** Events, people, to-dos and chat for what was typed into the one search. */
export const findUseCases = ({
  store,
  clock,
  todoFormat,
  chatFinder,
}: Context): Pick<UseCases, 'find.query'> => ({
  'find.query': ({ text, zone, limit }) => {
    const { places, arePlacesNamed, terms, when } = readFind(text, dayIn(zone, clock.now()))
    const isAsked = terms.some(({ wanted }) => wanted) || when !== null
    const looksIn = (place: (typeof places)[number]) => isAsked && places.includes(place)
    const within = (day: string): boolean => when === null || (day >= when.first && day <= when.last)

    let events: EventInstance[] = []
    if (looksIn('calendar')) {
      const ids = terms.length === 0 ? null : new Set(store.calendars.findIds(terms, 'VEVENT'))
      if (when === null) events = [...store.calendars.firstOf([...(ids ?? [])].slice(0, limit + 1), zone)]
      else if (ids === null || ids.size > 0) {
        // A day more on both sides: where it begins is told by the clock of the zone.
        const fromMs = Math.max(Date.parse(when.first) - dayMs, -6e13)
        const toMs = Math.min(Date.parse(when.last) + 2 * dayMs, 2.5e14)
        const told = new Set<number>()
        for (const event of store.calendars.between({ fromMs, toMs, zone, calendarIds: null }).events) {
          const first = event.days?.from ?? dayIn(zone, event.startMs)
          const last = event.days
            ? iso(Date.parse(event.days.to) - dayMs)
            : dayIn(zone, Math.max(event.startMs, event.endMs - 1))
          const isWithin = first <= when.last && last >= when.first
          if (!isWithin || told.has(event.id) || (ids !== null && !ids.has(event.id))) continue
          told.add(event.id)
          events.push(event)
          if (events.length > limit) break
        }
      }
    }

    const words = terms.filter(({ wanted }) => wanted).map(({ forms }) => forms[0] ?? '')
    const isPlain = terms.every(({ wanted }) => wanted)
    const contacts =
      looksIn('contacts') && when === null && isPlain
        ? [...store.contacts.find(words.join(' '), limit + 1)]
        : []

    const todoIds =
      looksIn('todos') && terms.length > 0 ? new Set<number>(store.calendars.findIds(terms, 'VTODO')) : null
    const todos = looksIn('todos')
      ? store.calendars
          .todos(null)
          .filter(({ id, facts }) => {
            if (todoIds !== null && !todoIds.has(id)) return false
            const at = facts.due ?? facts.start
            return when === null || (at !== null && within(at.at.slice(0, 10)))
          })
          .sort(
            (left, right) =>
              Number(isOver(left.facts.status)) - Number(isOver(right.facts.status)) || right.id - left.id,
          )
          .slice(0, limit + 1)
          .map(({ id, calendarId, facts: { parentUid: _, ...facts } }) => ({
            ...facts,
            ...{ id, calendarId, parent: null },
            dueMs: facts.due && todoFormat.instant(facts.due, zone),
            startMs: facts.start && todoFormat.instant(facts.start, zone),
          }))
      : []
    // What was said on a day is asked for by name, or found by a word of it.
    const isChatAsked = looksIn('chat') && (terms.length > 0 || arePlacesNamed)
    const days = when && {
      fromMs: Date.parse(when.first) - dayMs,
      toMs: Date.parse(when.last) + 2 * dayMs,
      isIn: (atMs: number) => within(dayIn(zone, atMs)),
    }
    const chats = isChatAsked ? chatFinder.find({ terms, within: days, limit: limit + 1 }) : []
    return {
      events: events.slice(0, limit),
      contacts: contacts.slice(0, limit),
      todos: todos.slice(0, limit),
      chats: chats.slice(0, limit),
      isCut: [events, contacts, todos, chats].some(all => all.length > limit),
    }
  },
})

const iso = (ms: number): string => new Date(ms).toISOString().slice(0, 10)
const isOver = (status: string): boolean => status === 'done' || status === 'cancelled'
