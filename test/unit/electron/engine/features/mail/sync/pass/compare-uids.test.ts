import { expect, test } from 'vitest'
import { compareAllUids } from '../../../../../../../../electron/engine/features/mail/sync/pass/compare-uids'
import type { SyncContext } from '../../../../../../../../electron/engine/features/mail/sync/pass/sync-context'
import type {
  MailboxStatus,
  MailSession,
} from '../../../../../../../../electron/engine/ports/mail/mail-backend'
import type { MailboxRow } from '../../../../../../../../electron/engine/ports/store'

const row = { id: 1, path: 'INBOX', uidValidity: 7, window: { kind: 'all' } } as unknown as MailboxRow

/** One opening of the mailbox: what EXISTS says and which UIDs the listing has. */
type Look = { exists: number; uids: readonly number[]; uidValidity?: number; uidNext?: number }

const statusOf = ({ exists, uids, uidValidity = 7, uidNext }: Look) =>
  ({ exists, uidValidity, uidNext: uidNext ?? Math.max(0, ...uids) + 1 }) as MailboxStatus

/** Compares what is known here with a server that gives these looks, one after the other. */
const compare = async (known: readonly number[], looks: readonly Look[], mailbox = row) => {
  let at = 0
  const now = () => looks[Math.min(at, looks.length - 1)]!
  const session = {
    open: async () => {
      at++
      return statusOf(now())
    },
    searchUids: async ({ sinceMs }: { sinceMs?: number }) =>
      sinceMs === undefined ? now().uids : now().uids.slice(-1),
  } as unknown as MailSession
  const context = {
    store: { messages: { knownUids: () => known } },
    clock: { now: () => Date.UTC(2026, 5, 15) },
  } as unknown as SyncContext
  const result = await compareAllUids(context, session, mailbox, statusOf(looks[0]!))
  return { ...result, openings: at }
}

const upTo = (count: number) => Array.from({ length: count }, (_, index) => index + 1)

test('tells new ones, newest first, from kept and gone ones', async () => {
  expect(await compare([1, 2, 3], [{ exists: 4, uids: [1, 3, 5, 9] }])).toMatchObject({
    newUids: [9, 5],
    keptUids: [1, 3],
    goneUids: [2],
    openings: 0,
  })
})

test('a listing without most of what is here is asked for once more, and only what is missing twice is gone', async () => {
  const known = upTo(50)
  expect(
    await compare(known, [
      { exists: 2, uids: [1, 2] },
      { exists: 49, uids: upTo(49) },
    ]),
  ).toMatchObject({ goneUids: [50], openings: 1 })
})

test('what is missing for the first time in the second listing stays for now', async () => {
  const known = upTo(50)
  const { goneUids } = await compare(known, [
    { exists: 10, uids: upTo(10) },
    { exists: 40, uids: known.slice(10) },
  ])
  expect(goneUids).toEqual([])
})

test('a mailbox that is empty twice is empty', async () => {
  expect((await compare([4], [{ exists: 0, uids: [] }])).goneUids).toEqual([4])
})

test('a listing shorter than EXISTS does not count', async () => {
  const { goneUids, openings } = await compare(
    [1, 2, 3],
    [
      { exists: 3, uids: [1] },
      { exists: 3, uids: [1, 2, 3] },
    ],
  )
  expect([goneUids, openings]).toEqual([[], 1])
})

test('mail that came since the opening makes the listing longer, and it counts', async () => {
  const { newUids, openings } = await compare([1, 2], [{ exists: 2, uids: [1, 2, 3], uidNext: 3 }])
  expect([newUids, openings]).toEqual([[3], 0])
})

test('a server that keeps contradicting itself deletes nothing: it is refused', async () => {
  await expect(compare([1, 2, 3], [{ exists: 3, uids: [] }])).rejects.toMatchObject({
    code: 'protocol-violation',
  })
})

test('other UIDs under another UIDVALIDITY are not compared', async () => {
  await expect(compare([1, 2], [{ exists: 1, uids: [1], uidValidity: 8 }])).rejects.toMatchObject({
    code: 'protocol-violation',
  })
})

test('only what lies in the window of the mailbox is new', async () => {
  const inMonths = { ...row, window: { kind: 'months', months: 3 } } as MailboxRow
  const { newUids, keptUids } = await compare([1], [{ exists: 3, uids: [1, 2, 3] }], inMonths)
  expect([newUids, keptUids]).toEqual([[3], [1]])
})
