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
const importColumn = z.object({
  name: z.string().max(200),
  field: importField.nullable(),
  sample: z.string().max(200),
})
export type ImportColumn = z.infer<typeof importColumn>

/** Why something of a file was not taken; `line` is where it begins, from 1. */
const importProblem = z.object({
  line: z.number().int(),
  reason: z.enum(['too-large', 'too-many-lines', 'not-ended', 'no-card', 'empty', 'too-many']),
})
export type ImportProblem = z.infer<typeof importProblem>

const contactFileFormat = z.enum(['vcard', 'ldif', 'csv'])
export type ContactFileFormat = z.infer<typeof contactFileFormat>

const undoId = z.number().int()

/** What an import would do. */
export const importPreview = z.object({
  format: contactFileFormat,
  contacts: z.number().int(),
  /** Of a table. */
  columns: z.array(importColumn),
  problems: z.array(importProblem).max(1000),
  /** The first names. */
  first: z.array(z.string().max(1000)).max(20),
})
export type ImportPreview = z.infer<typeof importPreview>

/** What an import did. */
export const importDone = z.object({
  added: z.number().int(),
  /** Already here under its UID, with something that was not. */
  merged: z.number().int(),
  /** Already here as it is. */
  unchanged: z.number().int(),
  conflicts: z.number().int(),
  problems: z.array(importProblem).max(1000),
  problemCount: z.number().int(),
  undoId: undoId.nullable(),
})
