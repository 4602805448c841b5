import { expect, test } from 'vitest'
import { parseArguments } from '../../../../cli/kit/arguments'
import { UsageError } from '../../../../cli/kit/exit'
import { onTheWall } from '../../../../cli/kit/words/wall-time'

const options = {
  alarm: { type: 'string', multiple: true },
  title: { type: 'string' },
  yes: { type: 'boolean' },
} as const

test('what follows an option that takes a text is its value, also with a hyphen', () => {
  const read = parseArguments(['--alarm', '-PT15M', '--alarm', 'PT5M', '--title', '- milk', '--yes'], options)
  expect([read.texts('alarm'), read.text('title'), read.flag('yes')]).toEqual([
    ['-PT15M', 'PT5M'],
    '- milk',
    true,
  ])
})

test('another option, or nothing, is no value', () => {
  for (const argv of [['--title', '--yes'], ['--title'], ['--yes', '-x'], ['-PT15M']])
    expect(() => parseArguments(argv, options), argv.join(' ')).toThrow(UsageError)
})

test('a day and a time are taken as they are written, anything else is told with how to write it', () => {
  for (const text of ['2026-03-29', '2026-03-29T09:00', '2026-03-29T09:00:30'])
    expect(onTheWall(text)).toBe(text)
  for (const text of ['tomorrow', '29.3.2026', '2026-03-29 09:00', ''])
    expect(() => onTheWall(text)).toThrow('write a day as 2026-03-29')
})
