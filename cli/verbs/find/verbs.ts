import { withSession } from '../../kit/session'
import type { Verb } from '../../kit/verb'
import { printFound } from '../../kit/words/found-things'
import { zoneOf } from '../calendar/naming'

/** In the order of the help text. */
export const find: readonly Verb[] = [
  {
    name: 'find',
    usage: 'find QUERY… [--limit N] [--zone IANA]',
    about:
      'Find events, people, to-dos and what was said in chat as "search" finds mail: words anywhere in a word, "phrases", -without, in:calendar, in:contacts, in:todos, in:chat, when:2026-03, when:12.3.2026, when:2026-03-01..2026-03-15, when:today',
    options: { limit: { type: 'string' }, zone: { type: 'string' } },
    positionals: [1, 500],
    takesDashedWords: true,
    async run(options, output) {
      const text = options.positionals.join(' ').slice(0, 1000)
      const limit = options.count('limit', 50, 1000)
      const found = await withSession(options, session =>
        session.call('find.query', { text, zone: zoneOf(options), limit }),
      )
      printFound(output, found)
    },
  },
]
