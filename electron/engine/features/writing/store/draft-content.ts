import { createHash } from 'node:crypto'
import { z } from 'zod'
import {
  type DraftAttachment,
  type DraftContent,
  draft,
  draftAttachment,
} from '../../../../../shared/features/writing/model'
import { draftProtection, noChoice } from '../../../../../shared/features/writing/protection'
import type { DraftOrigin } from '../../../ports/writing/writing-store'

/** What is known and chosen about an attachment besides its bytes. */
type AttachmentFacts = Pick<DraftAttachment, 'originalName' | 'traces' | 'keepsTraces' | 'contentId'>
/** By the row id of the attachment. */
export type FactsById = Readonly<Record<string, AttachmentFacts>>

/** Of files attached before such facts were kept; their hidden data is removed like that of any other. */
export const unknownFacts: AttachmentFacts = {
  originalName: null,
  traces: { kind: 'none', removableBytes: 0, location: false },
  keepsTraces: false,
  contentId: null,
}

const factsOfOne = draftAttachment.pick({
  originalName: true,
  traces: true,
  keepsTraces: true,
  contentId: true,
})

/** Drafts of before this was kept were written by somebody. */
const unknownOrigin: DraftOrigin = {
  inReplyTo: null,
  references: [],
  unprotected: null,
  quoteIsCut: false,
  leftOut: [],
  touched: true,
  start: null,
}

const origin = z.object({
  inReplyTo: z.string().nullable(),
  references: z.array(z.string()),
  unprotected: draft.shape.unprotected,
  quoteIsCut: z.boolean(),
  leftOut: draft.shape.leftOut,
  touched: z.boolean(),
  start: z.string().nullable(),
})

/**
 * The stored column holds the content and, beside it, facts and origin; an older program reads the content and skips the
 * rest.
 */
type Stored = Omit<DraftContent, 'protection'> & {
  attachmentFacts?: unknown
  origin?: unknown
  protection?: unknown
}

export function contentOf(text: string): DraftContent {
  const { attachmentFacts: _facts, origin: _origin, protection, ...content } = JSON.parse(text) as Stored
  const chosen = draftProtection.safeParse(protection)
  return { ...content, protection: chosen.success ? chosen.data : noChoice }
}

/** What cannot be read of one file counts as not known: then an image is cleaned. The others keep their facts. */
export function factsOf(text: string): FactsById {
  const read = z.record(z.string(), z.unknown()).safeParse((JSON.parse(text) as Stored).attachmentFacts)
  if (!read.success) return {}
  return Object.fromEntries(
    Object.entries(read.data).flatMap(([id, each]) => {
      const one = factsOfOne.safeParse(each)
      return one.success ? [[id, one.data]] : []
    }),
  )
}

export function originOf(text: string): DraftOrigin {
  const read = origin.safeParse((JSON.parse(text) as Stored).origin)
  return read.success ? read.data : unknownOrigin
}

export const newOrigin = (content: DraftContent, change: Partial<DraftOrigin>): DraftOrigin => ({
  ...unknownOrigin,
  touched: false,
  start: startOf(content),
  ...change,
})

export const textOf = (content: DraftContent, attachmentFacts: FactsById, from: DraftOrigin): string =>
  JSON.stringify({ ...content, attachmentFacts, origin: from })

/**
 * What a writer would call the words of a draft, as one value to compare: who it goes to, the subject and the text. Formatting
 * that says the same words is not among it, nor are choices about how it is sent.
 */
export function startOf({ to, cc, bcc, subject, text }: DraftContent): string {
  const people = [to, cc, bcc].map(list => list.map(({ name, address }) => [name, address]))
  const words = text.replace(/\s+/g, ' ').trim()
  return createHash('sha256')
    .update(JSON.stringify([people, subject.trim(), words]))
    .digest('base64')
}

/** Whether two contents say the same; the order of their keys does not count. */
export function isSameContent(one: DraftContent, other: DraftContent): boolean {
  const sorted = (content: DraftContent) =>
    JSON.stringify(
      Object.entries(content)
        .filter(([, value]) => value !== undefined)
        .sort(([left], [right]) => (left < right ? -1 : 1)),
      (_, value: unknown) =>
        typeof value === 'object' && value !== null && !Array.isArray(value)
          ? Object.fromEntries(Object.entries(value).sort(([left], [right]) => (left < right ? -1 : 1)))
          : value,
    )
  return sorted(one) === sorted(other)
}
