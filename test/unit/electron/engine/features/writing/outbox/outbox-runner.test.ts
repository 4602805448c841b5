import { cpSync } from 'node:fs'
import { describe, expect, onTestFinished, test } from 'vitest'
import {
  createOutboxRunner,
  type OutboxNotice,
  retryDelayMs,
} from '../../../../../../../electron/engine/features/writing/outbox/outbox-runner'
import { mime } from '../../../../../../../electron/engine/formats/mime/mime'
import type { Clock } from '../../../../../../../electron/engine/ports/basics'
import type {
  Submission,
  SubmissionResult,
} from '../../../../../../../electron/engine/ports/mail/mail-backend'
import type { Store } from '../../../../../../../electron/engine/ports/store'
import type { OutboxItem } from '../../../../../../../shared/features/writing/model'
import { noChoice } from '../../../../../../../shared/features/writing/protection'
import type { AccountId, OutboxId } from '../../../../../../../shared/kit/ids'
import { until } from '../../../../../../support/until'
import {
  bytes,
  fakeRandom,
  openAt,
  quietLog,
  seedAccount,
  storeKey,
  temporaryDirectory,
} from '../../../store/support'

const sent: SubmissionResult = { state: 'sent', response: '250 ok' }
const later: SubmissionResult = {
  state: 'failed',
  permanent: false,
  code: 'server-unavailable',
  detail: '451 later',
}
const never: SubmissionResult = {
  state: 'failed',
  permanent: true,
  code: 'recipient-refused',
  detail: '<bob@example.net>: 550 no',
}
const lost: SubmissionResult = { state: 'unknown', detail: 'the connection ended' }

/** Sleeping lets the time pass at once. */
function quickClock(): Clock & { slept: number[]; setBack(ms: number): void } {
  let nowMs = Date.UTC(2026, 5, 1)
  const slept: number[] = []
  return {
    slept,
    setBack(ms) {
      nowMs -= ms
    },
    now: () => nowMs,
    sleep: async ms => {
      slept.push(ms)
      nowMs += ms
    },
  }
}

const raw = bytes(
  'From: anna@example.org\r\nTo: bob@example.net\r\nMessage-ID: <one@example.org>\r\nSubject: Hello\r\n\r\nbody\r\n',
)
const sentCopy = bytes(`Bcc: carl@example.net\r\n${Buffer.from(raw)}`)

type World = {
  store: Store
  clock: ReturnType<typeof quickClock>
  directory: string
  accountId: AccountId
  notices: OutboxNotice[]
  settled: OutboxItem[]
  sends: string[]
  runner: ReturnType<typeof createOutboxRunner>
}

/** A runner over a real store, with a server that answers what the test says. */
function world(
  answer:
    | SubmissionResult
    | ((attempt: number, world: World) => SubmissionResult | Promise<SubmissionResult>),
  options: { directory?: string; onServer?: 'found' | 'absent' | 'cannot-say'; sentMailbox?: boolean } = {},
): World {
  const directory = options.directory ?? temporaryDirectory()
  const clock = quickClock()
  const { store } = openAt(directory, storeKey, clock)
  onTestFinished(() => store.close())
  const known = store.accounts.list()[0]
  const accountId = known?.id ?? seedAccount(store).accountId
  if (!known && options.sentMailbox !== false)
    store.mailboxes.create({ accountId, path: 'Sent', delimiter: '/', role: 'sent' })
  const submission: Submission = {
    async send(_account, message) {
      made.sends.push(Buffer.from(message.raw).toString())
      return typeof answer === 'function' ? answer(made.sends.length, made) : answer
    },
  }
  const made: World = {
    store,
    clock,
    directory,
    accountId,
    notices: [],
    settled: [],
    sends: [],
    runner: createOutboxRunner({
      store,
      submission,
      mime,
      clock,
      random: fakeRandom(),
      log: quietLog,
      lookForMessage: async () => options.onServer ?? 'absent',
      onSent: item => made.settled.push(item),
      taskAdded: () => undefined,
      notice: notice => made.notices.push(notice),
    }),
  }
  onTestFinished(() => made.runner.stop())
  return made
}

