import { endsUnspaced, segmented } from './search-text'

/**
 * One thing that must, or must not, occur. `match`: an FTS5 expression made only of quoted strings.
 * `where`: in the header index, the body index, or either.
 */
export type SearchTerm = Readonly<{ match: string; where: 'header' | 'body' | 'anywhere'; wanted: boolean }>

/** A search as understood. Filters are null where nothing was asked. */
export type SearchQuery = Readonly<{
  terms: readonly SearchTerm[]
  unread: boolean | null
  flagged: boolean | null
  answered: boolean | null
  attachment: boolean | null
  afterMs: number | null
  beforeMs: number | null
}>

type Filters = { -readonly [K in Exclude<keyof SearchQuery, 'terms'>]: SearchQuery[K] }

const columnOf: Readonly<Record<string, string>> = {
  from: 'sender',
  von: 'sender',
  to: 'recipients',
  an: 'recipients',
  cc: 'recipients',
  subject: 'subject',
  betreff: 'subject',
  body: 'body',
  filename: 'attachments',
  datei: 'attachments',
}

const states: Readonly<Record<string, Partial<Filters>>> = {
  unread: { unread: true },
  unseen: { unread: true },
  ungelesen: { unread: true },
  read: { unread: false },
  seen: { unread: false },
  gelesen: { unread: false },
  flagged: { flagged: true },
  starred: { flagged: true },
  markiert: { flagged: true },
  unflagged: { flagged: false },
  answered: { answered: true },
  beantwortet: { answered: true },
}

/** -, an operator, then a quoted phrase or a word. */
const term = /(-?)(?:([\p{L}]+):)?(?:"([^"]*)"?|(\S+))/gu
/** More terms than anyone types; the rest is left out. */
const termsPerQuery = 40
const wordCharacter = /[\p{L}\p{N}\p{Co}]/u

/**
 * Reads what a user typed: words (all must occur, the last one may be unfinished), "phrases", -without,
 * from: to: subject: filename: is:unread is:flagged has:attachment before:2026-03 after:2025. What looks like
 * an operator and is none is searched as text. Never throws, and never lets the text reach FTS5's grammar.
 */
export function parseSearch(text: string): SearchQuery {
  const filters: Filters = {
    unread: null,
    flagged: null,
    answered: null,
    attachment: null,
    afterMs: null,
    beforeMs: null,
  }
  const terms: SearchTerm[] = []
  const found = [...text.replaceAll('\0', ' ').matchAll(term)].slice(0, termsPerQuery)

  found.forEach(([whole, minus, operator, phrase, word], position) => {
    const name = operator?.toLowerCase() ?? ''
    const value = phrase ?? word ?? ''
    if (name !== '' && readFilter(filters, name, value)) return
    const column = Object.hasOwn(columnOf, name) ? columnOf[name] : undefined
    // An unknown operator is text: "http://...", "Re:", "10:30".
    const searched =
      name === '' || column !== undefined ? value : whole.replace(/^-/, '').replaceAll('"', ' ')
    if (!wordCharacter.test(searched)) return
    const unfinished = position === found.length - 1 && phrase === undefined && !text.endsWith(' ')
    const quoted = quotedMatch(searched, unfinished)
    const where =
      column === undefined ? 'anywhere' : column === 'body' || column === 'attachments' ? 'body' : 'header'
    terms.push({
      match: column === undefined ? quoted : `${column} : ${quoted}`,
      where,
      wanted: minus !== '-',
    })
  })
  return { terms, ...filters }
}

/** The words in a row, as one quoted string in which nothing is grammar; a star when the last word may go on. */
function quotedMatch(text: string, unfinished: boolean): string {
  const quoted = `"${segmented(text).replaceAll('"', '""').trim()}"`
  return unfinished && text.length > 1 && !endsUnspaced(text) ? `${quoted} *` : quoted
}

function readFilter(filters: Filters, name: string, value: string): boolean {
  const lower = value.toLowerCase()
  if (name === 'is' || name === 'ist') {
    if (!Object.hasOwn(states, lower)) return false
    Object.assign(filters, states[lower])
    return true
  }
  if (name === 'has' || name === 'hat') {
    if (!/^(attachments?|anhang|anhänge)$/.test(lower)) return false
    filters.attachment = true
    return true
  }
  const after = ['after', 'since', 'nach', 'seit'].includes(name)
  if (!after && !['before', 'vor'].includes(name)) return false
  const day = dayOf(value)
  if (day === null) return false
  if (after) filters.afterMs = day
  else filters.beforeMs = day
  return true
}

/** 2026, 2026-03, 2026-03-09 or 9.3.2026: the first instant of it, UTC. */
function dayOf(value: string): number | null {
  const iso = /^(\d{4})(?:-(\d{1,2}))?(?:-(\d{1,2}))?$/.exec(value)
  const german = /^(\d{1,2})\.(\d{1,2})\.(\d{4})$/.exec(value)
  const [year, month, day] = german ? [german[3], german[2], german[1]] : iso ? iso.slice(1) : []
  if (year === undefined) return null
  const ms = Date.UTC(Number(year), Number(month ?? 1) - 1, Number(day ?? 1))
  return Number.isNaN(ms) ? null : ms
}
