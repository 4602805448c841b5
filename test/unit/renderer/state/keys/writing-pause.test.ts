import { expect, test } from 'vitest'
import { WritingPause } from '../../../../../renderer/state/keys/writing-pause'

const key = (name: string, ctrlKey = false) => ({ key: name, ctrlKey, metaKey: false, altKey: false })

test('what is typed before the draft window is there archives and deletes nothing', () => {
  const pause = new WritingPause()
  pause.ran('reply', 1000)
  expect(pause.swallows(key('e'), false, 1100)).toBe(true)
  expect(pause.swallows(key('z', true), false, 1100)).toBe(false)
  expect(pause.swallows(key('H'), true, 1200)).toBe(false)
  expect(pause.swallows(key('e'), false, 1300)).toBe(false)
})

test('commands are heard again when no draft comes', () => {
  const pause = new WritingPause()
  pause.ran('compose', 1000)
  expect(pause.swallows(key('j'), false, 2100)).toBe(false)
})

test('other commands swallow nothing', () => {
  const pause = new WritingPause()
  pause.ran('next', 1000)
  expect(pause.swallows(key('j'), false, 1010)).toBe(false)
})
