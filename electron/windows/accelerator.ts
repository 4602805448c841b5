import { type CommandId, commands } from '../../shared/ipc/commands'

/** The keys of a command as a menu takes them: the first with a modifier or of a function key. Letters alone are the page's. */
export function acceleratorOf(name: CommandId): string | undefined {
  const keys: readonly string[] = commands[name].keys
  return keys
    .find(each => /^mod\+|^F\d+$/.test(each))
    ?.replace('mod', 'CmdOrCtrl')
    .replace('shift', 'Shift')
    .replace(/\+([a-z])$/, (_, letter: string) => `+${letter.toUpperCase()}`)
}
