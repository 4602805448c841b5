import { type CommandId, commandIds, commands } from '../../../shared/ipc/commands'

/** The parts of a keyboard event that name a chord. */
export type KeyPress = Readonly<{
  key: string
  ctrlKey: boolean
  metaKey: boolean
  altKey: boolean
  shiftKey: boolean
}>

/** A second key of a sequence counts for this long. */
const sequenceMs = 1200

/** Names a key press as `commands` writes it: `mod+shift+l`, `#`, `shift+u`, `F6`. Null for a modifier alone. */
export function chordOf(press: KeyPress, isMac: boolean): string | null {
  const { key } = press
  if (key === 'Control' || key === 'Shift' || key === 'Alt' || key === 'Meta' || key === 'AltGraph')
    return null
  // The key of its own that some keyboards have for going back.
  if (key === 'BrowserBack') return 'alt+ArrowLeft'
  const mod = isMac ? press.metaKey : press.ctrlKey
  const foreign = isMac ? press.ctrlKey : press.metaKey
  if (foreign) return null
  const name = key === ' ' ? 'Space' : key.length === 1 ? key.toLowerCase() : key
  // A symbol such as # or ? carries its Shift (or AltGr) already; on another keyboard it lies elsewhere.
  const isLetter = key.length === 1 && key.toLowerCase() !== key.toUpperCase()
  const isSymbol = key.length === 1 && !isLetter && key !== ' '
  if (press.altKey && !isSymbol && key.length === 1) return null
  const shift = press.shiftKey && !isSymbol
  // AltGr arrives as Ctrl+Alt on some systems; a symbol made with it is just that symbol.
  const withMod = mod && !(isSymbol && press.altKey)
  const alt = press.altKey && !isSymbol
  return `${withMod ? 'mod+' : ''}${alt ? 'alt+' : ''}${shift ? 'shift+' : ''}${name}`
}

/** Commands by their keys, with the first keys of sequences. */
type KeyMap = Readonly<{ byChord: Map<string, CommandId>; prefixes: Set<string> }>

const specs: Readonly<
  Record<CommandId, Readonly<{ keys: readonly string[]; inFields: boolean; room?: string }>>
> = commands

function keyMapOf(ids: readonly CommandId[]): KeyMap {
  const map: KeyMap = { byChord: new Map(), prefixes: new Set() }
  for (const id of ids)
    for (const keys of specs[id].keys) {
      map.byChord.set(keys, id)
      const [first, second] = keys.split(' ')
      if (first !== undefined && second !== undefined) map.prefixes.add(first)
    }
  return map
}

const ofAllRooms = keyMapOf(commandIds.filter(id => specs[id].room === undefined))
const ofRooms: ReadonlyMap<string, KeyMap> = new Map(
  [...new Set(commandIds.flatMap(id => specs[id].room ?? []))].map(room => [
    room,
    keyMapOf(commandIds.filter(id => specs[id].room === room)),
  ]),
)

/** Turns key presses into commands, remembering the first key of a sequence for a moment. */
export class KeyMatcher {
  #pending: { chord: string; atMs: number } | null = null

  /**
   * `inField`: the press happened while typing; only commands that work there are found. The keys of the room that is shown come
   * before all others.
   */
  match(
    press: KeyPress,
    inField: boolean,
    isMac: boolean,
    nowMs: number,
    room: string,
  ): CommandId | 'waiting' | null {
    const chord = chordOf(press, isMac)
    if (chord === null) return null
    const pending = this.#pending
    this.#pending = null
    const maps = [ofRooms.get(room), ofAllRooms].filter(map => map !== undefined)
    if (pending !== null && nowMs - pending.atMs <= sequenceMs && !inField)
      for (const { byChord } of maps) {
        const id = byChord.get(`${pending.chord} ${chord}`)
        if (id !== undefined) return id
      }
    for (const { byChord, prefixes } of maps) {
      if (prefixes.has(chord) && !inField) {
        this.#pending = { chord, atMs: nowMs }
        return 'waiting'
      }
      const id = byChord.get(chord)
      if (id !== undefined && (!inField || specs[id].inFields)) return id
    }
    return null
  }
}
