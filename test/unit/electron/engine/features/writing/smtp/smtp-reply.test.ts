import { describe, expect, test } from 'vitest'
import {
  extensionsOf,
  replyText,
  type SmtpReply,
  SmtpReplyReader,
} from '../../../../../../../electron/engine/features/writing/smtp/smtp-reply'

function read(...chunks: (string | Buffer)[]): SmtpReply[] {
  const reader = new SmtpReplyReader()
  const replies: SmtpReply[] = []
  for (const chunk of chunks) reader.take(Buffer.from(chunk as string), reply => replies.push(reply))
  return replies
}

describe('replies', () => {
  test('are put together from any pieces', () => {
    const text = '220 hello\r\n250-one\r\n250-two\r\n250 three\r\n354\r\n'
    const whole = read(text)
    expect(whole).toEqual([
      { code: 220, lines: ['hello'] },
      { code: 250, lines: ['one', 'two', 'three'] },
      { code: 354, lines: [''] },
    ])
    expect(read(...text)).toEqual(whole)
  })

  test('come without control characters and in UTF-8 where it is that', () => {
    expect(read('550 no\u0007 \u001b[31mred\r\n')[0]?.lines).toEqual(['no   [31mred'])
    expect(read('550 größer\r\n')[0]?.lines).toEqual(['größer'])
    expect(read(Buffer.from('550 gr\xf6\xdfer\r\n', 'latin1'))[0]?.lines).toEqual(['größer'])
  })

  test.each(['hello\r\n', '99 x\r\n', '2500 x\r\n', '600 x\r\n', '\r\n'])('%j is none', text => {
    expect(() => read(text)).toThrow()
  })

  test('without end are cut off', () => {
    expect(() => read('220 '.padEnd(100_000, 'x'))).toThrow()
    expect(() => read('250-x\r\n'.repeat(50_000))).toThrow()
  })

  test('are one line for people, bounded', () => {
    expect(replyText({ code: 550, lines: ['5.1.1 no', 'such user'] })).toBe('550 5.1.1 no such user')
    expect(replyText({ code: 550, lines: ['x'.repeat(10_000)] })).toHaveLength(500)
  })
})

test('extensions are read in both spellings of AUTH and without case', () => {
  const offered = extensionsOf({
    code: 250,
    lines: ['rig.test', 'size 1000', 'AUTH=PLAIN LOGIN', 'PIPELINING', '???'],
  })
  expect([...offered]).toEqual([
    ['SIZE', '1000'],
    ['AUTH', 'PLAIN LOGIN'],
    ['PIPELINING', ''],
  ])
})
