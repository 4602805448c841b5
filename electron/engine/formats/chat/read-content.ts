import { chatTextCharacters, spoilerHintCharacters } from '../../../../shared/features/chat/model'
import { bareJid } from '../../../../shared/kit/jid'
import { attributeOf, childOf, childrenOf, type Element, textOf } from '../../ports/chat/element'
import { ns } from './namespaces'

/** Longest id that is looked at; ids are UUIDs, or a little longer. */
const longestId = 500
const mostEmoji = 20

/** A file that a message is, by its address. */
export type FileSaid = Readonly<{ url: string; isEncrypted: boolean }>

/** What a message says, wherever it stood. Every text is of the length that is stored, and hostile. */
export type Content = Readonly<{
  text: string | null
  /** The text was longer than what is kept. */
  isCut: boolean
  corrects: string | null
  retracts: string | null
  /** The room takes this message away. Counts from the room's own address only. */
  moderates: Readonly<{ id: string; reason: string }> | null
  reacts: Readonly<{ id: string; emoji: readonly string[] }> | null
  reply: Readonly<{ id: string; to: string }> | null
  /** It is to be shown by a press only; what is said of it before, empty where nothing. */
  spoiler: string | null
  receiptFor: string | null
  markerFor: string | null
  asksReceipt: boolean
  isMarkable: boolean
  typing: 'composing' | 'other' | null
  file: FileSaid | null
  invite: Readonly<{ room: string; reason: string; password: string | null }> | null
  subject: string | null
}>

const idOf = (element: Element | undefined, name = 'id'): string | null => {
  const id = attributeOf(element, name)
  return id === undefined || id === '' || id.length > longestId ? null : id
}

const stateNames = ['active', 'composing', 'paused', 'inactive', 'gone']

/** Cuts at a whole character. */
const cut = (text: string, length: number): string => {
  const part = text.slice(0, length)
  return /[\ud800-\udbff]$/.test(part) ? part.slice(0, -1) : part
}

/** Newlines of one kind, and nothing that cannot be shown. */
const cleaned = (text: string): string =>
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is taken away
  text.replace(/\r\n?/g, '\n').replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f]/g, '')

/** The text without what stands in it for programs that know no replies (XEP-0428, counted in code points). */
function withoutFallback(text: string, message: Element, isFor: string): string {
  const fallback = childrenOf(message, ns.fallback, 'fallback').find(
    each => attributeOf(each, 'for') === isFor,
  )
  const body = childOf(fallback, 'body', ns.fallback)
  if (body === undefined) return text
  const points = [...text]
  const start = Number(attributeOf(body, 'start') ?? '0')
  const end = Number(attributeOf(body, 'end') ?? String(points.length))
  if (!Number.isInteger(start) || !Number.isInteger(end) || start < 0 || end < start || end > points.length)
    return text
  return [...points.slice(0, start), ...points.slice(end)].join('')
}

function retraction(message: Element): string | null {
  const now = childOf(message, 'retract', ns.retract)
  if (now !== undefined) return childOf(now, 'moderated', ns.moderate) === undefined ? idOf(now) : null
  const old = childOf(message, 'apply-to', ns.fasten)
  return childOf(old, 'retract', ns.retractOld) === undefined ? null : idOf(old)
}

function moderation(message: Element): Content['moderates'] {
  const now = childOf(message, 'retract', ns.retract)
  const old = childOf(message, 'apply-to', ns.fasten)
  const isNow = childOf(now, 'moderated', ns.moderate) !== undefined
  const moderated = childOf(old, 'moderated', ns.moderateOld)
  const id = isNow ? idOf(now) : moderated === undefined ? null : idOf(old)
  if (id === null) return null
  const reason = isNow ? childOf(now, 'reason', ns.retract) : childOf(moderated, 'reason', ns.moderateOld)
  return { id, reason: cut(cleaned(textOf(reason)), 1000) }
}

function reactionsOf(message: Element): Content['reacts'] {
  const element = childOf(message, 'reactions', ns.reactions)
  const id = idOf(element)
  if (element === undefined || id === null) return null
  const emoji = childrenOf(element, ns.reactions, 'reaction')
    .map(each => cleaned(textOf(each)).trim())
    .filter(each => each !== '' && each.length <= 40 && !/\s/.test(each))
  return { id, emoji: [...new Set(emoji)].slice(0, mostEmoji) }
}

