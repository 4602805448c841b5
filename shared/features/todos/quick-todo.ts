import { type QuickReading, withoutLeftOver } from '../calendar/quick/read-quick'
import type { TodoFields } from './model'

/** How much it matters: `!` to `!!!`. A `!` with a number is a reminder, and was taken before. */
const mark = /(?:^|\s)(!{1,3})(?=\s|$)/u
const priorities = { '!': 5, '!!': 3, '!!!': 1 } as const

/** What is taken out of a title: where and with whom stay, since a to-do has neither. */
const taken = new Set(['calendar', 'alarm', 'repeat', 'date', 'time', 'zone'])
const saysWhen = new Set(['repeat', 'date', 'time'])

function titleOf(text: string, { tokens }: QuickReading): string {
  let title = ''
  let at = 0
  const pieces: string[] = []
  for (const { from, to, kind } of tokens) {
    if (!taken.has(kind) || from < at) continue
    pieces.push(text.slice(at, from))
    at = to
  }
  pieces.push(text.slice(at))
  title = pieces
    .map(piece => withoutLeftOver(piece))
    .filter(piece => piece !== '')
    .join(' ')
  return title.replace(/^["„“«](.*)["“”»]$/u, '$1')
}

/**
 * What the reading of one line makes of a to-do: it is due when an event would begin, and without a word of when it has no time.
 * `text`: the line that was read.
 */
export function quickTodo(text: string, reading: QuickReading, zone: string): TodoFields {
  const title = titleOf(text.slice(0, 1000), reading)
  const found = mark.exec(title)?.[1] as keyof typeof priorities | undefined
  const hasWhen = reading.tokens.some(({ kind }) => saysWhen.has(kind))
  const due = { at: reading.start, zone: reading.allDay ? null : (reading.zone ?? zone) }
  return {
    title: title.replace(mark, ' ').replace(/\s+/gu, ' ').trim(),
    ...(found === undefined ? {} : { priority: priorities[found] }),
    ...(hasWhen ? { due } : {}),
    ...(reading.rule === null ? {} : { rule: reading.rule }),
    ...(reading.alarms.length === 0 || !hasWhen ? {} : { alarms: [...reading.alarms] }),
  }
}
