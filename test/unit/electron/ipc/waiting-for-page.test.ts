import { expect, test } from 'vitest'
import { createWaitingForPage } from '../../../../electron/ipc/waiting-for-page'

const notice = (code: 'sent' | 'store-rebuilt') => ({ code, params: {}, undoId: null })
const codes = (waiting: ReturnType<typeof createWaitingForPage>): string[] =>
  waiting.waiting().notices.map(each => each.notice.code)

test('what was said before any page, and while one was loaded again, waits in order until it was taken', () => {
  const told: string[] = []
  const waiting = createWaitingForPage(
    (name, payload) => void told.push(`${name} ${JSON.stringify(payload)}`),
  )
  waiting.notice(notice('store-rebuilt'))
  // A page looks, and goes away before it has said anything.
  expect(codes(waiting)).toEqual(['store-rebuilt'])
  waiting.notice(notice('sent'))
  const [first, second] = waiting.waiting().notices
  expect(codes(waiting)).toEqual(['store-rebuilt', 'sent'])
  waiting.took([first?.id ?? -1])
  expect(codes(waiting)).toEqual(['sent'])
  waiting.took([second?.id ?? -1, 99])
  expect(codes(waiting)).toEqual([])
  expect(told).toHaveLength(2)
})

test('an address to write to outlives a lock; what the menu wanted of the open profile does not', () => {
  const waiting = createWaitingForPage(() => undefined)
  waiting.command({ name: 'mailto', argument: 'mailto:a@example.org' })
  waiting.command({ name: 'lock', argument: null })
  waiting.command({ name: 'compose', argument: null })
  waiting.profileClosed()
  expect(waiting.waiting().commands.map(each => each.command.name)).toEqual(['mailto'])
})