/** A file is the whole of a message: its text is the address alone (XEP-0066, XEP-0454). */
function fileOf(message: Element, text: string | null): FileSaid | null {
  const body = (text ?? '').trim()
  const [first = '', ...rest] = body.split('\n')
  if (/^aesgcm:\/\/\S+#[0-9a-fA-F]+$/.test(first) && first.length <= 3000) {
    const isAlone = rest.every(line => line === '' || line.startsWith('data:'))
    return isAlone ? { url: first, isEncrypted: true } : null
  }
  const url = textOf(childOf(childOf(message, 'x', ns.oob), 'url', ns.oob)).trim()
  return /^https:\/\/\S+$/.test(url) && url.length <= 3000 && url === body
    ? { url, isEncrypted: false }
    : null
}

function inviteOf(message: Element): Content['invite'] {
  const direct = childOf(message, 'x', ns.directInvite)
  const room = bareJid(attributeOf(direct, 'jid') ?? '')
  if (direct !== undefined && room !== null)
    return {
      room,
      reason: cut(cleaned(attributeOf(direct, 'reason') ?? ''), 1000),
      password: attributeOf(direct, 'password')?.slice(0, 1000) ?? null,
    }
  const mediated = childOf(message, 'x', ns.mucUser)
  const invite = childOf(mediated, 'invite', ns.mucUser)
  const by = bareJid(attributeOf(message, 'from') ?? '')
  if (invite === undefined || by === null) return null
  const password = childOf(mediated, 'password', ns.mucUser)
  return {
    room: by,
    reason: cut(cleaned(textOf(childOf(invite, 'reason', ns.mucUser))), 1000),
    password: password === undefined ? null : textOf(password).slice(0, 1000),
  }
}

/** The text of a message as it is kept; the first body without a language, else the first. */
function bodyOf(message: Element): string | null {
  const bodies = childrenOf(message, ns.client, 'body')
  const body = bodies.find(each => !each.attributes.has('xml:lang')) ?? bodies[0]
  return body === undefined ? null : textOf(body)
}

/**
 * What a message says. `holder`: the message itself, or what stood encrypted in it (the content of an SCE envelope). `body`: takes the place of what stands
 * in it as text, for OMEMO's old form.
 */
export function readContent(holder: Element, body?: string): Content {
  const raw = body ?? bodyOf(holder)
  const reply = childOf(holder, 'reply', ns.reply)
  const replyId = idOf(reply)
  const whole = raw === null ? null : cleaned(replyId === null ? raw : withoutFallback(raw, holder, ns.reply))
  const text = whole === null ? null : cut(whole, chatTextCharacters)
  const spoiler = childOf(holder, 'spoiler', ns.spoiler)
  const state = childrenOf(holder, ns.chatStates).find(({ name }) => stateNames.includes(name))
  const subject = childOf(holder, 'subject', ns.client)
  return {
    text,
    isCut: whole !== null && text !== null && text.length < whole.length,
    corrects: idOf(childOf(holder, 'replace', ns.correct)),
    retracts: retraction(holder),
    moderates: moderation(holder),
    reacts: reactionsOf(holder),
    reply: replyId === null ? null : { id: replyId, to: (attributeOf(reply, 'to') ?? '').slice(0, 3071) },
    spoiler: spoiler === undefined ? null : cut(cleaned(textOf(spoiler)), spoilerHintCharacters),
    receiptFor: idOf(childOf(holder, 'received', ns.receipts)),
    markerFor: idOf(childOf(holder, 'displayed', ns.markers)),
    asksReceipt: childOf(holder, 'request', ns.receipts) !== undefined,
    isMarkable: childOf(holder, 'markable', ns.markers) !== undefined,
    typing: state === undefined ? null : state.name === 'composing' ? 'composing' : 'other',
    file: fileOf(holder, text),
    invite: inviteOf(holder),
    subject: subject === undefined ? null : cut(cleaned(textOf(subject)), 1000),
  }
}
