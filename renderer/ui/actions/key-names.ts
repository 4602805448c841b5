type Names = Readonly<Record<string, string>>

const names: Names = {
  mod: 'Ctrl',
  shift: '⇧',
  alt: 'Alt',
  Enter: '↵',
  Escape: 'Esc',
  ArrowUp: '↑',
  ArrowLeft: '←',
  ArrowDown: '↓',
  Delete: 'Del',
  Space: '␣',
}

/** As German keyboards are printed. Those of a Mac carry signs, which need no words. */
const germanNames: Names = {
  mod: 'Strg',
  shift: 'Umschalt',
  Delete: 'Entf',
  Home: 'Pos1',
  End: 'Ende',
  PageUp: 'Bild auf',
  PageDown: 'Bild ab',
  Space: 'Leertaste',
}

const macNames: Names = { mod: '⌘', shift: '⇧', alt: '⌥' }

/** One cap; `id` tells apart the same key pressed twice. */
export type KeyCap = Readonly<{ id: string; name: string }>

/** The caps of a chord or a sequence (`mod+shift+l`, `g i`) in the order they are pressed. */
export function keyNames(keys: string, isMac: boolean, language = 'en'): readonly KeyCap[] {
  const shown: Names = {
    ...names,
    ...(language === 'de' ? germanNames : {}),
    ...(isMac ? macNames : {}),
  }
  return keys
    .split(' ')
    .flatMap(chord => chord.split('+'))
    .map((key, at) => ({
      id: `${at} ${key}`,
      name: shown[key] ?? (key.length === 1 ? key.toUpperCase() : key),
    }))
}
