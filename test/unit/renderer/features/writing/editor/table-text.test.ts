import { describe, expect, test } from 'vitest'
import { gridText, textWithTables } from '../../../../../../renderer/features/writing/editor/table-text'

describe('a table as text', () => {
  test('columns stand apart and one under the other', () => {
    expect(
      gridText([
        ['Year', 'Paid'],
        ['2026', '84.20'],
        ['2025', '1,284.00'],
      ]),
    ).toEqual({ lines: ['Year | Paid', '2026 | 84.20', '2025 | 1,284.00'], isAligned: true })
    expect(
      gridText([
        ['a', 'bb'],
        ['ccc', 'd'],
      ]).lines,
    ).toEqual(['a   | bb', 'ccc | d'])
  })

  test('a cell of several lines takes as many', () => {
    expect(
      gridText([
        ['Anna\nHamburg', '1'],
        ['Bo', '2\n3'],
      ]).lines,
    ).toEqual(['Anna    | 1', 'Hamburg |', 'Bo      | 2', '        | 3'])
  })

  test('one too wide for a line is not padded, and its cells stay apart all the same', () => {
    const wide = 'x'.repeat(70)
    expect(
      gridText([
        [wide, 'one\ntwo', 'end'],
        ['a', 'b', 'c'],
      ]),
    ).toEqual({
      lines: [`${wide} | one / two | end`, 'a | b | c'],
      isAligned: false,
    })
  })

  test('empty cells keep their place, empty rows and ends are gone, short rows are filled', () => {
    expect(gridText([['a', '', 'c', ''], ['', '', '', ''], ['d']]).lines).toEqual(['a |  | c', 'd |  |'])
    expect(gridText([]).lines).toEqual([])
    expect(gridText([['', ' ']]).lines).toEqual([])
  })
})

describe('text from the clipboard', () => {
  test('rows of a spreadsheet, with either line end and a last one', () => {
    expect(textWithTables('2026\t84.20\n2025\t7.00\n')).toBe('2026 | 84.20\n2025 | 7.00')
    expect(textWithTables('2026\t84.20\r\n2025\t7.00\r\n')).toBe('2026 | 84.20\n2025 | 7.00')
    expect(textWithTables('one\ttwo')).toBe('one | two')
  })

  test('cells with line breaks and quotes, as spreadsheets write them', () => {
    expect(textWithTables('"Anna\nHamburg"\t1\n"say ""hi"""\t2\n')).toBe(
      'Anna     | 1\nHamburg  |\nsay "hi" | 2',
    )
    // A word in quotes is no quoted cell.
    expect(textWithTables('"a" b\t1\nc\t2')).toBe('"a" b | 1\nc     | 2')
  })

  test('a table between lines of text', () => {
    expect(textWithTables('As agreed:\nYear\tPaid\n2026\t84.20\n\nBye\tnow')).toBe(
      'As agreed:\nYear | Paid\n2026 | 84.20\n\nBye | now',
    )
  })

  test('what is no table stays as it was', () => {
    for (const text of [
      'Hello\nworld',
      '',
      'all:\n\tmake -j2\n\t\tmore',
      '\tindented\n\tmore',
      'a | b\nc | d',
    ])
      expect(textWithTables(text)).toBeNull()
  })
})
