import { answerFrom, answerOptions, saidWords, waitWords } from '../../kit/collection-waits'
import { withSession } from '../../kit/session'
import type { Verb } from '../../kit/verb'
import { loadBooks } from './named'

const kind = { thing: 'contact', collection: 'address book' } as const

/** What of address books on servers waits for somebody. */
export const contactWaitVerbs: readonly Verb[] = [
  {
    name: 'contacts waiting',
    usage: 'contacts waiting',
    about: 'What of address books on servers waits for you, or is to be known, and which answers it has',
    options: {},
    positionals: [0, 0],
    async run(options, output) {
      const { waits, books } = await withSession(options, async session => ({
        waits: await session.call('contacts.waits', {}),
        books: await loadBooks(session),
      }))
      const named = waits.map(each => ({ ...each, book: books.nameOf(each.bookId) }))
      output.result(named, () =>
        named.map(
          each =>
            `${each.id}  ${each.book}: ${waitWords({ ...each, object: each.contactId, title: each.name }, kind)}  [${each.answers.map(answer => `--${answer}`).join(' ')}]`,
        ),
      )
    },
  },
  {
    name: 'contacts answer',
    usage: 'contacts answer ID --remove|--put-back|--keep|--try-again|--give-up|--seen',
    about:
      'Answer what "contacts waiting" tells: --remove here too, --put-back on the server, --keep on this machine only, --try-again, --give-up what was changed here, or --seen',
    options: answerOptions,
    positionals: [1, 1],
    async run(options, output) {
      const { waitId, answer } = answerFrom(options)
      await withSession(options, session => session.call('contacts.answer', { waitId, answer }))
      output.result({ id: waitId, answer }, () => [saidWords(answer, kind, 'contacts sync')])
    },
  },
]
