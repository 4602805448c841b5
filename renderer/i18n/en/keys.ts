import type { CommandGroup } from '../../../shared/kit/command-spec'

export const keys = {
  title: 'Keyboard shortcuts',
  or: 'or',
  group: {
    list: 'Message list',
    reading: 'Reading',
    messages: 'Messages',
    writing: 'Writing',
    calendar: 'Calendar',
    chat: 'Chat',
    places: 'Places',
    app: 'Program',
  },
} as const satisfies { group: Record<CommandGroup, string> } & Record<string, unknown>
