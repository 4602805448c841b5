import { describe, expect, test } from 'vitest'
import { textBlocks } from '../../../../../../../../renderer/features/mail/reader/body/text/text-blocks'
import { isSetInColumns } from '../../../../../../../../renderer/features/mail/reader/body/text/text-columns'

const isSet = (text: string): boolean => isSetInColumns(textBlocks(text))

describe('text that was set with letters of one width', () => {
  test.each([
    [
      'columns by blanks',
      'Item          Count   Price\nBolt             20    1.20\nWasher          400    7.60\n',
    ],
    ['columns by tabs', 'Anna\t12\nBert\t7\nClara\t31'],
    ['strokes', '| a | b |\n|---|---|\n| 1 | 2 |'],
    ['corners', '+-----+-----+\n| one | two |\n+-----+-----+'],
    ['box drawing', '┌────┐\n│ hi │\n└────┘'],
    ['a picture of signs', '   /\\\n  /  \\\n /____\\\n |_[]_|\n'],
    ['a table with a rule in it', 'Name      Sum\n---------------\nAnna       12\nBert        7'],
    ['a quoted table', '> Item      Count\n> Bolt         20\n> Washer      400'],
    [
      'a table below a letter',
      'Dear all,\n\nthe numbers:\n\nJan    12    13\nFeb     9    44\nMar     1     2\n\nBest',
    ],
  ])('%s', (_name, text) => {
    expect(isSet(text)).toBe(true)
  })

  test.each([
    [
      'a letter',
      'Dear Anna,\n\nthe ferry leaves at eight.  Two blanks after a stop.\nSee you there.\n\nBert',
    ],
    ['a list', '  1. one\n  2. two\n     and more of it\n  - three\n  * four'],
    ['an indented stretch', '    some code\n    more code\n    last line'],
    ['rules between paragraphs', 'One\n--------\nTwo\n========\nThree\n*********'],
    ['addresses', 'https://a.example/x/y/z?a=1&b=2\nhttps://b.example/x\nhttps://c.example/_/_/_'],
    ['a signature set in columns', 'Hello\n-- \nPhone:     0123\nFax:       0124\nMail:      a@b.example'],
    ['two lines by chance', 'Total      12\nRest        3\n\nand no more'],
    ['smileys', ':-)\n;-)\n:-('],
    ['Japanese', '京都のお部屋について\n　よろしくお願いします\n　田中'],
  ])('not %s', (_name, text) => {
    expect(isSet(text)).toBe(false)
  })
})
