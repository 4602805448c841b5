import { expect, test } from 'vitest'
import { acceleratorOf } from '../../../../electron/windows/accelerator'

test.each([
  ['compose', 'CmdOrCtrl+N'],
  ['syncNow', 'F5'],
  ['settings', 'CmdOrCtrl+,'],
  ['lock', 'CmdOrCtrl+Shift+L'],
  ['search', 'CmdOrCtrl+F'],
] as const)('the menu shows and takes the keys of %s that the page has: %s', (command, accelerator) => {
  expect(acceleratorOf(command)).toBe(accelerator)
})

test.each(['shortcuts', 'archive', 'back', 'goInbox'] as const)(
  '%s has no keys that a menu may take while somebody types',
  command => {
    expect(acceleratorOf(command)).toBeUndefined()
  },
)
