import { expect, test } from 'vitest'
import { downloadMessage } from '../../../../../../../../electron/engine/features/mail/sync/pass/download-message'
import type { SessionPool } from '../../../../../../../../electron/engine/features/mail/sync/session-pool'
import { limits } from '../../../../../../../../electron/engine/ports/limits'
import type { MessageId } from '../../../../../../../../shared/kit/ids'
import { SiegelError } from '../../../../../../../../shared/kit/result'

const id = 3 as MessageId
const raw = Buffer.from('Subject: one\r\n\r\nbody')

/** A message in a mailbox of UIDVALIDITY 7, and a server that gives `given` of it. */
function world(
  change: {
    location?: { mailboxId: number; uid: number | null } | null
    sizeBytes?: number
    validity?: number
    given?: readonly Uint8Array[] | Error
  } = {},
) {
  const { location = { mailboxId: 1, uid: 20 }, sizeBytes = raw.length, validity = 7, given = [raw] } = change
  const kept: { id: MessageId; raw: Uint8Array }[] = []
  const told: unknown[] = []
  let dialled = 0
  const session = {
    open: async () => ({ uidValidity: validity }),
    async *fetchRaw() {
      if (given instanceof Error) throw given
      for (const each of given) yield { raw: each }
    },
  }
  const deps = {
    store: {
      messages: {
        location: () => location,
        summaries: () => [{ sizeBytes }],
        storeBodies: (bodies: typeof kept) => void kept.push(...bodies),
      },
      mailboxes: { row: () => ({ path: 'INBOX', uidValidity: 7 }) },
    },
    mime: { parseMessage: () => ({}) },
    onBodies: (bodies: unknown) => told.push(bodies),
  } as unknown as Parameters<typeof downloadMessage>[0]
  const pool = {
    use: (work: (given: unknown) => Promise<unknown>) => {
      dialled += 1
      return work(session)
    },
  } as unknown as SessionPool
  return { kept, told, dialled: () => dialled, run: () => downloadMessage(deps, pool, id) }
}

test('what the server gives is kept and told of', async () => {
  const here = world()
  await here.run()
  expect(here.kept).toEqual([{ id, raw, parsed: {} }])
  expect(here.told).toEqual([[{ id, raw }]])
})

test('an empty message is whole without a byte', async () => {
  const here = world({ sizeBytes: 0, given: [] })
  await here.run()
  expect(here.kept).toMatchObject([{ raw: new Uint8Array() }])
})

const tooLong = new SiegelError(
  'protocol-violation',
  {},
  {
    cause: Object.assign(new Error('literal'), { code: 'LiteralTooLarge' }),
  },
)
test.each([
  ['is gone here', { location: null }, 'not-found', 0],
  ['has not reached the server', { location: { mailboxId: 1, uid: null } }, 'body-not-here', 0],
  ['is larger than is read of any', { sizeBytes: limits.messageBytes + 1 }, 'too-large', 0],
  ['lies in a mailbox that was replaced', { validity: 8 }, 'body-not-here', 1],
  ['is not given', { given: [] }, 'body-not-here', 1],
  ['turns out larger than it said', { given: tooLong }, 'too-large', 1],
  ['breaks off', { given: new SiegelError('connection-lost') }, 'connection-lost', 1],
] as const)('a message that %s keeps nothing and says why', async (_, change, code, dialled) => {
  const here = world(change)
  await expect(here.run()).rejects.toMatchObject({ code })
  expect([here.kept, here.told, here.dialled()]).toEqual([[], [], dialled])
})
