import { describe, expect, test } from 'vitest'
import { StatusBoard } from '../../../../../electron/engine/kit/status-board'
import type { ServiceKind } from '../../../../../shared/features/accounts/model'
import type { AccountId } from '../../../../../shared/kit/ids'
import { SiegelError } from '../../../../../shared/kit/result'
import type { SyncStatus } from '../../../../../shared/kit/status'

const account = 'a'.repeat(32) as AccountId

describe('the board of what accounts do', () => {
  test('a change of state is told at once, progress now and then, and what was swallowed comes with the next', () => {
    const told: SyncStatus[] = []
    const board = new StatusBoard(status => told.push(status)).of('mail')
    board.set(account, { state: 'syncing', phase: 'headers', done: 0, total: 5000 })
    for (let done = 1; done <= 1000; done += 1) board.set(account, { done })
    expect(told.length).toBeLessThan(500)
    expect(board.get(account).done).toBe(1000)
    board.set(account, { phase: 'bodies' })
    expect(told.at(-1)).toMatchObject({ phase: 'bodies', done: 1000, total: 5000, state: 'syncing' })
  })

  test('a problem stays until it is taken back, and each account has its own', () => {
    const all = new StatusBoard(() => undefined)
    const board = all.of('mail')
    const other = 'b'.repeat(32) as AccountId
    board.set(account, { state: 'waiting', problem: new SiegelError('connection-lost').toFailure() })
    board.set(other, { state: 'watching' })
    board.set(account, { state: 'connecting' })
    expect(all.all().map(each => [each.state, each.problem?.code ?? null])).toEqual([
      ['connecting', 'connection-lost'],
      ['watching', null],
    ])
    board.set(account, { problem: null })
    expect(board.get(account).problem).toBeNull()
    board.remove(account)
    expect([all.all().length, board.get(account).state]).toEqual([1, 'idle'])
  })

  test('services of one account do not see each other, and progress of one does not swallow the other’s', () => {
    const told: SyncStatus[] = []
    const all = new StatusBoard(status => told.push(status))
    const mail = all.of('mail')
    // A service that is to come.
    const later = all.of('later' as ServiceKind)
    mail.set(account, { state: 'syncing', done: 1 })
    later.set(account, { state: 'waiting', problem: new SiegelError('connection-lost').toFailure() })
    later.set(account, { done: 7 })
    expect(all.all().map(each => [each.service, each.state, each.problem?.code ?? null, each.done])).toEqual([
      ['mail', 'syncing', null, 1],
      ['later', 'waiting', 'connection-lost', 7],
    ])
    later.remove(account)
    expect([all.all().length, mail.get(account).state, all.of('mail').get(account).done]).toEqual([
      1,
      'syncing',
      1,
    ])
    expect(told.map(each => each.service)).toEqual(['mail', 'later'])
  })
})