function enqueue({ store, accountId, clock }: World, change: { delayMs?: number; name?: string } = {}) {
  const draft = store.drafts.create({
    content: {
      accountId,
      to: [],
      cc: [],
      bcc: [],
      subject: 'Hello',
      text: 'body',
      html: null,
      protection: noChoice,
    },
    relation: null,
    serverMessageId: null,
  })
  const item = store.outbox.enqueue({
    accountId,
    draftId: draft.id,
    messageIdHeader: `${change.name ?? 'one'}@example.org`,
    subject: 'Hello',
    raw,
    sentCopy,
    envelope: { from: 'anna@example.org', to: ['bob@example.net', 'carl@example.net'] },
    notBeforeMs: clock.now() + (change.delayMs ?? 0),
  })
  return { draft, id: item.id }
}

const inSent = ({ store, accountId }: World) => store.messages.findByMessageId(accountId, 'one@example.org')
const stateOf = ({ store }: World, id: OutboxId) => store.outbox.get(id)?.state

describe('a message that goes out', () => {
  test('is sent once, filed in Sent with its Bcc, queued for the server, and its draft is gone', async () => {
    const here = world(sent)
    const { id, draft } = enqueue(here)
    expect(await here.runner.runUntilFinal(id)).toMatchObject({ state: 'sent', problem: null, attempts: 1 })
    expect(here.sends).toEqual([Buffer.from(raw).toString()])
    const [copy] = inSent(here)
    expect(copy?.mailboxId).toBe(here.store.mailboxes.byRole(here.accountId, 'sent')?.id)
    expect(Buffer.from(here.store.messages.raw(copy!.id) ?? []).equals(sentCopy)).toBe(true)
    expect(here.store.tasks.list()).toMatchObject([{ kind: 'append', state: 'queued' }])
    expect(here.store.drafts.get(draft.id)).toBeNull()
    expect(here.store.outbox.sentCopy(id)).toBeNull()
    expect(here.settled).toHaveLength(1)
    expect(here.notices).toMatchObject([{ code: 'sent' }])
  })

  test('is not filed a second time when Sent has it already', async () => {
    const here = world(sent)
    const { id } = enqueue(here)
    const mailbox = here.store.mailboxes.byRole(here.accountId, 'sent')
    const parsedCopy = mime.parseMessage(sentCopy)
    here.store.messages.insertHeaders(mailbox!.id, [
      { uid: 7, flags: [], modseq: null, internalDateMs: 0, sizeBytes: 9, header: parsedCopy.header },
    ])
    await here.runner.runUntilFinal(id)
    expect(inSent(here)).toHaveLength(1)
    expect(here.store.tasks.list()).toEqual([])
  })

  test('makes a Sent mailbox where the server has none', async () => {
    const here = world(sent, { sentMailbox: false })
    const { id } = enqueue(here)
    await here.runner.runUntilFinal(id)
    expect(here.store.mailboxes.byRole(here.accountId, 'sent')?.path).toBe('Sent')
    expect(
      here.store.tasks
        .list()
        .map(task => task.kind)
        .sort(),
    ).toEqual(['append', 'create-mailbox'])
  })

  test('keeps its bytes until the mailboxes of the account are known', async () => {
    const here = world(sent, { sentMailbox: false })
    for (const row of here.store.mailboxes.rows(here.accountId)) here.store.mailboxes.remove(row.id)
    const { id, draft } = enqueue(here)
    expect((await here.runner.runUntilFinal(id)).state).toBe('sent')
    expect(here.store.outbox.sentCopy(id)).not.toBeNull()
    expect(here.store.drafts.get(draft.id)).not.toBeNull()
    here.store.mailboxes.create({ accountId: here.accountId, path: 'Gesendet', delimiter: '/', role: 'sent' })
    here.runner.kick()
    expect(inSent(here)).toHaveLength(1)
    expect(here.store.outbox.sentCopy(id)).toBeNull()
    expect(here.sends).toHaveLength(1)
  })

  test('waits out the time in which it can be called back', async () => {
    const here = world(sent)
    const { id } = enqueue(here, { delayMs: 5000 })
    await here.runner.runUntilFinal(id)
    expect(here.clock.slept).toEqual([5000])
    const second = enqueue(here, { delayMs: 60_000, name: 'two' })
    here.runner.start()
    // A third one that is due passes it by.
    const third = enqueue(here, { name: 'three' })
    here.runner.kick()
    await until(() => stateOf(here, third.id) === 'sent', 'what is due goes')
    expect(stateOf(here, second.id)).toBe('queued')
    here.store.outbox.remove(second.id)
    here.runner.kick()
    await here.runner.stop()
    expect(here.sends).toHaveLength(2)
  })

  test('goes by itself once the runner is started, also when queued later', async () => {
    const here = world(sent)
    here.runner.start()
    const { id } = enqueue(here)
    here.runner.kick()
    await expect.poll(() => stateOf(here, id)).toBe('sent')
  })
})

