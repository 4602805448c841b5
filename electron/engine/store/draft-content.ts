import { z } from 'zod'
import { type DraftAttachment, type DraftContent, draftAttachment } from '../../../shared/model/compose'
import { draftProtection, noChoice } from '../../../shared/model/protection'

/** What is known and chosen about an attachment besides its bytes. */
type AttachmentFacts = Pick<DraftAttachment, 'originalName' | 'traces' | 'keepsTraces'>
/** By the row id of the attachment. */
export type FactsById = Readonly<Record<string, AttachmentFacts>>

/** Of files attached before such facts were kept; their hidden data is removed like that of any other. */
export const unknownFacts: AttachmentFacts = {
  originalName: null,
  traces: { kind: 'none', removableBytes: 0, location: false },
  keepsTraces: false,
}

const facts = z.record(
  z.string(),
  draftAttachment.pick({ originalName: true, traces: true, keepsTraces: true }),
)

/** The stored column holds the content and, beside it, the facts; an older program reads the content and skips the rest. */
type Stored = Omit<DraftContent, 'protection'> & { attachmentFacts?: unknown; protection?: unknown }

export function contentOf(text: string): DraftContent {
  const { attachmentFacts: _facts, protection, ...content } = JSON.parse(text) as Stored
  const chosen = draftProtection.safeParse(protection)
  return { ...content, protection: chosen.success ? chosen.data : noChoice }
}

/** What cannot be read counts as not known: then an image is cleaned. */
export function factsOf(text: string): FactsById {
  const read = facts.safeParse((JSON.parse(text) as Stored).attachmentFacts)
  return read.success ? read.data : {}
}

export const textOf = (content: DraftContent, attachmentFacts: FactsById): string =>
  JSON.stringify({ ...content, attachmentFacts })
