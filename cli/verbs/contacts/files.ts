import { resolve } from 'node:path'
import { type ImportColumn, type ImportField, importFields } from '../../../shared/features/contacts/import'
import { UsageError } from '../../kit/exit'
import { type Session, withSession } from '../../kit/session'
import type { Verb } from '../../kit/verb'
import { bookNamed } from './named'

/** `COLUMN=FIELD` … on top of what the names of the columns say; `COLUMN=` leaves a column out. */
function mappingOf(
  columns: readonly ImportColumn[],
  texts: readonly string[],
): (ImportField | null)[] | null {
  if (texts.length === 0) return null
  const mapping = columns.map(({ field }) => field)
  for (const text of texts) {
    const at = text.lastIndexOf('=')
    const [column, field] = [text.slice(0, at).toLowerCase(), text.slice(at + 1)]
    const place = columns.findIndex(({ name }) => name.toLowerCase() === column)
    if (at < 1 || place === -1)
      throw new UsageError(`"${text}" is not COLUMN=FIELD with a column of the file; --preview lists them`)
    const known = importFields.find(name => name === field) as ImportField | undefined
    if (known === undefined && field !== '')
      throw new UsageError(`"${field}" is none of: ${importFields.join(', ')}`)
    mapping[place] = known ?? null
  }
  return mapping
}

async function preview(session: Session, path: string, texts: readonly string[]) {
  const first = await session.call('contacts.previewImport', { path, mapping: null })
  const mapping = mappingOf(first.columns, texts)
  const shown = mapping === null ? first : await session.call('contacts.previewImport', { path, mapping })
  return { shown, mapping }
}

/** Contacts from files and into files. */
export const contactFileVerbs: readonly Verb[] = [
  {
    name: 'contacts import',
    usage: 'contacts import FILE [--into B] [--preview] [--map COLUMN=FIELD]…',
    about:
      'Import contacts from vCard (.vcf), LDIF or CSV (Thunderbird, Outlook, Google). --preview shows what would be taken and what each column becomes, --map changes that. What is here already stays once; "undo" takes the import back',
    options: {
      into: { type: 'string' },
      preview: { type: 'boolean' },
      map: { type: 'string', multiple: true },
    },
    positionals: [1, 1],
    async run(options, output) {
      const path = resolve(options.positionals[0] ?? '')
      await withSession(options, async session => {
        const texts = options.texts('map')
        if (options.flag('preview')) {
          const { shown } = await preview(session, path, texts)
          output.result(shown, () => [
            `${shown.contacts} contacts (${shown.format})`,
            ...shown.columns.map(each => `${each.name}  ->  ${each.field ?? 'left out'}  (${each.sample})`),
            ...shown.first,
            ...shown.problems.map(each => `line ${each.line}: ${each.reason}`),
          ])
          return
        }
        const book = await bookNamed(session, options.text('into'))
        const mapping = texts.length === 0 ? null : (await preview(session, path, texts)).mapping
        const done = await session.call('contacts.import', { path, bookId: book.id, mapping })
        output.result(done, () => [
          `Added ${done.added}, merged ${done.merged}, ${done.unchanged} were here already.`,
          ...(done.conflicts === 0 ? [] : [`${done.conflicts} values stayed as they were here.`]),
          ...done.problems.map(each => `line ${each.line}: ${each.reason}`),
        ])
      })
    },
  },
  {
    name: 'contacts export',
    usage: 'contacts export BOOK FILE',
    about: 'Write all contacts of an address book into one vCard file, byte for byte; nothing is overwritten',
    options: {},
    positionals: [2, 2],
    async run(options, output) {
      const [book = '', file = ''] = options.positionals
      const path = resolve(file)
      const done = await withSession(options, async session => {
        const { id } = await bookNamed(session, book)
        return session.call('contacts.export', { bookId: id, path })
      })
      output.result({ ...done, path }, () => [`Exported ${done.exported} contacts.`])
    },
  },
]
