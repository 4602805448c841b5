import { expect, test } from 'vitest'
import { logLines } from '../../../../../renderer/features/chat/conversation/log-lines'
import { differsFromRule } from '../../../../../renderer/features/chat/use-chat-words'
import type { ChatMessageId } from '../../../../../shared/features/chat/model'
import { message, note } from './made-rows'

const day = 86_400_000
const noon = new Date(2026, 2, 12, 12).getTime()
const kinds = (...rows: Parameters<typeof logLines>[0]) => logLines(rows, null).map(line => line.kind)

test('days stand before their first message, and people who go on are drawn together', () => {
  const lines = logLines(
    [
      message(1, { atMs: noon }),
      message(2, { atMs: noon + 60_000 }),
      message(3, { atMs: noon + 60_000 + 6 * 60_000 }),
      message(4, { atMs: noon + day }),
    ],
    null,
  )
  expect(lines.map(line => (line.kind === 'message' ? line.goesOn : line.kind))).toEqual([
    'day',
    false,
    true,
    false,
    'day',
    false,
  ])
})

test('the order is that of the rows, whatever their clocks say, and every line has a key of its own', () => {
  const lines = logLines(
    [message(1, { atMs: noon }), message(2, { atMs: noon - day }), message(3, { atMs: noon })],
    null,
  )
  expect(lines.flatMap(line => (line.kind === 'message' ? [line.message.id] : []))).toEqual([1, 2, 3])
  expect(new Set(lines.map(line => line.key)).size).toBe(lines.length)
})

test('the line before what is new parts it from what was there, also of the same person', () => {
  const lines = logLines([message(1), message(2)], 2 as ChatMessageId)
  expect(lines.map(({ kind }) => kind)).toEqual(['day', 'message', 'unread', 'message'])
  expect(lines.at(-1)).toMatchObject({ goesOn: false })
})

test('notes, holes and what was taken back end a group', () => {
  expect(kinds(message(1), note('joined'), message(2))).toEqual(['day', 'message', 'note', 'message'])
  const lines = logLines([message(1, { retracted: { by: 'author', reason: '' } }), message(2)], null)
  expect(lines.at(-1)).toMatchObject({ goesOn: false })
})

test('a lock is drawn only where a message differs from the rule of its conversation', () => {
  const told = (mode: 'encrypted' | 'clear', change: Parameters<typeof message>[1]) =>
    differsFromRule(message(1, change), mode)
  expect(told('encrypted', {})).toBeNull()
  expect(told('encrypted', { encryption: 'none', trust: 'none' })).toBe('unlocked')
  expect(told('clear', { encryption: 'none', trust: 'none' })).toBeNull()
  expect(told('clear', {})).toBe('locked')
  expect(told('encrypted', { trust: 'undecided' })).toBe('untrusted')
  expect(told('encrypted', { trust: 'rejected' })).toBe('rejected')
  expect(told('encrypted', { undecryptable: 'broken', encryption: 'none' })).toBeNull()
})
