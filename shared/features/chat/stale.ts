import { any, type StaleRule } from '../../kit/stale-rule'

/** What makes answers about chat old (`ipc/stale/stale.ts`). */
export const chatStale = {
  // How many messages wait changes with the messages.
  'chat.accounts': [any('chat-account'), any('account'), { entity: 'chat', kinds: ['messages'] }],
  'chat.conversations': [{ entity: 'chat', kinds: ['messages', 'state', 'typing', 'devices', 'room'] }],
  'chat.conversation': [
    { entity: 'chat', kinds: ['messages', 'state', 'typing', 'devices', 'room'], about: 'conversationId' },
  ],
  'chat.messages': [{ entity: 'chat', kinds: ['messages', 'devices', 'files'], about: 'conversationId' }],
  'chat.message': [{ entity: 'chat', kinds: ['messages'] }],
  'chat.search': [{ entity: 'chat', kinds: ['messages'] }],
  'chat.blocked': [any('chat-account')],
  'chat.devices': [{ entity: 'chat', kinds: ['devices'] }],
  'chat.rooms': [{ entity: 'chat', kinds: ['messages', 'state', 'typing', 'devices', 'room'] }],
  'chat.occupants': [{ entity: 'chat', kinds: ['room'], about: 'conversationId' }],
  'chat.settings': [any('chat-account')],
} as const satisfies Record<string, readonly StaleRule[]>