describe('a message that does not go out', () => {
  test('a refusal for good is said with the server text, and the draft stays', async () => {
    const here = world(never)
    const { id, draft } = enqueue(here)
    expect(await here.runner.runUntilFinal(id)).toMatchObject({
      state: 'failed',
      problem: { code: 'recipient-refused', detail: '<bob@example.net>: 550 no' },
    })
    expect(here.store.drafts.get(draft.id)?.content.text).toBe('body')
    expect(here.sends).toHaveLength(1)
    expect(inSent(here)).toEqual([])
    expect(here.notices).toEqual([])
  })

  test('a passing failure is tried again, later each time, with the same bytes', async () => {
    const here = world(attempt => (attempt < 3 ? later : sent))
    const { id } = enqueue(here)
    expect(await here.runner.runUntilFinal(id)).toMatchObject({ state: 'sent', attempts: 3 })
    expect(new Set(here.sends).size).toBe(1)
    expect(here.clock.slept).toHaveLength(2)
    expect(here.clock.slept[0]).toBeGreaterThanOrEqual(2500)
    expect(here.clock.slept[1]).toBeGreaterThanOrEqual(5000)
  })

  test('nobody waits for ever: after some attempts it is answered as queued, with the reason', async () => {
    const here = world(later)
    const { id } = enqueue(here)
    expect(await here.runner.runUntilFinal(id)).toMatchObject({
      state: 'queued',
      problem: { code: 'server-unavailable' },
    })
    expect(here.sends).toHaveLength(4)
  })

  test('nothing is tried while the user wants no network', async () => {
    const here = world(sent)
    here.store.settings.set({ offline: true })
    const { id } = enqueue(here)
    here.runner.start()
    expect((await here.runner.runUntilFinal(id)).state).toBe('queued')
    expect(here.sends).toEqual([])
    here.store.settings.set({ offline: false })
    here.runner.kick()
    await expect.poll(() => stateOf(here, id)).toBe('sent')
  })

  test('delays double up to a quarter of an hour and always vary', () => {
    const at = (attempts: number, fraction: number) => retryDelayMs(attempts, { fraction: () => fraction })
    expect([at(1, 0), at(1, 1), at(2, 1), at(3, 1)]).toEqual([2500, 5000, 10_000, 20_000])
    expect(at(500, 1)).toBe(900_000)
    expect(at(500, 0)).toBe(450_000)
  })
})

describe('a message whose fate is not known', () => {
  test('is said to be unknown and never sent again by itself', async () => {
    const here = world(lost)
    const { id, draft } = enqueue(here)
    expect(await here.runner.runUntilFinal(id)).toMatchObject({
      state: 'unknown',
      problem: { code: 'send-unknown' },
    })
    here.runner.start()
    here.runner.kick()
    await here.runner.stop()
    expect(here.sends).toHaveLength(1)
    expect(here.store.drafts.get(draft.id)).not.toBeNull()
    expect(here.notices).toEqual([])
  })

  test('is sent when the Sent mailbox of the server has it', async () => {
    const here = world(lost, { onServer: 'found' })
    const { id } = enqueue(here)
    expect((await here.runner.runUntilFinal(id)).state).toBe('sent')
    expect(inSent(here)).toHaveLength(1)
    expect(here.sends).toHaveLength(1)
  })

  test('said by the user to be sent is filed like any other, also where nothing runs in the background', async () => {
    const here = world(lost)
    const { id } = enqueue(here)
    await here.runner.runUntilFinal(id)
    here.store.outbox.setState(id, 'sent', { problem: null, sentAtMs: here.clock.now() })
    here.runner.kick()
    expect(inSent(here)).toHaveLength(1)
    expect(here.store.outbox.sentCopy(id)).toBeNull()
    expect(here.settled).toHaveLength(1)
    expect(here.sends).toHaveLength(1)
  })

  test('an error of our own while sending counts as unknown, not as unsent', async () => {
    const here = world(() => Promise.reject(new Error('bug')))
    const { id } = enqueue(here)
    expect((await here.runner.runUntilFinal(id)).state).toBe('unknown')
  })
})

