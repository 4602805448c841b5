import { z } from 'zod'

const places = ['home', 'work', 'other'] as const
const parts = ['street', 'extended', 'poBox', 'city', 'region', 'code', 'country'] as const

/** What a column of a table of contacts can become. */
export const importFields = [
  ...['displayName', 'prefix', 'given', 'additional', 'family', 'suffix', 'nickname'],
  ...['email', 'phone', 'phone:home', 'phone:work', 'phone:cell', 'phone:fax', 'phone:pager'],
  ...places.flatMap(place => parts.map(part => `${place}:${part}` as const)),
  ...['organisation', 'unit', 'role', 'url', 'birthday', 'birthYear', 'birthMonth', 'birthDay'],
  ...['note', 'categories'],
] as const
export type ImportField =
  | 'displayName'
  | 'prefix'
  | 'given'
  | 'additional'
  | 'family'
  | 'suffix'
  | 'nickname'
  | 'email'
  | `phone${'' | ':home' | ':work' | ':cell' | ':fax' | ':pager'}`
  | `${(typeof places)[number]}:${(typeof parts)[number]}`
  | 'organisation'
  | 'unit'
  | 'role'
  | 'url'
  | 'birthday'
  | 'birthYear'
  | 'birthMonth'
  | 'birthDay'
  | 'note'
  | 'categories'

export const importField = z.custom<ImportField>(
  value => typeof value === 'string' && (importFields as readonly string[]).includes(value),
)

/** A column of a table, what it becomes, and what stands in it first. */
export const importColumn = z.object({
  name: z.string().max(200),
  field: importField.nullable(),
  sample: z.string().max(200),
})
export type ImportColumn = z.infer<typeof importColumn>

/** Why something of a file was not taken; `line` is where it begins, from 1. */
export const importProblem = z.object({
  line: z.number().int(),
  reason: z.enum(['too-large', 'too-many-lines', 'not-ended', 'no-card', 'empty', 'too-many']),
})
export type ImportProblem = z.infer<typeof importProblem>

export const contactFileFormat = z.enum(['vcard', 'ldif', 'csv'])
export type ContactFileFormat = z.infer<typeof contactFileFormat>
