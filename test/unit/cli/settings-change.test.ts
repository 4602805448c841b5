import { expect, test } from 'vitest'
import { UsageError } from '../../../cli/exit'
import { settingsChange } from '../../../cli/verbs/settings'

test('settings are typed as they are printed', () => {
  expect(settingsChange(['offline=true', 'lockAfterIdleMinutes=5', 'textWidth=fixed'])).toEqual({
    offline: true,
    lockAfterIdleMinutes: 5,
    textWidth: 'fixed',
  })
  expect(settingsChange(['defaultWindow={"kind":"months","months":3}'])).toEqual({
    defaultWindow: { kind: 'months', months: 3 },
  })
  expect(settingsChange([])).toEqual({})
})

test.each(['nothing=1', 'offline', '=true', 'offline=perhaps', 'lockAfterIdleMinutes=-1', '__proto__=1'])(
  '%s is refused as wrong use',
  text => expect(() => settingsChange([text])).toThrow(UsageError),
)
