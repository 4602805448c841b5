import { describe, expect, test } from 'vitest'
import { parseArguments } from '../../../cli/arguments'
import { readVerbs } from '../../../cli/verbs/read'

const verb = readVerbs.find(({ name }) => name === 'search')
const parse = (...argv: string[]) => parseArguments(argv, verb?.options ?? {}, verb?.takesDashedWords)

describe('a search on the command line is what is typed in the window', () => {
  test.each([
    [['für', 'alle'], 'für alle'],
    [['"fuer alle"'], '"fuer alle"'],
    [['garden', '-meeting'], 'garden -meeting'],
    [['-meeting'], '-meeting'],
    [['-is:unread garden'], '-is:unread garden'],
    [['-from:anna', '-"für alle"', '*ampf*'], '-from:anna -"für alle" *ampf*'],
    [['--', '--dashes', '-a'], '--dashes -a'],
    [['-'], '-'],
  ])('%j', (argv, text) => {
    expect(parse(...argv).positionals.join(' ')).toBe(text)
  })

  test('options are options still, with their values', () => {
    const options = parse('-meeting', '--limit', '7', '--folder', 'A/B', '-h', 'x')
    expect([
      options.positionals,
      options.text('limit'),
      options.text('folder'),
      options.flag('help'),
    ]).toEqual([['-meeting', 'x'], '7', 'A/B', true])
    expect(() => parse('--unknown')).toThrow('--unknown')
    expect(() => parseArguments(['-x'], {})).toThrow('-x')
  })

  test('a query that is too long is refused with its length', async () => {
    const output = {} as Parameters<NonNullable<typeof verb>['run']>[1]
    await expect(verb?.run(parse('x'.repeat(1001)), output)).rejects.toThrow('1001')
  })
})
