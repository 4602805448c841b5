const names: Readonly<Record<string, string>> = {
  mod: 'Ctrl',
  shift: '⇧',
  Enter: '↵',
  Escape: 'Esc',
  ArrowUp: '↑',
  ArrowDown: '↓',
  Delete: 'Del',
  Space: '␣',
}

/** One cap; `id` tells apart the same key pressed twice. */
export type KeyCap = Readonly<{ id: string; name: string }>

/** The caps of a chord or a sequence (`mod+shift+l`, `g i`) in the order they are pressed. */
export function keyNames(keys: string, isMac: boolean): readonly KeyCap[] {
  return keys
    .split(' ')
    .flatMap(chord => chord.split('+'))
    .map((key, at) => ({
      id: `${at} ${key}`,
      name: key === 'mod' && isMac ? '⌘' : (names[key] ?? (key.length === 1 ? key.toUpperCase() : key)),
    }))
}
