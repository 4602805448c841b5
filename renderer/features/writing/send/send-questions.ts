import { isValidAddress } from '../../../ui/fields/parse-addresses'
import { speaksOfAttachment } from '../attachments/attachment-words'

import { allOf, type Recipients } from '../recipients/recipients-field'
import type { Writing } from '../use-draft'

/** What stands in the way of sending (`blocks`), or is worth asking first. */
export type SendQuestion =
  | Readonly<{ kind: 'no-recipient' }>
  | Readonly<{ kind: 'bad-address'; address: string }>
  | Readonly<{ kind: 'no-subject' }>
  | Readonly<{ kind: 'no-attachment' }>

export const blocks = ({ kind }: SendQuestion): boolean => kind === 'no-recipient' || kind === 'bad-address'

/** The first question that was not answered yet, or null when the message can go. */
export function nextQuestion(
  writing: Writing,
  attachmentCount: number,
  answered: ReadonlySet<SendQuestion['kind']>,
): SendQuestion | null {
  const fields: readonly Recipients[] = [writing.to, writing.cc, writing.bcc]
  const everybody = fields.flatMap(allOf)
  if (everybody.length === 0) return { kind: 'no-recipient' }
  const bad = everybody.find(address => !isValidAddress(address))
  if (bad !== undefined) return { kind: 'bad-address', address: bad.address }
  if (writing.subject.trim() === '' && !answered.has('no-subject')) return { kind: 'no-subject' }
  if (
    attachmentCount === 0 &&
    !answered.has('no-attachment') &&
    speaksOfAttachment(writing.subject, writing.text)
  )
    return { kind: 'no-attachment' }
  return null
}
