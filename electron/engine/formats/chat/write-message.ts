import { type Element, el } from '../../ports/chat/element'
import type { OmemoVersion } from '../../ports/chat/omemo'
import type { Saying } from '../../ports/chat/saying'
import { ns } from './namespaces'

/** To whom, and what may be asked of them. */
export type Envelope = Readonly<{
  to: string
  kind: 'person' | 'room'
  /** Goes to one occupant through a room. */
  isPrivate: boolean
  id: string
  asksReceipt: boolean
  asksMarker: boolean
}>

const quoted = (text: string): string =>
  `${text
    .split('\n')
    .map(line => `> ${line}`)
    .join('\n')}\n`

/** What a message says, apart from how it goes: stands in the stanza, or in what is encrypted of it. */
export function contentOf(saying: Saying): { text: string | null; about: Element[] } {
  switch (saying.kind) {
    case 'text': {
      const file = saying.isFile && saying.text.startsWith('https:')
      const about = [
        ...(file ? [el('x', ns.oob, {}, el('url', ns.oob, {}, saying.text))] : []),
        ...(saying.spoiler === undefined ? [] : [el('spoiler', ns.spoiler, {}, saying.spoiler)]),
      ]
      if (saying.reply === null) return { text: saying.text, about }
      // Programs that know no replies show the quote; the others take it away by its length in code points.
      const quote = quoted(saying.reply.quote)
      const end = String([...quote].length)
      return {
        text: `${quote}${saying.text}`,
        about: [
          ...about,
          el('reply', ns.reply, { id: saying.reply.id, to: saying.reply.to }),
          el('fallback', ns.fallback, { for: ns.reply }, el('body', ns.fallback, { start: '0', end })),
        ],
      }
    }
    case 'correct':
      return { text: saying.text, about: [el('replace', ns.correct, { id: saying.target })] }
    case 'retract':
      return { text: null, about: [el('retract', ns.retract, { id: saying.target })] }
    case 'react':
      return {
        text: null,
        about: [
          el(
            'reactions',
            ns.reactions,
            { id: saying.target },
            ...saying.emoji.map(each => el('reaction', ns.reactions, {}, each)),
          ),
        ],
      }
  }
}

export const bodyElement = (text: string): Element => el('body', ns.client, {}, text)

const wanted = ({ kind, asksReceipt, asksMarker }: Envelope, hasText: boolean): Element[] => [
  ...(hasText && asksReceipt && kind === 'person' ? [el('request', ns.receipts)] : []),
  ...(hasText && asksMarker ? [el('markable', ns.markers)] : []),
]

const stanza = (envelope: Envelope, ...children: readonly Element[]): Element =>
  el(
    'message',
    ns.client,
    { to: envelope.to, type: envelope.kind === 'room' ? 'groupchat' : 'chat', id: envelope.id },
    ...children,
    // The server keeps it even where it sees no text.
    el('store', ns.hints),
    el('origin-id', ns.sid, { id: envelope.id }),
    ...(envelope.isPrivate ? [el('x', ns.mucUser)] : []),
  )

/** A message that everybody on the way can read. */
export function writeClear(saying: Saying, envelope: Envelope): Element {
  const { text, about } = contentOf(saying)
  return stanza(
    envelope,
    ...(text === null ? [] : [bodyElement(text)]),
    ...about,
    ...wanted(envelope, text !== null),
  )
}

const methods: Readonly<Record<OmemoVersion, string>> = { omemo: ns.omemo, omemo2: ns.omemo2 }

/**
 * A message whose text is in `encrypted`. What is about other messages stands inside with the new form; beside it only where somebody reads the old one,
 * which has no place for it.
 */
export function writeEncryptedMessage(
  saying: Saying,
  envelope: Envelope,
  encrypted: readonly Readonly<{ version: OmemoVersion; element: Element }>[],
): Element {
  const { text, about } = contentOf(saying)
  const isOld = encrypted.some(({ version }) => version === 'omemo')
  const namespace = methods[encrypted[0]?.version ?? 'omemo']
  return stanza(
    envelope,
    ...encrypted.map(({ element }) => element),
    el('encryption', ns.eme, { namespace, name: 'OMEMO' }),
    ...(isOld ? about : []),
    ...wanted(envelope, text !== null),
  )
}

/** An answer to a message that asked for one; not kept, and worth nothing later. */
export const writeReceipt = (to: string, id: string, own: string): Element =>
  el(
    'message',
    ns.client,
    { to, type: 'chat', id: own },
    el('received', ns.receipts, { id }),
    el('store', ns.hints),
  )

export const writeMarker = (to: string, kind: 'person' | 'room', id: string, own: string): Element =>
  el(
    'message',
    ns.client,
    { to, type: kind === 'room' ? 'groupchat' : 'chat', id: own },
    el('displayed', ns.markers, { id }),
    el('store', ns.hints),
  )

export const writeTyping = (to: string, kind: 'person' | 'room', isTyping: boolean): Element =>
  el(
    'message',
    ns.client,
    { to, type: kind === 'room' ? 'groupchat' : 'chat' },
    el(isTyping ? 'composing' : 'paused', ns.chatStates),
    el('no-store', ns.hints),
  )

/** Nothing but keys: an answer to a new session, a heartbeat, a healing. */
export const writeKeysOnly = (to: string, id: string, encrypted: Element): Element =>
  el('message', ns.client, { to, type: 'chat', id }, encrypted, el('store', ns.hints))