/** The files as a power cut at this moment would leave them, opened by a new process. */
function afterKillDuring(
  moment: 'sending' | 'settling',
  server: SubmissionResult,
  onServer: 'found' | 'absent' | 'cannot-say',
): Promise<{ second: World; id: OutboxId }> {
  return new Promise((resolve, reject) => {
    const copy = temporaryDirectory()
    let id: OutboxId
    const snapshot = (first: World) => cpSync(first.directory, copy, { recursive: true })
    const first = world((_attempt, here) => {
      if (moment === 'sending') snapshot(here)
      return server
    })
    if (moment === 'settling') {
      const { setState } = first.store.outbox
      first.store.outbox.setState = (row, state, change) => {
        const result = setState(row, state, change)
        if (state === 'sent') snapshot(first)
        return result
      }
    }
    id = enqueue(first).id
    first.runner
      .runUntilFinal(id)
      .then(() => resolve({ second: world(sent, { directory: copy, onServer }), id }))
      .catch(reject)
  })
}

describe('killed', () => {
  test.each(['absent', 'cannot-say'] as const)(
    'while sending, the server has it: %s -> unknown, told, and not sent again',
    async onServer => {
      const { second, id } = await afterKillDuring('sending', sent, onServer)
      expect(stateOf(second, id)).toBe('sending')
      second.runner.start()
      await expect.poll(() => stateOf(second, id)).toBe('unknown')
      await second.runner.stop()
      expect(second.sends).toEqual([])
      expect(second.store.outbox.get(id)?.problem?.code).toBe('send-unknown')
      expect(second.store.drafts.list()).toHaveLength(1)
    },
  )

  test('while sending, the server has it -> sent, and not sent again', async () => {
    const { second, id } = await afterKillDuring('sending', sent, 'found')
    second.runner.start()
    await expect.poll(() => stateOf(second, id)).toBe('sent')
    await second.runner.stop()
    expect(second.sends).toEqual([])
    expect(inSent(second)).toHaveLength(1)
    expect(second.store.drafts.list()).toEqual([])
  })

  test('between 250 and bookkeeping -> the copy is filed, once, and nothing is sent again', async () => {
    const { second, id } = await afterKillDuring('settling', sent, 'absent')
    expect(stateOf(second, id)).toBe('sent')
    expect(inSent(second)).toEqual([])
    second.runner.start()
    await expect.poll(() => inSent(second).length).toBe(1)
    await second.runner.stop()
    expect(second.sends).toEqual([])
    expect(second.store.outbox.sentCopy(id)).toBeNull()
  })

  test('the command line puts interrupted messages right before it sends another', async () => {
    const { second, id } = await afterKillDuring('sending', sent, 'absent')
    const next = enqueue(second, { name: 'two' })
    expect((await second.runner.runUntilFinal(next.id)).state).toBe('sent')
    expect(stateOf(second, id)).toBe('unknown')
    expect(second.sends).toHaveLength(1)
  })
})

describe('stopping', () => {
  test('lets a message on the wire end and begins no other', async () => {
    let release: (result: SubmissionResult) => void = () => undefined
    const here = world(() => new Promise(resolve => (release = resolve)))
    const first = enqueue(here)
    const second = enqueue(here, { name: 'two' })
    here.runner.start()
    await expect.poll(() => here.sends.length).toBe(1)
    const stopped = here.runner.stop()
    release(sent)
    await stopped
    expect(stateOf(here, first.id)).toBe('sent')
    expect(stateOf(here, second.id)).toBe('queued')
    expect(here.sends).toHaveLength(1)
  })
})

describe('a clock that goes wrong', () => {
  test('set back, keeps no message for as long as it was set back', async () => {
    const here = world(attempt => (attempt === 1 ? later : sent))
    const retried = enqueue(here, { name: 'one' })
    await here.runner.runQueued(null)
    expect(stateOf(here, retried.id)).toBe('queued')
    const delayed = enqueue(here, { name: 'two', delayMs: 60_000 })
    here.clock.setBack(7 * 86_400_000)
    here.runner.start()
    await expect.poll(() => [stateOf(here, retried.id), stateOf(here, delayed.id)]).toEqual(['sent', 'sent'])
  })

  test('put right by seconds, leaves the time in which a message can be taken back', async () => {
    const here = world(sent)
    const { id } = enqueue(here, { delayMs: 60_000 })
    here.clock.setBack(2_000)
    here.runner.start()
    here.runner.kick()
    here.runner.wake(null)
    expect([stateOf(here, id), here.sends]).toEqual(['queued', []])
  })
})
