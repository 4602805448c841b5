import { expect, test } from 'vitest'
import { keyNames } from '../../../../../renderer/ui/actions/key-names'

const caps = (keys: string, isMac: boolean, language: string) =>
  keyNames(keys, isMac, language).map(({ name }) => name)

test('keys are named as German keyboards carry them, and by signs on a Mac', () => {
  expect(caps('mod+shift+l', false, 'de')).toEqual(['Strg', 'Umschalt', 'L'])
  expect(['Delete', 'Home', 'End', 'PageUp'].flatMap(key => caps(key, false, 'de'))).toEqual([
    'Entf',
    'Pos1',
    'Ende',
    'Bild auf',
  ])
  expect(caps('mod+shift+l', true, 'de')).toEqual(['⌘', '⇧', 'L'])
  expect(caps('mod+shift+l', false, 'en')).toEqual(['Ctrl', '⇧', 'L'])
})
