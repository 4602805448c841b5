import type { ShownEvent } from '../model'

/** The language of the few words that go with an invitation or an answer. */
export type LetterLanguage = 'en' | 'de'

/** What a letter is about. */
export type LetterKind =
  | 'accepted'
  | 'tentative'
  | 'declined'
  | 'delegated'
  | 'counter'
  | 'counter-declined'
  | 'invitation'
  | 'update'
  | 'cancelled'
  | 'uninvited'

type Words = Readonly<Record<LetterKind, readonly [subject: string, sentence: string]>>

/** `{title}` and `{who}`: what it is about, and who writes. */
const words: Readonly<Record<LetterLanguage, Words>> = {
  en: {
    accepted: ['Accepted: {title}', '{who} has accepted the invitation to "{title}".'],
    tentative: ['Tentative: {title}', '{who} may come to "{title}".'],
    declined: ['Declined: {title}', '{who} has declined the invitation to "{title}".'],
    delegated: ['Delegated: {title}', '{who} has handed the invitation to "{title}" on to somebody else.'],
    counter: ['New time proposed: {title}', '{who} proposes another time for "{title}".'],
    'counter-declined': [
      'Not moved: {title}',
      '{who} does not take the time that you proposed for "{title}".',
    ],
    invitation: ['Invitation: {title}', '{who} invites you to "{title}".'],
    update: ['Changed: {title}', '{who} has changed "{title}".'],
    cancelled: ['Cancelled: {title}', '{who} has cancelled "{title}".'],
    uninvited: ['Cancelled: {title}', '{who} has taken back the invitation to "{title}".'],
  },
  de: {
    accepted: ['Zugesagt: {title}', '{who} hat die Einladung zu „{title}“ angenommen.'],
    tentative: ['Mit Vorbehalt: {title}', '{who} kommt vielleicht zu „{title}“.'],
    declined: ['Abgesagt: {title}', '{who} hat die Einladung zu „{title}“ abgelehnt.'],
    delegated: [
      'Weitergegeben: {title}',
      '{who} hat die Einladung zu „{title}“ an jemand anderen weitergegeben.',
    ],
    counter: ['Andere Zeit: {title}', '{who} schlägt für „{title}“ eine andere Zeit vor.'],
    'counter-declined': [
      'Nicht verschoben: {title}',
      '{who} übernimmt die vorgeschlagene Zeit für „{title}“ nicht.',
    ],
    invitation: ['Einladung: {title}', '{who} lädt zu „{title}“ ein.'],
    update: ['Geändert: {title}', '{who} hat „{title}“ geändert.'],
    cancelled: ['Fällt aus: {title}', '{who} hat „{title}“ abgesagt.'],
    uninvited: ['Ausgeladen: {title}', '{who} hat die Einladung zu „{title}“ zurückgenommen.'],
  },
}

const labels = {
  en: { when: 'When', where: 'Where', untitled: 'an event' },
  de: { when: 'Wann', where: 'Wo', untitled: 'ein Termin' },
} as const

/** A clock in a zone, to the minute. Digits only: words of dates differ from one machine to the next. */
function wallOf(ms: number, zone: string): string {
  const parts = new Intl.DateTimeFormat('en-CA', {
    ...{ timeZone: zone, hourCycle: 'h23', year: 'numeric', month: '2-digit', day: '2-digit' },
    ...{ hour: '2-digit', minute: '2-digit' },
  }).formatToParts(ms)
  const part = (type: string): string => parts.find(each => each.type === type)?.value ?? ''
  return `${part('year')}-${part('month')}-${part('day')} ${part('hour')}:${part('minute')}`
}

function isZone(name: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: name })
    return true
  } catch {
    return false
  }
}

const dayMs = 86_400_000

/** When an event takes place, in its own zone: nothing of the machine is in it. */
function whenOf({ days, startMs, endMs, zone }: ShownEvent): string {
  if (days) {
    const last = new Date(Date.parse(days.to) - dayMs).toISOString().slice(0, 10)
    return last === days.from ? days.from : `${days.from} – ${last}`
  }
  const own = zone !== null && isZone(zone) ? zone : 'UTC'
  const [from, to] = [wallOf(startMs, own), wallOf(endMs, own)]
  const end = from.slice(0, 10) === to.slice(0, 10) ? to.slice(11) : to
  return `${from}${startMs === endMs ? '' : ` – ${end}`} (${own})`
}

/** Subject and text of a letter. */
export function letterOf(
  kind: LetterKind,
  language: LetterLanguage,
  about: { title: string; who: string; event: ShownEvent | null; comment: string },
): { subject: string; text: string } {
  const label = labels[language]
  const title = about.title.replace(/\s+/g, ' ').trim().slice(0, 300) || label.untitled
  const filled = (text: string): string =>
    text.replace(/\{(title|who)\}/g, (_, name: string) => (name === 'title' ? title : about.who))
  const [subject, sentence] = words[language][kind]
  const { event } = about
  const facts = event
    ? [
        `${label.when}: ${whenOf(event)}`,
        ...(event.location === ''
          ? []
          : [`${label.where}: ${event.location.replace(/\s+/g, ' ').slice(0, 500)}`]),
      ]
    : []
  const blocks = [filled(sentence), facts.join('\n'), about.comment.trim()].filter(each => each !== '')
  return { subject: filled(subject), text: `${blocks.join('\n\n')}\n` }
}
