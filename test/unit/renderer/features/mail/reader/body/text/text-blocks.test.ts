import { describe, expect, test } from 'vitest'
import { textBlocks } from '../../../../../../../../renderer/features/mail/reader/body/text/text-blocks'
import { textPieces } from '../../../../../../../../renderer/ui/text/text-links'

describe('the text of a message', () => {
  test('is cut into what was written, what is quoted and the signature', () => {
    const text = 'Yes.\r\n\r\n> Shall we?\r\n> At ten?\r\n\r\nTen is fine.\r\n-- \r\nLena\r\nRedaktion'
    expect(textBlocks(text)).toEqual([
      { kind: 'written', lines: ['Yes.'] },
      { kind: 'quoted', lines: ['> Shall we?', '> At ten?'] },
      { kind: 'written', lines: ['Ten is fine.'] },
      { kind: 'signature', lines: ['Lena', 'Redaktion'] },
    ])
  })

  test('keeps blank lines within, drops them around', () => {
    expect(textBlocks('\n\na\n\nb\n\n')).toEqual([{ kind: 'written', lines: ['a', '', 'b'] }])
    expect(textBlocks(' \n\n')).toEqual([])
  })

  test('a quote below the signature stays a quote', () => {
    expect(textBlocks('a\n-- \nL\n> b').map(block => block.kind)).toEqual(['written', 'signature', 'quoted'])
  })
})

describe('links in text', () => {
  test('keep their true target and leave the full stop outside', () => {
    expect(textPieces('See https://example.org/a.')).toEqual([
      { text: 'See ', url: null },
      { text: 'https://example.org/a', url: 'https://example.org/a' },
      { text: '.', url: null },
    ])
  })

  test('addresses open a draft', () => {
    expect(textPieces('lena@example.org')[0]?.url).toBe('mailto:lena@example.org')
  })

  test('other schemes stay text', () => {
    for (const text of [
      'javascript:alert(1)',
      'ftp://example.org/x',
      'file:///etc/passwd',
      'data:text/html,x',
    ])
      expect(
        textPieces(text).every(piece => piece.url === null),
        text,
      ).toBe(true)
  })

  test('the pieces together are the line', () => {
    const line = 'a https://x.example b@c.example, www.d.example) end'
    expect(
      textPieces(line)
        .map(piece => piece.text)
        .join(''),
    ).toBe(line)
  })
})
