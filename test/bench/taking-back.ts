import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openStore } from '../../electron/engine/compose/open-store'
import { systemClock as clock, systemRandom as random } from '../../electron/engine/system'
import type { MailboxId } from '../../shared/kit/ids'
import { openTestEngine, silentLog, testStoreKey } from '../support/engine-in-test'
import { median } from './measure'
import { type BenchOptions, type BenchTable, ratio, type Scenario, verdict } from './scenario'

const steps = {
  mark: 'mark a mailbox read',
  unmark: 'take it back',
  archive: 'archive all of it',
  unarchive: 'take that back',
  replay: 'go through the queue, without the server',
} as const

type Step = keyof typeof steps
type Times = Record<Step, number>

/** An account with so many unread messages, as a sync leaves it. */
function fill(directory: string, messages: number): MailboxId {
  const { store } = openStore({ directory, key: testStoreKey(), clock, random, log: silentLog })
  const { id: accountId } = store.accounts.add({
    config: {
      address: 'me@example.org',
      displayName: '',
      services: {
        mail: {
          userName: 'me',
          imap: { host: '127.0.0.1', port: 1, security: 'tls' },
          smtp: { host: '127.0.0.1', port: 1, security: 'tls' },
          caPem: null,
        },
      },
    },
    sample: false,
    password: 'x',
  })
  store.mailboxes.create({ accountId, path: 'Archive', delimiter: '/', role: 'archive' })
  const { id } = store.mailboxes.create({ accountId, path: 'INBOX', delimiter: '/', role: 'inbox' })
  store.messages.insertHeaders(
    id,
    Array.from({ length: messages }, (_, index) => ({
      uid: index + 1,
      flags: [],
      modseq: null,
      internalDateMs: index * 1000,
      sizeBytes: 100,
      header: {
        messageIdHeader: `${index}@example.org`,
        inReplyTo: '',
        references: [],
        subject: `Message ${index}`,
        from: [{ name: 'Anna', address: 'anna@example.org' }],
        sender: [],
        replyTo: [],
        to: [],
        cc: [],
        bcc: [],
        dateMs: index * 1000,
        listId: null,
      },
      hasAttachments: false,
      encrypted: false,
    })),
  )
  store.close()
  return id
}

async function oneRound(messages: number): Promise<Times> {
  const directory = mkdtempSync(join(tmpdir(), 'siegel-bench-'))
  const timed = async (work: () => unknown): Promise<number> => {
    const start = performance.now()
    await work()
    return performance.now() - start
  }
  try {
    const mailboxId = fill(directory, messages)
    const engine = await openTestEngine(directory)
    const mark = await timed(() => engine.call('mailboxes.markAllSeen', { mailboxId }))
    const takeBack = () => engine.call('undo.last', { undoId: null })
    const unmark = await timed(takeBack)
    const query = { mailboxId, role: null, unreadOnly: false, flaggedOnly: false }
    const { ids } = await engine.call('messages.index', query)
    const archive = await timed(() => engine.call('messages.archive', { ids }))
    const unarchive = await timed(takeBack)
    await engine.close()
    const { store } = openStore({ directory, key: testStoreKey(), clock, random, log: silentLog })
    const [account] = store.accounts.list()
    if (!account) throw new Error('no account')
    // As the replay goes through them, without the server's part.
    const replay = await timed(() => {
      for (;;) {
        const task = store.tasks.next(account.id, clock.now())
        if (!task) return
        store.tasks.setState(task.id, 'running', { countAttempt: true })
        store.tasks.setState(task.id, 'done', {})
      }
    })
    store.close()
    return { mark, unmark, archive, unarchive, replay }
  } finally {
    rmSync(directory, { recursive: true, force: true })
  }
}

async function run({ quick, rounds, say }: BenchOptions): Promise<readonly BenchTable[]> {
  const [few, many] = quick ? [500, 2000] : [4000, 16_000]
  const measured = async (messages: number) => {
    const all: Times[] = []
    for (let round = 0; round < rounds; round++) {
      say(`taking back: ${messages} messages, round ${round + 1} of ${rounds}`)
      all.push(await oneRound(messages))
    }
    return (step: Step) => median(all.map(each => each[step]))
  }
  const [small, large] = [await measured(few), await measured(many)]
  const rows = (Object.keys(steps) as Step[]).map(step => ({
    step,
    small: small(step),
    large: large(step),
  }))
  return [
    {
      title: 'A change of a whole mailbox, and taking it back',
      about: `All messages of a mailbox are marked read and archived, both are taken back, and the queue of changes is worked off. The second column has four times the messages: what grows with their square would be sixteen times as slow.`,
      head: ['', `${few} messages`, `${many} messages`, 'ratio'],
      rows: rows.map(each => [
        steps[each.step],
        `${Math.round(each.small)} ms`,
        `${Math.round(each.large)} ms`,
        ratio(each.large / each.small),
      ]),
      verdicts: [
        verdict(
          'Growth of the slowest step',
          Math.max(...rows.map(each => each.large / each.small)),
          6,
          ratio,
        ),
      ],
    },
  ]
}

export const takingBack: Scenario = { name: 'taking-back', run }
