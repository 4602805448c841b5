import type { ImportField } from '../../../../shared/features/contacts/import'
import {
  type ContactFields,
  type LabelledValue,
  noFields,
  type PartialDate,
  type PostalAddress,
} from '../../../../shared/features/contacts/model'
import { readPartialDate } from '../vcard/fields/partial-dates'

const plain = { types: [] as string[], label: '', preferred: false }

/** A row of a table as a contact; null where it says nothing. Several values of one cell stand behind " ::: " (Google). */
export function contactOf(
  row: readonly string[],
  fields: readonly (ImportField | null)[],
): ContactFields | null {
  const cells = fields.flatMap((field, at) => {
    const cell = row[at]?.trim() ?? ''
    return field === null || cell === '' ? [] : [{ field, cell }]
  })
  if (cells.length === 0) return null
  const first = (wanted: ImportField): string =>
    cells.find(({ field }) => field === wanted)?.cell.slice(0, 1000) ?? ''
  const values = (prefix: string, types: (field: string) => string[]): LabelledValue[] =>
    cells
      .filter(({ field }) => field === prefix || field.startsWith(`${prefix}:`))
      .flatMap(({ field, cell }) =>
        each(cell).map(value => ({ ...plain, value: value.slice(0, 4000), types: types(field) })),
      )
  return {
    ...noFields,
    displayName: first('displayName'),
    name: {
      family: first('family'),
      given: first('given'),
      additional: first('additional'),
      prefix: first('prefix'),
      suffix: first('suffix'),
    },
    nickname: first('nickname'),
    organisation: first('organisation'),
    units: first('unit') === '' ? [] : [first('unit')],
    title: first('role'),
    emails: unique(values('email', () => [])),
    phones: unique(values('phone', field => field.split(':').slice(1))),
    urls: unique(values('url', () => [])),
    addresses: (['home', 'work', 'other'] as const).flatMap(place => addressOf(place, first)),
    birthday: birthdayOf(first),
    note: cells
      .filter(({ field }) => field === 'note')
      .map(({ cell }) => cell)
      .join('\n\n')
      .slice(0, 1_000_000),
    categories: [
      ...new Set(
        cells
          .filter(({ field }) => field === 'categories')
          .flatMap(({ cell }) => cell.split(/ ::: |[;,]/))
          .filter(name => !ofEverybody.test(name))
          .map(name => name.replace(/^\*\s*/, '').trim())
          .filter(name => name !== ''),
      ),
    ],
  }
}

/** Google marks its own groups by a star; everybody is in the first, and the other is a mark. Neither is a group of people. */
const ofEverybody = /^\s*\*\s*(?:mycontacts|starred)\s*$/i

const each = (cell: string): string[] =>
  cell
    .split(' ::: ')
    .map(value => value.trim())
    .filter(value => value !== '')

const unique = (list: readonly LabelledValue[]): LabelledValue[] => [
  ...new Map(list.map(one => [one.value.toLowerCase(), one])).values(),
]

function addressOf(place: 'home' | 'work' | 'other', first: (field: ImportField) => string): PostalAddress[] {
  const part = (name: 'street' | 'extended' | 'poBox' | 'city' | 'region' | 'code' | 'country') =>
    first(`${place}:${name}`)
  const address = {
    ...plain,
    types: place === 'other' ? [] : [place],
    poBox: part('poBox'),
    // Thunderbird's and Outlook's second line of a street is one of the street.
    extended: '',
    street: [part('street'), part('extended')].filter(text => text !== '').join('\n'),
    city: part('city'),
    region: part('region'),
    code: part('code'),
    country: part('country'),
  }
  const { types: _types, label: _label, preferred: _preferred, ...texts } = address
  return Object.values(texts).every(text => text === '') ? [] : [address]
}

/** Whole, or in three columns. A date of a spreadsheet is read where it can mean one day alone. */
function birthdayOf(first: (field: ImportField) => string): PartialDate | null {
  const whole = first('birthday')
  if (whole !== '') return readPartialDate(whole) ?? spreadsheetDate(whole)
  const [year, month, day] = [first('birthYear'), first('birthMonth'), first('birthDay')].map(text =>
    /^\d{1,4}$/.test(text) ? Number(text) : null,
  )
  if (year == null && month == null && day == null) return null
  const two = (part: number | null | undefined) => String(part ?? 0).padStart(2, '0')
  if (month == null || day == null)
    return year == null ? null : readPartialDate(String(year).padStart(4, '0'))
  return readPartialDate(
    `${year == null ? '--' : `${String(year).padStart(4, '0')}-`}${two(month)}-${two(day)}`,
  )
}

/** 15.4.1980 is a day; 4/15/1980 and 15/4/1980 as well, 4/5/1980 is two. Outlook's 0.0.00 is none. */
function spreadsheetDate(text: string): PartialDate | null {
  const found = /^(\d{1,2})([./])(\d{1,2})[./](\d{4})$/.exec(text)
  if (found === null) return null
  const [one, other, year] = [Number(found[1]), Number(found[3]), found[4] ?? '']
  const write = (month: number, day: number) =>
    readPartialDate(`${year}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`)
  if (found[2] === '.') return write(other, one)
  if (one > 12) return write(other, one)
  return other > 12 || one === other ? write(one, other) : null
}
