import { describe, expect, test } from 'vitest'
import {
  giveLeaseBack,
  highestModseq,
  Lease,
  takeLease,
} from '../../../../../../../electron/engine/features/inbox-encryption/sync/lease'
import type { ReplaceContext } from '../../../../../../../electron/engine/features/inbox-encryption/sync/replace-context'
import { leaseKeyword } from '../../../../../../../electron/engine/ports/keys/inbox-encryption'
import type {
  MailboxStatus,
  RemoteHeader,
} from '../../../../../../../electron/engine/ports/mail/mail-backend'

const header = (uid: number, modseq: string | null) => ({ uid, modseq }) as RemoteHeader
const status = (permanentFlags: readonly string[] | null) => ({ permanentFlags }) as MailboxStatus
const minute = 60_000

/** A server that says which UIDs somebody else changed meanwhile, and keeps what it was told. */
function server({ condstore = true, changed = [] as number[] } = {}) {
  const told: unknown[][] = []
  let nowMs = 0
  const context = {
    clock: { now: () => nowMs },
    session: {
      capabilities: { condstore },
      storeFlags: async (...args: unknown[]) => void told.push(['store', ...args]),
      storeFlagsIfUnchanged: async (...args: unknown[]) => {
        told.push(['if-unchanged', ...args])
        return changed
      },
    },
  } as unknown as ReplaceContext
  const pass = (ms: number) => {
    nowMs += ms
  }
  return { context, told, pass }
}
const add = { add: [leaseKeyword], remove: [] }

describe('which messages this client alone replaces', () => {
  test('with CONDSTORE those that nobody changed since, for ten minutes', async () => {
    const { context, told, pass } = server({ changed: [2] })
    const lease = await takeLease(
      context,
      status(['\\*']),
      [header(1, '5'), header(2, '9'), header(3, '7')],
      false,
    )
    expect(told).toEqual([['if-unchanged', [1, 2, 3], add, '9']])
    expect([...lease.uids]).toEqual([1, 3])
    expect(lease.excludesOthers).toBe(true)
    pass(10 * minute - 1)
    expect(lease.excludesOthers).toBe(true)
    pass(1)
    expect(lease.excludesOthers).toBe(false)
  })

  test('one that was taken over from a client that may still live excludes nobody', async () => {
    const lease = await takeLease(server().context, status(['\\*']), [header(1, '5')], true)
    expect([[...lease.uids], lease.excludesOthers]).toEqual([[1], false])
  })

  test.each([
    ['without CONDSTORE', { condstore: false }, ['\\*'], '5', [['store', [1], add]]],
    ['where a message has no mod-sequence', {}, ['\\*'], null, [['store', [1], add]]],
    ['where the server keeps no keywords', {}, ['\\Seen'], '5', []],
  ] as const)(
    '%s it is only unlikely that two meet',
    async (_, options, permanentFlags, modseq, expected) => {
      const { context, told } = server(options)
      const lease = await takeLease(context, status(permanentFlags), [header(1, modseq)], false)
      expect([[...lease.uids], lease.excludesOthers]).toEqual([[1], false])
      expect(told).toEqual(expected)
    },
  )

  test('is given back for what stays as it is, and nothing is said about nothing', async () => {
    const { context, told } = server()
    await giveLeaseBack(context, status(null), [])
    await giveLeaseBack(context, status(['\\Seen']), [4])
    expect(told).toEqual([])
    await giveLeaseBack(context, status(null), [4])
    expect(told).toEqual([['store', [4], { add: [], remove: [leaseKeyword] }]])
  })
})

test.each([
  [[], null],
  [['0'], null],
  [['9', '10'], '10'],
  [['18446744073709551615', '9007199254740993'], '18446744073709551615'],
  [['9', null], null],
] as const)('the highest of %j is %s', (modseqs, highest) => {
  expect(highestModseq(modseqs.map((modseq, at) => header(at + 1, modseq)))).toBe(highest)
})

test('a lease that was never sure does not become so', () => {
  expect(new Lease([1], { sure: false, now: () => 0 }).excludesOthers).toBe(false)
})
