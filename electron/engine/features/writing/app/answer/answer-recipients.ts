import { domainToASCII } from 'node:url'
import type { Address } from '../../../../../../shared/features/mail/model'

/** `reply`: the author. `reply-all`: everybody. `reply-list`: the mailing list it came over. */
export type AnswerMode = 'reply' | 'reply-all' | 'reply-list'

/** The fields of an original that say who an answer goes to. */
export type AnsweredFields = Readonly<{
  from: readonly Address[]
  replyTo: readonly Address[]
  mailReplyTo: readonly Address[]
  mailFollowupTo: readonly Address[]
  to: readonly Address[]
  cc: readonly Address[]
  bcc: readonly Address[]
  /** Where a mailing list takes mail; null when it came over none. */
  listPost: string | null
}>

export type AnswerRecipients = Readonly<{ to: Address[]; cc: Address[]; bcc: Address[] }>

/**
 * One mailbox, however it is written: case does not count, nor does whether the domain stands in letters or in ASCII.
 * Local parts are case-sensitive on paper only (RFC 5321 §2.4).
 */
export function addressKey(address: string): string {
  const text = address.trim().toLowerCase()
  const at = text.lastIndexOf('@')
  if (at < 1) return text
  const domain = text.slice(at + 1)
  return `${text.slice(0, at)}@${domainToASCII(domain) || domain}`
}

/** `me+shop@example.org` is delivered to `me@example.org` (RFC 5233). */
const untagged = (key: string): string => key.replace(/^([^+@]+)\+[^@]*@/, '$1@')

/** Whether an address is one of the user's own, `own` as configured. */
export function ownAddressTest(own: readonly string[]): (address: string) => boolean {
  const keys = new Set(own.map(addressKey))
  return address => keys.has(addressKey(address)) || keys.has(untagged(addressKey(address)))
}

const noReply = /^(?:no|do-?not)[-_.]?reply(?:[-_.+][^@]*)?@/i

/**
 * Who an answer goes to (RFC 5322 §3.6.3): the one place that says so. Nobody stands in it twice, and in an answer to
 * all none of the user's own addresses, unless nobody else is left.
 *
 * - Mail-Reply-To goes before Reply-To, and that before From.
 * - A Reply-To that a mailing list put in is no wish of the author: a private answer goes to the author, one to all to both.
 * - What the user sent is answered to those it went to; what a form on a website sent in the user's name, to its Reply-To.
 * - Mail-Followup-To is where the author wants answers to all and to the list.
 */
export function answerRecipients(
  mode: AnswerMode,
  fields: AnsweredFields,
  own: readonly string[],
): AnswerRecipients {
  const isOwn = ownAddressTest(own)
  const notOwn = (list: readonly Address[]) => filled(list).filter(({ address }) => !isOwn(address))
  const isFromMe = fields.from.some(({ address }) => isOwn(address))
  if (mode === 'reply-list') return distinct({ to: listOf(fields), cc: [], bcc: [] })

  const sentTo = notOwn(fields.to)
  const others = [...sentTo, ...notOwn(fields.cc), ...notOwn(fields.bcc)]
  if (isFromMe && others.length > 0) {
    if (mode === 'reply') return distinct({ to: sentTo.length > 0 ? sentTo : others, cc: [], bcc: [] })
    return distinct({ to: sentTo, cc: notOwn(fields.cc), bcc: notOwn(fields.bcc) })
  }

  const author = isFromMe ? fromMyself(fields, isOwn) : authorOf(fields)
  if (mode === 'reply') return distinct({ to: author, cc: [], bcc: [] })
  const followUp = notOwn(fields.mailFollowupTo)
  if (followUp.length > 0) return distinct({ to: followUp, cc: [], bcc: [] })
  const list = author.length > 0 && isMunged(fields) ? listOf({ ...fields, mailFollowupTo: [] }) : []
  const from = fields.from.filter(({ address }) => !noReply.test(address.trim()))
  const to = notOwn([...author, ...from, ...list])
  const all = distinct({ to, cc: [...sentTo, ...notOwn(fields.cc)], bcc: [] })
  // Only the user is left: the answer goes where a plain one would.
  return all.to.length + all.cc.length > 0 ? all : distinct({ to: author, cc: [], bcc: [] })
}

const filled = (list: readonly Address[]): readonly Address[] => list.filter(({ address }) => address !== '')
const firstFilled = (...lists: readonly (readonly Address[])[]): readonly Address[] =>
  lists.map(filled).find(list => list.length > 0) ?? []

const isMunged = ({ replyTo, listPost }: AnsweredFields): boolean =>
  listPost !== null && replyTo.some(({ address }) => addressKey(address) === addressKey(listPost))

function authorOf(fields: AnsweredFields): readonly Address[] {
  const { mailReplyTo, replyTo, from, listPost } = fields
  const list = listPost === null ? null : addressKey(listPost)
  const wished = replyTo.filter(({ address }) => addressKey(address) !== list)
  return firstFilled(mailReplyTo, wished, from, replyTo)
}

/** From the user to the user alone: a form on a website names who filled it in; else as a stranger's. */
function fromMyself(fields: AnsweredFields, isOwn: (address: string) => boolean): readonly Address[] {
  const wished = firstFilled(fields.mailReplyTo, fields.replyTo).filter(({ address }) => !isOwn(address))
  return wished.length > 0 && fields.bcc.length === 0 ? wished : fields.from
}

function listOf({ mailFollowupTo, listPost }: AnsweredFields): readonly Address[] {
  const followUp = filled(mailFollowupTo)
  if (followUp.length > 0) return followUp
  return listPost === null ? [] : [{ name: '', address: listPost }]
}

/** Everybody once, where first named; of two spellings of one address the first stays. */
function distinct(lists: { [Field in keyof AnswerRecipients]: readonly Address[] }): AnswerRecipients {
  const seen = new Set<string>()
  const take = (list: readonly Address[]): Address[] =>
    list.filter(({ address }) => {
      const key = addressKey(address)
      if (key === '' || seen.has(key)) return false
      seen.add(key)
      return true
    })
  return { to: take(lists.to), cc: take(lists.cc), bcc: take(lists.bcc) }
}
