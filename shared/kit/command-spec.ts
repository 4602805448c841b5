/** Where help lists a command. */
export type CommandGroup =
  | 'list'
  | 'reading'
  | 'messages'
  | 'writing'
  | 'calendar'
  | 'chat'
  | 'places'
  | 'app'

/**
 * A command of the window: its keys, where help lists it, and whether it is heard while typing, too. `mod` is Ctrl, on
 * a Mac Command; a space between two keys is a sequence; the first keys are those that are shown. `room`: heard only while that room
 * is shown, where its keys come before the same keys of others.
 */
type CommandSpec = Readonly<{
  keys: readonly [string, ...string[]]
  group: CommandGroup
  inFields: boolean
  room?: string
}>
export type Commands = Readonly<Record<string, CommandSpec>>
