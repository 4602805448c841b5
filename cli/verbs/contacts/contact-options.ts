import { readFile } from 'node:fs/promises'
import {
  type ContactChange,
  type ContactFields,
  type ContactId,
  contactId,
  type LabelledValue,
  noFields,
  type PartialDate,
  partialDate,
} from '../../../shared/features/contacts/model'
import { SiegelError } from '../../../shared/kit/result'
import type { Arguments, OptionSpec } from '../../kit/arguments'
import { UsageError } from '../../kit/exit'
import { readTextFile } from '../../kit/read-text-file'

/** What can be said of a contact; an empty word takes away what stands there. */
export const fieldOptions = {
  name: { type: 'string' },
  given: { type: 'string' },
  family: { type: 'string' },
  nickname: { type: 'string' },
  organisation: { type: 'string' },
  title: { type: 'string' },
  email: { type: 'string', multiple: true },
  phone: { type: 'string', multiple: true },
  street: { type: 'string' },
  city: { type: 'string' },
  code: { type: 'string' },
  country: { type: 'string' },
  url: { type: 'string', multiple: true },
  birthday: { type: 'string' },
  note: { type: 'string' },
  'note-file': { type: 'string' },
  category: { type: 'string', multiple: true },
  member: { type: 'string', multiple: true },
  photo: { type: 'string' },
  'no-photo': { type: 'boolean' },
} as const satisfies OptionSpec

export const fieldUsage =
  '[--name N] [--given G] [--family F] [--nickname N] [--organisation O] [--title T] [--email [WORD=]ADDRESS]… [--phone [WORD=]NUMBER]… [--street S] [--city C] [--code C] [--country C] [--url U]… [--birthday [YYYY]-MM-DD] [--note T | --note-file F] [--category C]… [--member ID|ADDRESS]… [--photo FILE|--no-photo]'

const knownTypes = new Set(['home', 'work', 'cell', 'fax', 'pager', 'main', 'text', 'video'])

/** `work=anna@example.org` is for work, `Boat=+49…` has a word of its own. */
function labelled(text: string): LabelledValue {
  const at = text.indexOf('=')
  const word = at > 0 ? text.slice(0, at).trim() : ''
  const isType = knownTypes.has(word.toLowerCase())
  return {
    value: text.slice(at > 0 ? at + 1 : 0).trim(),
    types: isType ? [word.toLowerCase()] : [],
    label: isType ? '' : word,
    preferred: false,
  }
}

/** An address on the web may hold the sign itself, and has no word. */
const valuesOf = (texts: readonly string[], isBare: boolean): LabelledValue[] =>
  texts
    .filter(text => text.trim() !== '')
    .map(text => (isBare ? { value: text.trim(), types: [], label: '', preferred: false } : labelled(text)))

function dateOf(text: string): PartialDate | null {
  if (text === '') return null
  const found = /^(?:(\d{4})|-)?-?(\d{2})-(\d{2})$/.exec(text)
  const date = partialDate.safeParse({
    year: found?.[1] === undefined ? null : Number(found[1]),
    month: Number(found?.[2]),
    day: Number(found?.[3]),
  })
  if (found === null || !date.success)
    throw new UsageError(
      '--birthday takes YYYY-MM-DD, or --MM-DD as --birthday=--04-15 where the year is not known',
    )
  return date.data
}

/** What the options say, on top of what is there. */
export async function changeOf(options: Arguments, now: ContactFields = noFields): Promise<ContactChange> {
  const change: ContactChange = {}
  const name = { ...now.name }
  if (options.text('given') !== undefined) name.given = options.text('given') ?? ''
  if (options.text('family') !== undefined) name.family = options.text('family') ?? ''
  if (JSON.stringify(name) !== JSON.stringify(now.name)) change.name = name
  change.displayName = options.text('name')
  for (const key of ['nickname', 'organisation', 'title', 'note'] as const) change[key] = options.text(key)
  const noteFile = options.text('note-file')
  if (noteFile !== undefined) change.note = await readTextFile(noteFile)
  for (const [key, option] of [
    ['emails', 'email'],
    ['phones', 'phone'],
    ['urls', 'url'],
  ] as const)
    if (options.texts(option).length > 0) change[key] = valuesOf(options.texts(option), option === 'url')
  if (options.texts('category').length > 0)
    change.categories = options.texts('category').filter(text => text !== '')
  const birthday = options.text('birthday')
  if (birthday !== undefined) change.birthday = dateOf(birthday)
  const parts = (['street', 'city', 'code', 'country'] as const).flatMap(part => {
    const text = options.text(part)
    return text === undefined ? [] : [[part, text] as const]
  })
  if (parts.length > 0) {
    const [first, ...others] = now.addresses
    const empty = { poBox: '', extended: '', street: '', city: '', region: '', code: '', country: '' }
    const address = {
      ...empty,
      types: [],
      label: '',
      preferred: false,
      ...first,
      ...Object.fromEntries(parts),
    }
    change.addresses = [address, ...others]
  }
  return Object.fromEntries(
    Object.entries(change).filter(([, value]) => value !== undefined),
  ) as ContactChange
}

const mostPhotoBytes = 1_000_000

/** A picture in base64, null for none, undefined where it stays. Its metadata does not go into the card. */
export async function photoOf(options: Arguments): Promise<{ photo?: string | null }> {
  const path = options.text('photo')
  if (path !== undefined && options.flag('no-photo'))
    throw new UsageError('--photo and --no-photo exclude each other')
  if (path === undefined) return options.flag('no-photo') ? { photo: null } : {}
  const bytes = await readFile(path).catch((error: unknown) => {
    throw new SiegelError('file-unreadable', { path }, { cause: error })
  })
  if (bytes.byteLength > mostPhotoBytes)
    throw new SiegelError('too-large', { path, sizeBytes: bytes.byteLength, limitBytes: mostPhotoBytes })
  return { photo: bytes.toString('base64') }
}

/** Members by the number of their card or by an address; undefined where none are named. */
export function membersOf(options: Arguments): (ContactId | string)[] | undefined {
  const texts = options.texts('member')
  if (texts.length === 0) return undefined
  return texts
    .filter(text => text !== '')
    .map(text => {
      if (text.includes('@')) return text
      const id = contactId.safeParse(Number(text))
      if (!id.success)
        throw new UsageError(`--member takes the number of a contact or an address, not "${text}"`)
      return id.data
    })
}
