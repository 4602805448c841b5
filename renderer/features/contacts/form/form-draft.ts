import type {
  ContactChange,
  ContactFields,
  LabelledValue,
  PartialDate,
  PostalAddress,
} from '../../../../shared/features/contacts/model'

/** What is typed into the form, before it is anything. */
export type FormDraft = Readonly<{
  displayName: string
  given: string
  family: string
  nickname: string
  organisation: string
  title: string
  emails: readonly LabelledValue[]
  phones: readonly LabelledValue[]
  addresses: readonly PostalAddress[]
  urls: readonly LabelledValue[]
  birthday: string
  anniversary: string
  categories: string
  note: string
}>

const two = (part: number): string => String(part).padStart(2, '0')

function dateText(date: PartialDate | null): string {
  if (date === null || date.month === null) return date?.year == null ? '' : String(date.year)
  const year = date.year === null ? '-' : String(date.year).padStart(4, '0')
  return `${year}-${two(date.month)}${date.day === null ? '' : `-${two(date.day)}`}`
}

/** What was typed as a date; null: nothing. A form that can also hold parts of a date lets these stand. */
export function readDate(text: string): PartialDate | null | 'bad' {
  const typed = text.trim()
  if (typed === '') return null
  const found = /^(?:(\d{4})|-)?(?:-(\d{1,2})(?:-(\d{1,2}))?)?$/.exec(typed)
  const [year, month, day] = [found?.[1], found?.[2], found?.[3]].map(part =>
    part === undefined ? null : Number(part),
  )
  if (found === null || year === undefined || month === undefined || day === undefined) return 'bad'
  if (year === null && (month === null || day === null)) return 'bad'
  if (year === 0 || (month !== null && (month < 1 || month > 12))) return 'bad'
  // Years are leap years where none is known.
  const at = new Date(Date.UTC(year ?? 2000, (month ?? 1) - 1, day ?? 1))
  return day !== null && at.getUTCDate() !== day ? 'bad' : { year, month, day }
}

export const draftOf = (fields: ContactFields): FormDraft => ({
  displayName: fields.displayName,
  given: fields.name.given,
  family: fields.name.family,
  nickname: fields.nickname,
  organisation: fields.organisation,
  title: fields.title,
  emails: fields.emails,
  phones: fields.phones,
  addresses: fields.addresses,
  urls: fields.urls,
  birthday: dateText(fields.birthday),
  anniversary: dateText(fields.anniversary),
  categories: fields.categories.join(', '),
  note: fields.note,
})

const typedList = (list: readonly LabelledValue[]): LabelledValue[] =>
  list.map(each => ({ ...each, value: each.value.trim() })).filter(({ value }) => value !== '')

export const addressParts = ['street', 'extended', 'code', 'city', 'region', 'country', 'poBox'] as const

const typedAddresses = (list: readonly PostalAddress[]): PostalAddress[] =>
  list.filter(each => addressParts.some(part => each[part].trim() !== ''))

const listOf = (text: string): string[] =>
  text
    .split(',')
    .map(word => word.trim())
    .filter(word => word !== '')

/** What the form changes, and nothing else: what was not touched is not said. */
export function changeOf(draft: FormDraft, before: ContactFields): ContactChange {
  const was = draftOf(before)
  const differs = (name: keyof FormDraft): boolean =>
    JSON.stringify(draft[name]) !== JSON.stringify(was[name])
  const change: ContactChange = {}
  for (const name of ['displayName', 'nickname', 'organisation', 'title'] as const)
    if (differs(name)) change[name] = draft[name].trim()
  if (differs('given') || differs('family'))
    change.name = { ...before.name, given: draft.given.trim(), family: draft.family.trim() }
  for (const name of ['emails', 'phones', 'urls'] as const) {
    const list = typedList(draft[name])
    if (JSON.stringify(list) !== JSON.stringify(was[name])) change[name] = list
  }
  const addresses = typedAddresses(draft.addresses)
  if (JSON.stringify(addresses) !== JSON.stringify(was.addresses)) change.addresses = addresses
  for (const name of ['birthday', 'anniversary'] as const) {
    const date = readDate(draft[name])
    if (differs(name) && date !== 'bad') change[name] = date
  }
  if (differs('categories')) change.categories = listOf(draft.categories)
  if (differs('note')) change.note = draft.note
  return change
}
