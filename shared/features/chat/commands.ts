import type { Commands } from '../../kit/command-spec'

/** Commands of chat, heard while it is shown; those about one message are of the one that has the focus. */
export const chatCommands = {
  chatNew: { keys: ['n'], group: 'chat', inFields: false, room: 'chat' },
  chatNext: { keys: ['alt+ArrowDown'], group: 'chat', inFields: true, room: 'chat' },
  chatPrevious: { keys: ['alt+ArrowUp'], group: 'chat', inFields: true, room: 'chat' },
  chatReply: { keys: ['r'], group: 'chat', inFields: false, room: 'chat' },
  chatEdit: { keys: ['e'], group: 'chat', inFields: false, room: 'chat' },
  chatWrite: { keys: ['Enter'], group: 'chat', inFields: false, room: 'chat' },
  chatNewest: { keys: ['mod+End'], group: 'chat', inFields: true, room: 'chat' },
  chatFind: { keys: ['mod+f'], group: 'chat', inFields: true, room: 'chat' },
  chatDevices: { keys: ['mod+shift+k'], group: 'chat', inFields: true, room: 'chat' },
} as const satisfies Commands
