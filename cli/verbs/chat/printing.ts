import type { ChatMessage, Conversation } from '../../../shared/features/chat/model'

const utc = (ms: number): string => new Date(ms).toISOString()

/** A message as `history` and `watch` tell it. */
export const messageJson = (message: ChatMessage) => ({
  id: message.id,
  originId: message.originId,
  stanzaId: message.stanzaId,
  from: message.from,
  to: message.to,
  author: message.author.name,
  own: message.author.isOwn,
  time: utc(message.atMs),
  text: message.text,
  spoiler: message.spoiler,
  encryption: message.encryption,
  trust: message.trust,
  state: message.state,
  waits: message.waits,
  failure: message.failure,
  reason: message.undecryptable,
  edits: message.edits,
  retracted: message.retracted?.by ?? null,
  replyTo: message.replyTo?.id ?? null,
  reactions: message.reactions.map(({ emoji, by }) => ({ emoji, by: by.map(({ name }) => name) })),
  attachments: message.attachments.map(({ index, fileName, contentType, sizeBytes, isEncrypted, state }) => ({
    ...{ index, fileName, contentType, sizeBytes, encrypted: isEncrypted, state },
  })),
})

const locks = { none: '', omemo: '[encrypted]', omemo2: '[encrypted]' } as const

/** What stands instead of a text. */
const instead = (message: ChatMessage): string => {
  if (message.retracted !== null)
    return message.retracted.by === 'moderator' ? '(taken away by a moderator)' : '(taken back)'
  if (message.undecryptable !== null) return `(cannot be read: ${message.undecryptable})`
  return message.text
}

export const messageLine = (message: ChatMessage): string =>
  [
    String(message.id).padStart(6),
    utc(message.atMs).slice(0, 16),
    `${message.author.isOwn ? 'me' : message.author.name}:`,
    instead(message),
    ...(message.edits > 0 ? ['(edited)'] : []),
    ...(message.author.isOwn && message.state !== 'received' ? [`[${message.state}]`] : []),
    locks[message.encryption],
  ]
    .filter(each => each !== '')
    .join('  ')

export const conversationJson = (each: Conversation) => ({
  id: each.id,
  address: each.address,
  kind: each.kind,
  name: each.name,
  request: each.isRequest,
  pinned: each.isPinned,
  muted: each.isMuted,
  blocked: each.isBlocked,
  unread: each.unread,
  draft: each.draft,
  mode: each.mode,
  trust: each.trust,
  hold: each.hold,
  failed: each.failed,
  last: each.last && {
    ...{ id: each.last.id, time: utc(each.last.atMs), author: each.last.author.name, text: each.last.text },
    ...{ encryption: each.last.encryption, state: each.last.state },
  },
  room: each.room,
})

export const conversationLine = (each: Conversation): string =>
  [
    each.kind === 'room' ? '#' : ' ',
    each.name === each.address ? each.address : `${each.name} <${each.address}>`,
    each.mode === 'encrypted' ? '[encrypted]' : '[in clear]',
    ...(each.unread > 0 ? [`${each.unread} unread`] : []),
    ...(each.failed > 0 ? [`${each.failed} failed`] : []),
    ...(each.hold === null ? [] : [`waits: ${each.hold}`]),
    ...(each.last === null ? [] : [each.last.text.replaceAll('\n', ' ').slice(0, 60)]),
  ].join('  ')
