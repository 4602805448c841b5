import { foldText, spelledOut } from '../../kit/fold-text'

/** Where one search looks. */
const findPlaces = ['mail', 'calendar', 'contacts', 'todos', 'chat'] as const
type FindPlace = (typeof findPlaces)[number]

/** One thing that must, or must not, occur: the folded forms of it, of which one is enough. */
export type FindTerm = Readonly<{ forms: readonly string[]; wanted: boolean }>

/** A search as it is understood by what is not mail. */
export type FindReading = Readonly<{
  places: readonly FindPlace[]
  /** Whether the person named them. */
  arePlacesNamed: boolean
  terms: readonly FindTerm[]
  /** Days, the last one included, as 2026-03-12; null where none are asked for. */
  when: Readonly<{ first: string; last: string }> | null
  /** What mail is searched for: the same without the names of places, and with `when:` as mail says it. Null where mail is not searched. */
  mail: string | null
}>

const placeWords: Readonly<Record<FindPlace, readonly string[]>> = {
  mail: ['mail', 'email', 'e-mail', 'messages', 'nachrichten', 'post'],
  calendar: ['calendar', 'kalender', 'events', 'termine'],
  contacts: ['contacts', 'kontakte', 'people', 'personen'],
  todos: ['todos', 'todo', 'to-dos', 'tasks', 'aufgaben'],
  chat: ['chat', 'chats', 'conversations', 'unterhaltungen', 'gesprache'],
}
const placeOf = (word: string): FindPlace | undefined =>
  findPlaces.find(place => placeWords[place].includes(foldText(word)))

/** What only mail understands: who asks for it asks for mail. */
const mailOnly =
  /^-?(from|von|sender|absender|to|an|cc|kopie|bcc|blindkopie|recipients?|empf(ä|ae|a)nger|subject|betreff|body|inhalt|filename|datei(name)?|is|ist|has|hat|before|older|vor|after|since|newer|nach|seit|ab|on|am|date|datum):./iu

const most = 40
const piece = /(-?)(?:([\p{L}]+):)?(?:"([^"]*)"?|(\S+))/gu

const dayMs = 86_400_000
const iso = (ms: number): string => new Date(ms).toISOString().slice(0, 10)
const isDay = (text: string): boolean => {
  const ms = Date.parse(text)
  return !Number.isNaN(ms) && iso(ms) === text
}

/** A day, a month or a year: 2026, 2026-03, 2026-03-12, 12.3.2026, 12.3., today, morgen … Null for anything else. */
export function readDays(text: string, today: string): { first: string; last: string } | null {
  const folded = foldText(text.trim())
  const at = (days: number) => iso(Date.parse(today) + days * dayMs)
  const span = (first: number, last: number) => ({ first: at(first), last: at(last) })
  const named: Readonly<Record<string, () => { first: string; last: string }>> = {
    today: () => span(0, 0),
    heute: () => span(0, 0),
    tomorrow: () => span(1, 1),
    morgen: () => span(1, 1),
    yesterday: () => span(-1, -1),
    gestern: () => span(-1, -1),
    week: () => span(0, 6),
    woche: () => span(0, 6),
    month: () => span(0, 30),
    monat: () => span(0, 30),
  }
  if (Object.hasOwn(named, folded)) return named[folded]?.() ?? null
  const year = /^(\d{4})$/.exec(folded)
  if (year) return { first: `${year[1]}-01-01`, last: `${year[1]}-12-31` }
  const month = /^(\d{4})-(\d\d)$/.exec(folded)
  if (month) {
    const first = `${month[1]}-${month[2]}-01`
    if (!isDay(first)) return null
    return { first, last: iso(Date.UTC(Number(month[1]), Number(month[2]), 0)) }
  }
  const german = /^(\d{1,2})\.(\d{1,2})\.(\d{4})?$/.exec(folded)
  const day = german
    ? `${german[3] ?? today.slice(0, 4)}-${(german[2] ?? '').padStart(2, '0')}-${(german[1] ?? '').padStart(2, '0')}`
    : folded
  return /^\d{4}-\d\d-\d\d$/.test(day) && isDay(day) ? { first: day, last: day } : null
}

function readWhen(text: string, today: string): FindReading['when'] {
  const [from = '', to] = text.split('..')
  if (to === undefined) return readDays(from, today)
  const [first, last] = [from === '' ? null : readDays(from, today), to === '' ? null : readDays(to, today)]
  if ((from !== '' && first === null) || (to !== '' && last === null)) return null
  return { first: first?.first ?? '0001-01-01', last: last?.last ?? '9999-12-31' }
}

/** A word in the forms that it is written in: "Müller" is "muller" and "mueller". */
const formsOf = (text: string): string[] => {
  const folded = foldText(text).replace(/\s+/gu, ' ').trim()
  const long = spelledOut(text)
  return [...new Set(long === null ? [folded] : [folded, long.replace(/\s+/gu, ' ').trim()])].filter(
    each => each !== '',
  )
}

/**
 * Reads what a person typed into the one search: words that must all occur, anywhere in a word, "phrases", -without, `in:` calendar, contacts,
 * todos, chat or mail, and `when:` a day, a month, a year or a span of them (2026-03-01..2026-03-15). Never throws. `today`: as 2026-03-12.
 */
export function readFind(text: string, today: string): FindReading {
  const places = new Set<FindPlace>()
  const terms: FindTerm[] = []
  const mail: string[] = []
  let when: FindReading['when'] = null
  let isMailOnly = false
  const plain = text.replaceAll('\0', ' ').replace(/[„“”«»‟]/gu, '"')
  for (const [whole, minus, operator, phrase, word] of [...plain.matchAll(piece)].slice(0, most)) {
    const name = foldText(operator ?? '')
    const value = phrase ?? word ?? ''
    if (name === 'in' || name === 'im') {
      const place = placeOf(value)
      if (place !== undefined) {
        places.add(place)
        continue
      }
    }
    if (name === 'when' || name === 'wann') {
      const days = readWhen(value, today)
      if (days !== null) {
        when = days
        mail.push(`on:${days.first}..${days.last}`)
        continue
      }
    }
    if (mailOnly.test(whole)) isMailOnly = true
    mail.push(whole)
    const asked = (name === '' ? value : whole.replace(/^-/, '')).replaceAll('*', ' ')
    const forms = formsOf(asked)
    if (forms.length > 0) terms.push({ forms, wanted: minus !== '-' })
  }
  const arePlacesNamed = places.size > 0
  const looked = arePlacesNamed ? [...places] : isMailOnly ? (['mail'] as const) : findPlaces
  return {
    places: looked,
    arePlacesNamed,
    terms,
    when,
    mail: looked.includes('mail') ? mail.join(' ') : null,
  }
}
