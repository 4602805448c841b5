import { expect, test } from 'vitest'
import { ShownLink } from '../../../../../electron/windows/mail-frame/shown-link'

const following = () => {
  const shown: string[] = []
  return { link: new ShownLink(url => shown.push(url)), shown }
}

test('the pointer shows a link, and none when it leaves', () => {
  const { link, shown } = following()
  link.move()
  link.name('two')
  link.move()
  link.name('')
  expect(shown).toEqual(['two', ''])
})

test('the link that the keyboard moved to stays, though the one under the pointer is named again', () => {
  const { link, shown } = following()
  link.move()
  link.name('two')
  link.press('Tab')
  link.name('one')
  link.name('two')
  expect(shown).toEqual(['two', 'one'])
})

test('the next key goes on to the link under the pointer, which is not named anew', () => {
  const { link, shown } = following()
  link.move()
  link.name('two')
  link.press('Tab')
  link.name('one')
  link.name('two')
  link.press('Tab')
  expect(shown).toEqual(['two', 'one', 'two'])
})

test('a pointer that moves within its link gets it shown again', () => {
  const { link, shown } = following()
  link.move()
  link.name('two')
  link.press('Tab')
  link.name('one')
  link.name('two')
  link.move()
  expect(shown).toEqual(['two', 'one', 'two'])
})

test('when the mail goes away under the keyboard no link is left behind', () => {
  const { link, shown } = following()
  link.move()
  link.name('two')
  link.press('Tab')
  link.name('one')
  link.name('')
  expect(shown.at(-1)).toBe('')
})

test('a key that moves no focus changes nothing', () => {
  const { link, shown } = following()
  link.press('Tab')
  link.name('one')
  link.press('a')
  link.name('')
  expect(shown).toEqual(['one', ''])
})
