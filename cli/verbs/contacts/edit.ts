import { UsageError } from '../../kit/exit'
import { withSession } from '../../kit/session'
import type { Verb } from '../../kit/verb'
import { changeOf, fieldOptions, fieldUsage, membersOf, photoOf } from './contact-options'
import { bookNamed, contactIdOf } from './named'

/** Contacts, changed. "undo" takes the last change back. */
export const contactEditVerbs: readonly Verb[] = [
  {
    name: 'contacts add',
    usage: `contacts add [--book B] ${fieldUsage}`,
    about: 'Add a contact to an address book; with --member it is a group',
    options: { book: { type: 'string' }, ...fieldOptions },
    positionals: [0, 0],
    async run(options, output) {
      const fields = await changeOf(options)
      const photo = await photoOf(options)
      if (Object.keys(fields).length === 0) throw new UsageError('say something of the contact, e.g. --name')
      const members = membersOf(options)
      const added = await withSession(options, async session => {
        const book = await bookNamed(session, options.text('book'))
        return session.call('contacts.add', {
          bookId: book.id,
          fields,
          ...(members === undefined ? {} : { members }),
          ...photo,
        })
      })
      output.result(added, () => [`Added contact ${added.id}.`])
    },
  },
  {
    name: 'contacts change',
    usage: `contacts change ID ${fieldUsage}`,
    about:
      'Change what is named of a contact and nothing else; of what there may be several, all are replaced. An empty word takes away',
    options: fieldOptions,
    positionals: [1, 1],
    async run(options, output) {
      const id = contactIdOf(options.positionals[0])
      const members = membersOf(options)
      const photo = await photoOf(options)
      const changed = await withSession(options, async session => {
        const { fields } = await session.call('contacts.show', { id })
        const change = await changeOf(options, fields)
        return session.call('contacts.change', {
          id,
          change,
          ...(members === undefined ? {} : { members }),
          ...photo,
        })
      })
      output.result({ id, changed: changed.undoId !== null, ...changed }, () => [
        changed.undoId === null ? 'Nothing to change.' : `Changed contact ${id}.`,
      ])
    },
  },
  {
    name: 'contacts move',
    usage: 'contacts move ID… --into BOOK',
    about: 'Move contacts into another address book, also one of another account; "undo" moves them back',
    options: { into: { type: 'string' } },
    positionals: [1, 5000],
    async run(options, output) {
      const ids = options.positionals.map(contactIdOf)
      const moved = await withSession(options, async session => {
        const { id } = await bookNamed(session, options.required('into'))
        return session.call('contacts.move', { ids, bookId: id })
      })
      output.result({ moved: moved.ids.length, ...moved }, () => [`Moved ${moved.ids.length}.`])
    },
  },
  {
    name: 'contacts delete',
    usage: 'contacts delete ID…',
    about: 'Delete contacts; "undo" brings them back',
    options: {},
    positionals: [1, 5000],
    async run(options, output) {
      const ids = options.positionals.map(contactIdOf)
      const done = await withSession(options, session => session.call('contacts.delete', { ids }))
      output.result({ deleted: ids.length, ...done }, () => [`Deleted ${ids.length}.`])
    },
  },
  {
    name: 'contacts merge',
    usage: 'contacts merge ID ID…',
    about:
      'Make one contact of several: the first keeps its place and gets what the others have. What both say differently is told; "undo" takes it back',
    options: {},
    positionals: [2, 50],
    async run(options, output) {
      const ids = options.positionals.map(contactIdOf)
      const merged = await withSession(options, session => session.call('contacts.merge', { ids }))
      output.result(merged, () => [
        `Merged into contact ${merged.id}.`,
        ...merged.conflicts.map(each => `${each.name}: kept "${each.kept}", not "${each.other}"`),
      ])
    },
  },
]
