import { features } from '../features/features'
import type { CommandGroup, Commands } from '../kit/command-spec'
import { joined } from '../kit/joined'

/** Commands of the window itself. */
const appCommands = {
  nextPane: { keys: ['F6'], group: 'places', inFields: true },
  previousPane: { keys: ['shift+F6'], group: 'places', inFields: true },
  settings: { keys: ['mod+,'], group: 'app', inFields: true },
  lock: { keys: ['mod+shift+l'], group: 'app', inFields: true },
  shortcuts: { keys: ['?'], group: 'app', inFields: false },
  back: { keys: ['Escape', 'alt+ArrowLeft'], group: 'app', inFields: false },
} as const satisfies Commands

/** Every command of the window. Buttons, menus, the list of shortcuts and main's menu read its keys here. */
export const commands = { ...joined(features, 'commands'), ...appCommands } as const

export type CommandId = keyof typeof commands

/** The keys of a command that are shown where it stands. */
export const firstKeys = (id: CommandId): string => commands[id].keys[0]

export const commandIds = Object.keys(commands) as readonly CommandId[]
export const commandGroups: readonly CommandGroup[] = [
  'list',
  'reading',
  'messages',
  'writing',
  'calendar',
  'chat',
  'places',
  'app',
]
