import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { MessageRows } from '../../../../../renderer/state/live/message-rows'
import type { MessageSummary } from '../../../../../shared/features/mail/model'
import type { MessageId } from '../../../../../shared/kit/ids'
import { QuietHost } from '../quiet-host'

const id = (value: number) => value as MessageId
const settle = () => vi.advanceTimersByTimeAsync(1000)
const asked = (host: QuietHost) => host.calls.map(call => (call.input as { ids: number[] }).ids)
const echo = (_name: string, input: unknown) =>
  (input as { ids: number[] }).ids.map(value => ({ id: value, subject: `${value}` }))
const nothing = () => {}

describe('rows of a message list', () => {
  beforeEach(() => vi.useFakeTimers())
  afterEach(() => vi.useRealTimers())

  test('a screen of rows is one question', async () => {
    const host = new QuietHost()
    host.answer = echo
    const rows = new MessageRows(host)
    for (let at = 1; at <= 40; at += 1) rows.watch(id(at), nothing)
    await settle()
    expect(asked(host)).toHaveLength(1)
    expect(rows.get(id(17))?.subject).toBe('17')
  })

  test('a thousand rows are asked for in pages the contract allows', async () => {
    const host = new QuietHost()
    host.answer = echo
    const rows = new MessageRows(host)
    for (let at = 1; at <= 1000; at += 1) rows.watch(id(at), nothing)
    await settle()
    expect(Math.max(...asked(host).map(ids => ids.length))).toBeLessThanOrEqual(500)
    expect(asked(host).flat()).toHaveLength(1000)
  })

  test('rows that were scrolled past before they were asked for are not asked for', async () => {
    const host = new QuietHost()
    host.answer = echo
    const rows = new MessageRows(host)
    rows.watch(id(1), nothing)()
    rows.watch(id(2), nothing)
    await settle()
    expect(asked(host)).toEqual([[2]])
  })

  test('a changed flag redraws its own row only', async () => {
    const host = new QuietHost()
    host.answer = echo
    const rows = new MessageRows(host)
    const drawn: number[] = []
    for (const at of [1, 2, 3]) rows.watch(id(at), () => drawn.push(at))
    await settle()
    drawn.length = 0
    host.changed('message', [2])
    await settle()
    expect(drawn).toEqual([2])
    expect(asked(host).at(-1)).toEqual([2])
  })

  test('when a conversation grew, its rows are asked for again and no others', async () => {
    const host = new QuietHost()
    host.answer = echo
    const rows = new MessageRows(host)
    for (const at of [1, 2, 3, 4]) rows.watch(id(at), nothing)
    await settle()
    host.changed('conversation', [2, 4, 99])
    await settle()
    expect(asked(host).slice(1)).toEqual([[2, 4]])
    host.changed('mailbox', [1])
    await settle()
    expect(asked(host)).toHaveLength(2)
  })

  test('a row off the screen is asked for again when it comes back', async () => {
    const host = new QuietHost()
    host.answer = echo
    const rows = new MessageRows(host)
    const stop = rows.watch(id(1), nothing)
    await settle()
    stop()
    host.changed('message', [1])
    await settle()
    expect(asked(host)).toHaveLength(1)
    expect(rows.get(id(1))?.subject).toBe('1')
    rows.watch(id(1), nothing)
    await settle()
    expect(asked(host)).toHaveLength(2)
  })

  test('a change that is told of while rows are on their way is asked for afterwards', async () => {
    const host = new QuietHost()
    host.answer = (name, input) => new Promise(resolve => setTimeout(() => resolve(echo(name, input)), 800))
    const rows = new MessageRows(host)
    rows.watch(id(1), nothing)
    await vi.advanceTimersByTimeAsync(100)
    host.changed('message', [1], ['flags'])
    await vi.advanceTimersByTimeAsync(3000)
    expect(asked(host)).toEqual([[1], [1]])
  })

  test('what is gone is not asked for', async () => {
    const host = new QuietHost()
    host.answer = echo
    const rows = new MessageRows(host)
    rows.watch(id(1), nothing)
    await settle()
    host.changed('message', [1], ['gone'])
    host.changed('message', null, ['gone'])
    await settle()
    expect(asked(host)).toHaveLength(1)
  })

  test('what an opened message says of itself stays when its flags change, and goes with its text', async () => {
    const host = new QuietHost()
    host.answer = echo
    const rows = new MessageRows(host)
    rows.watch(id(1), nothing)
    await settle()
    rows.opened({ ...(rows.get(id(1)) as MessageSummary), subject: 'decrypted' })
    host.changed('message', [1], ['flags'])
    await settle()
    expect(asked(host)).toHaveLength(2)
    expect(rows.get(id(1))?.subject).toBe('decrypted')
    host.changed('message', [1], ['row'])
    await settle()
    expect(rows.get(id(1))?.subject).toBe('1')
  })

  test('locking forgets every row, also those on their way', async () => {
    const host = new QuietHost()
    host.answer = (name, input) => new Promise(resolve => setTimeout(() => resolve(echo(name, input)), 300))
    const rows = new MessageRows(host)
    rows.watch(id(1), nothing)
    await vi.advanceTimersByTimeAsync(100)
    rows.clear()
    await settle()
    expect(rows.get(id(1))).toBeUndefined()
  })
})
