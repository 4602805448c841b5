import { expect, test } from 'vitest'
import { rawOf } from '../../../../../../electron/engine/formats/vcard/card'
import { editCard } from '../../../../../../electron/engine/formats/vcard/edit/edit-card'
import { newCard } from '../../../../../../electron/engine/formats/vcard/edit/new-card'
import { nameOfDisplay } from '../../../../../../electron/engine/formats/vcard/fields/name-of-display'

const parts = (text: string) => {
  const { family, given } = nameOfDisplay(text)
  return [family, given]
}
const nameLine = (card: Parameters<typeof rawOf>[0]) => /^N:.*$/m.exec(rawOf(card))?.[0]

test.each([
  ['Eva Meier', ['Meier', 'Eva']],
  ['Meier, Eva', ['Meier', 'Eva']],
  ['  Eva  Maria\tMeier ', ['Meier', 'Eva Maria']],
  ['Madonna', ['', 'Madonna']],
  ['', ['', '']],
])('%j is told apart', (text, expected) => {
  expect(parts(text)).toEqual(expected)
})

test('a new person has the parts that some programs show alone; a group, and whoever is an organisation, has none', () => {
  expect(nameLine(newCard('1', { displayName: 'Eva Meier' }))).toBe('N:Meier;Eva;;;')
  expect(nameLine(newCard('1', { displayName: 'Garden group' }, { isGroup: true }))).toBe('N:;;;;')
  expect(nameLine(newCard('1', { displayName: 'Acme', organisation: 'Acme' }))).toBe('N:;;;;')
  expect(nameLine(newCard('1', { displayName: 'Eva', name: { ...nameOfDisplay('Koch, Eva') } }))).toBe(
    'N:Koch;Eva;;;',
  )
})

test('the parts follow another name as long as they said the same as the one before', () => {
  const card = newCard('1', { displayName: 'Eva Meier' })
  const renamed = editCard(card, { displayName: 'Eva Koch' })
  expect(rawOf(renamed)).toMatch(/FN:Eva Koch/)
  expect(nameLine(renamed)).toBe('N:Koch;Eva;;;')
  const own = newCard('1', { displayName: 'Doc', name: nameOfDisplay('Eva Meier') })
  expect(nameLine(editCard(own, { displayName: 'Doctor' }))).toBe('N:Meier;Eva;;;')
})
