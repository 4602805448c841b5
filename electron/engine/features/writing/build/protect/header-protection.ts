import type { Address } from '../../../../../../shared/features/mail/model'
import type { OutgoingMessage } from '../../../../ports/writing/outgoing'
import type { HeaderField } from '../message-header'

/**
 * What the outer header of an encrypted message hides. `baseline` and `shy`: RFC 9788 §3.2.1 and §3.2.2. `draft`: nothing
 * but the sender and the time is anybody's business while a message is not sent.
 */
export type HeaderPolicy = 'baseline' | 'shy' | 'draft'

/** What stands for a hidden subject (RFC 9788 §3.2.1). */
export const hiddenSubject = '[...]'

const nameless = ({ address }: Address): Address => ({ name: '', address })

/**
 * The message as its outer header shows it. Keywords and Comments are never written, and dates are in UTC already, so
 * that the subject and, when shy, display names are all that changes.
 */
export function outerMessage(message: OutgoingMessage, policy: HeaderPolicy): OutgoingMessage {
  const hidden = { ...message, subject: hiddenSubject }
  if (policy === 'baseline') return hidden
  const shy = {
    ...hidden,
    from: nameless(message.from),
    to: message.to.map(nameless),
    cc: message.cc.map(nameless),
    replyTo: (message.replyTo ?? []).map(nameless),
  }
  return policy === 'shy'
    ? shy
    : { ...shy, to: [], cc: [], bcc: [], replyTo: [], inReplyTo: null, references: [] }
}

/** HP-Outer (RFC 9788 §2.2): what the sender put outside, so that the reader can tell what was hidden from whom. */
export const hpOuterFields = (outer: readonly HeaderField[]): readonly string[] =>
  outer.map(({ text }) => {
    const firstLine = text.split('\r\n', 1)[0] ?? ''
    return `HP-Outer:${firstLine.length > 66 ? '\r\n ' : ' '}${text}`
  })

const person = ({ name, address }: Address): string => (name === '' ? address : `${name} <${address}>`)

/** Lines for readers that show only the outer header: the fields that are hidden there (RFC 9788 §5.2.2). */
export function legacyLines(message: OutgoingMessage, policy: HeaderPolicy): readonly string[] {
  if (policy === 'draft') return []
  const outer = outerMessage(message, policy)
  const differing = (name: string, inner: readonly Address[], shown: readonly Address[]): string[] =>
    inner.some((address, index) => address.name !== shown[index]?.name)
      ? [`${name}: ${inner.map(person).join(', ')}`]
      : []
  return [
    ...(message.subject === outer.subject ? [] : [`Subject: ${message.subject}`]),
    ...differing('From', [message.from], [outer.from]),
    ...differing('To', message.to, outer.to),
    ...differing('Cc', message.cc, outer.cc),
  ]
}
