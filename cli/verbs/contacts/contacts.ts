import type { ContactDetail, ContactSummary, PartialDate } from '../../../shared/features/contacts/model'
import { withSession } from '../../kit/session'
import type { Verb } from '../../kit/verb'
import { contactIdOf, loadBooks } from './named'

const lineOf = ({ id, name, kind, emails, phones }: ContactSummary): string =>
  [id, name || '-', kind === 'individual' ? null : `(${kind})`, emails[0] ?? phones[0]]
    .filter(part => part != null)
    .join('  ')

const dateText = ({ year, month, day }: PartialDate): string =>
  [year ?? '-', month ?? '-', day ?? '-'].map(part => String(part).padStart(2, '0')).join('-')

function detailLines(detail: ContactDetail): string[] {
  const { fields } = detail
  const words = (each: { types: readonly string[]; label: string }): string =>
    [each.label, ...each.types].filter(word => word !== '').join(', ')
  const values = (name: string, list: readonly { value: string; types: string[]; label: string }[]) =>
    list.map(each => `${name}  ${each.value}${words(each) === '' ? '' : `  (${words(each)})`}`)
  const one = (name: string, text: string): string[] => (text === '' ? [] : [`${name}  ${text}`])
  return [
    detail.name,
    ...one('nickname', fields.nickname),
    ...one('organisation', [fields.organisation, ...fields.units].filter(part => part !== '').join(', ')),
    ...one('title', fields.title),
    ...one('role', fields.role),
    ...values('email', fields.emails),
    ...values('phone', fields.phones),
    ...fields.addresses.map(each =>
      [
        'address ',
        each.street,
        each.extended,
        each.poBox,
        `${each.code} ${each.city}`.trim(),
        each.region,
        each.country,
      ]
        .filter(part => part !== '')
        .join(' ')
        .replaceAll('\n', ', '),
    ),
    ...values('url', fields.urls),
    ...values('chat', fields.chats),
    ...one('birthday', fields.birthday === null ? detail.birthdayText : dateText(fields.birthday)),
    ...one('anniversary', fields.anniversary === null ? '' : dateText(fields.anniversary)),
    ...one('categories', fields.categories.join(', ')),
    ...detail.members.map(member => `member  ${member.name} ${member.address}`.trimEnd()),
    ...one('note', fields.note),
    ...one('also in the card', detail.others.join(', ')),
    ...(detail.photo === null ? [] : [`photo  ${detail.photo.type}`]),
    ...(detail.hasRemotePhoto ? ['photo  elsewhere, not fetched'] : []),
  ]
}

/** Contacts, looked at. */
export const contactVerbs: readonly Verb[] = [
  {
    name: 'contacts list',
    usage: 'contacts list [--book B]',
    about:
      'List contacts by name, of all address books or one; "collected" are those you wrote to who are in none, and have no number',
    options: { book: { type: 'string' } },
    positionals: [0, 0],
    async run(options, output) {
      await withSession(options, async session => {
        const wanted = options.text('book')
        const books = await loadBooks(session)
        const book = wanted === undefined ? null : books.find(wanted)
        if (book?.kind === 'collected') {
          const found = await session.call('contacts.collected', {})
          output.result(found, () => found.map(({ name, address }) => `${name} <${address}>`.trimStart()))
          return
        }
        const found = await session.call('contacts.list', { bookId: book?.id ?? null })
        output.result(
          found.map(each => ({ ...each, book: books.nameOf(each.bookId) })),
          () => found.map(lineOf),
        )
      })
    },
  },
  {
    name: 'contacts find',
    usage: 'contacts find WORD…',
    about: 'Find contacts by the beginning of any words of their cards, or by any part of a number',
    options: {},
    positionals: [1, 20],
    async run(options, output) {
      const text = options.positionals.join(' ')
      const found = await withSession(options, session => session.call('contacts.find', { text }))
      output.result(found, () => found.map(lineOf))
    },
  },
  {
    name: 'contacts show',
    usage: 'contacts show ID [--raw]',
    about: 'Show a contact; --raw prints its card byte for byte',
    options: { raw: { type: 'boolean' } },
    positionals: [1, 1],
    async run(options, output) {
      const id = contactIdOf(options.positionals[0])
      await withSession(options, async session => {
        if (options.flag('raw')) {
          const { bytes } = await session.call('contacts.raw', { id })
          await output.bytes(bytes)
          return
        }
        const detail = await session.call('contacts.show', { id })
        output.result(detail, () => detailLines(detail))
      })
    },
  },
  {
    name: 'contacts groups',
    usage: 'contacts groups [NAME]',
    about:
      'List groups and categories, or the members of one. The name of a group can stand among the recipients of "send" and "compose"',
    options: {},
    positionals: [0, 1],
    async run(options, output) {
      await withSession(options, async session => {
        const [name] = options.positionals
        const groups = await session.call('contacts.groups', {})
        if (name === undefined) {
          output.result(groups, () => groups.map(group => `${group.name}  ${group.members} people`))
          return
        }
        const group = groups.find(each => each.name.toLowerCase() === name.toLowerCase())
        const members = await session.call('contacts.members', { group: group?.id ?? group?.name ?? name })
        output.result(members, () => members.map(each => `${each.name} <${each.address}>`.trimStart()))
      })
    },
  },
  {
    name: 'contacts duplicates',
    usage: 'contacts duplicates',
    about:
      'List contacts that are probably one person, by a UID, an address or a number that they share; "contacts merge" joins them',
    options: {},
    positionals: [0, 0],
    async run(options, output) {
      const found = await withSession(options, session => session.call('contacts.duplicates', {}))
      output.result(found, () => found.map(({ ids, by }) => `${ids.join(' ')}  (${by})`))
    },
  },
]
