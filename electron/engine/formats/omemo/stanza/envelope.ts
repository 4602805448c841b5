/** Stanza Content Encryption (XEP-0420) as `omemo2` uses it: what is inside of its payload. */
import { bareJid } from '../../../../../shared/kit/jid'
import { attributeOf, childOf, childrenOf, type Element, el, isNamed } from '../../../ports/chat/element'

const namespace = 'urn:xmpp:sce:1'

/** XEP-0420 §4.1: 0 to 200 letters, so that the length of a text cannot be read from that of its payload. */
const mostPadding = 200

/**
 * What may stand inside (XEP-0420 §9): what people say, and what is said about it. Everything else is dropped; above all what a server acts on or adds
 * (hints, addresses, stanza ids, delays, other encryption), which inside was written by the sender alone.
 */
const contents = new Set([
  'jabber:client',
  'urn:xmpp:message-correct:0',
  'urn:xmpp:message-retract:1',
  'urn:xmpp:reactions:0',
  'urn:xmpp:reply:0',
  'urn:xmpp:fallback:0',
  'urn:xmpp:receipts',
  'urn:xmpp:chat-markers:0',
  'http://jabber.org/protocol/chatstates',
  'urn:xmpp:spoiler:0',
  'urn:xmpp:styling:0',
  'urn:xmpp:reference:0',
  'urn:xmpp:message-attaching:1',
  'urn:xmpp:sfs:0',
  'jabber:x:oob',
])

/** Of the namespace of stanzas, what a message may say. */
const ofClient = new Set(['body', 'subject', 'thread'])

const isContent = ({ name, namespace: of }: Element): boolean =>
  contents.has(of) && (of !== 'jabber:client' || ofClient.has(name))

export type Envelope = Readonly<{
  content: readonly Element[]
  /** Bare or full JID of the sender, as written. */
  from: string
  /** Of a room, or of the other; null where it says nothing. */
  to: string | null
  /** ISO 8601 as written. */
  time: string | null
}>

/** To be serialised with `around` empty and given to the vault. `padding`: random letters of a random length (`paddingLetters`). */
export const writeEnvelope = (
  content: readonly Element[],
  { from, to, time, padding }: Readonly<{ from: string; to: string | null; time: string; padding: string }>,
): Element =>
  el(
    'envelope',
    namespace,
    {},
    el('content', namespace, {}, ...content),
    el('rpad', namespace, {}, padding),
    el('from', namespace, { jid: from }),
    ...(to === null ? [] : [el('to', namespace, { jid: to })]),
    el('time', namespace, { stamp: time }),
  )

/** Letters to pad with, of the given random bytes: the first two say how many. At least 202 bytes are asked for. */
export const paddingLetters = (random: Uint8Array): string => {
  const length = (((random[0] ?? 0) << 8) | (random[1] ?? 0)) % (mostPadding + 1)
  const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_'
  return [...random.subarray(2, 2 + length)].map(byte => letters[byte % 64]).join('')
}

export type EnvelopeRefusal = 'malformed' | 'wrong-sender' | 'wrong-room'

/**
 * What is inside, or why it is not believed. `sender`: who is told by the stanza, a bare JID (in a room, the real one of the occupant); `room`: the
 * room it came through, in which `to` must name it, or null.
 */
export function readEnvelope(
  element: Element,
  { sender, room }: Readonly<{ sender: string; room: string | null }>,
): Envelope | EnvelopeRefusal {
  const content = childOf(element, 'content', namespace)
  if (!isNamed(element, 'envelope', namespace) || !content) return 'malformed'
  const from = attributeOf(childOf(element, 'from', namespace), 'jid')
  const to = attributeOf(childOf(element, 'to', namespace), 'jid') ?? null
  // XEP-0384 §4.6: both are not to be taken from outside.
  if (from === undefined) return 'malformed'
  if (bareJid(from) !== sender) return 'wrong-sender'
  if (room !== null && (to === null || bareJid(to) !== room)) return 'wrong-room'
  return {
    content: childrenOf(content).filter(isContent),
    from,
    to,
    time: attributeOf(childOf(element, 'time', namespace), 'stamp') ?? null,
  }
}
