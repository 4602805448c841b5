/**
 * Every keyboard command, its keys and where help lists it. `mod` is Ctrl, on a Mac Command. A space between two
 * keys is a sequence. `inFields` says that it also works while typing.
 */
export const commands = {
  next: { keys: ['j', 'ArrowDown'], group: 'list', inFields: false },
  previous: { keys: ['k', 'ArrowUp'], group: 'list', inFields: false },
  open: { keys: ['Enter', 'o'], group: 'list', inFields: false },
  extendDown: { keys: ['shift+ArrowDown', 'shift+j'], group: 'list', inFields: false },
  extendUp: { keys: ['shift+ArrowUp', 'shift+k'], group: 'list', inFields: false },
  pageDown: { keys: ['PageDown'], group: 'list', inFields: false },
  pageUp: { keys: ['PageUp'], group: 'list', inFields: false },
  first: { keys: ['Home'], group: 'list', inFields: false },
  last: { keys: ['End'], group: 'list', inFields: false },
  select: { keys: ['x', 'mod+Space'], group: 'list', inFields: false },
  selectAll: { keys: ['mod+a'], group: 'list', inFields: false },
  nextInThread: { keys: ['n'], group: 'reading', inFields: false },
  previousInThread: { keys: ['p'], group: 'reading', inFields: false },
  scrollDown: { keys: ['Space'], group: 'reading', inFields: false },
  scrollUp: { keys: ['shift+Space'], group: 'reading', inFields: false },
  source: { keys: ['mod+u'], group: 'reading', inFields: false },
  compose: { keys: ['c', 'mod+n'], group: 'writing', inFields: false },
  reply: { keys: ['r'], group: 'writing', inFields: false },
  replyAll: { keys: ['a'], group: 'writing', inFields: false },
  replyList: { keys: ['l'], group: 'writing', inFields: false },
  forward: { keys: ['f'], group: 'writing', inFields: false },
  send: { keys: ['mod+Enter'], group: 'writing', inFields: true },
  archive: { keys: ['e'], group: 'messages', inFields: false },
  delete: { keys: ['#', 'Delete'], group: 'messages', inFields: false },
  junk: { keys: ['!'], group: 'messages', inFields: false },
  markUnread: { keys: ['u'], group: 'messages', inFields: false },
  markRead: { keys: ['shift+u'], group: 'messages', inFields: false },
  flag: { keys: ['s'], group: 'messages', inFields: false },
  move: { keys: ['v'], group: 'messages', inFields: false },
  undo: { keys: ['mod+z'], group: 'messages', inFields: false },
  search: { keys: ['/', 'mod+f'], group: 'places', inFields: false },
  goInbox: { keys: ['g i'], group: 'places', inFields: false },
  goDrafts: { keys: ['g d'], group: 'places', inFields: false },
  goSent: { keys: ['g s'], group: 'places', inFields: false },
  goArchive: { keys: ['g a'], group: 'places', inFields: false },
  goTrash: { keys: ['g t'], group: 'places', inFields: false },
  nextPane: { keys: ['F6'], group: 'places', inFields: true },
  previousPane: { keys: ['shift+F6'], group: 'places', inFields: true },
  syncNow: { keys: ['F5', 'mod+r'], group: 'app', inFields: true },
  settings: { keys: ['mod+,'], group: 'app', inFields: true },
  lock: { keys: ['mod+shift+l'], group: 'app', inFields: true },
  shortcuts: { keys: ['?'], group: 'app', inFields: false },
  back: { keys: ['Escape', 'alt+ArrowLeft'], group: 'app', inFields: false },
} as const satisfies Record<string, CommandSpec>

export type CommandGroup = 'list' | 'reading' | 'writing' | 'messages' | 'places' | 'app'
type CommandSpec = Readonly<{ keys: readonly string[]; group: CommandGroup; inFields: boolean }>

export type CommandId = keyof typeof commands

/** The keys of a command that are shown where it stands. */
export const firstKeys = (id: CommandId): string => commands[id].keys[0]

export const commandIds = Object.keys(commands) as readonly CommandId[]
export const commandGroups: readonly CommandGroup[] = [
  'list',
  'reading',
  'messages',
  'writing',
  'places',
  'app',
]
