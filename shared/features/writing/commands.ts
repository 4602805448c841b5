import type { Commands } from '../../kit/command-spec'

/** Commands that open, answer with or send a draft. */
export const writingCommands = {
  compose: { keys: ['c', 'mod+n'], group: 'writing', inFields: false },
  reply: { keys: ['r'], group: 'writing', inFields: false },
  replyAll: { keys: ['a'], group: 'writing', inFields: false },
  replyList: { keys: ['l'], group: 'writing', inFields: false },
  forward: { keys: ['f'], group: 'writing', inFields: false },
  send: { keys: ['mod+Enter'], group: 'writing', inFields: true },
} as const satisfies Commands
