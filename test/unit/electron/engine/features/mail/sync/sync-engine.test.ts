import { describe, expect, onTestFinished, test } from 'vitest'
import { createSyncEngine } from '../../../../../../../electron/engine/features/mail/sync/sync-engine'
import { changeFlagsEverywhere } from '../../../../../../../electron/engine/features/mail/tasks/here/change-flags-everywhere'
import { deleteForGood } from '../../../../../../../electron/engine/features/mail/tasks/here/delete-for-good'
import { mime } from '../../../../../../../electron/engine/formats/mime/mime'
import { StatusBoard } from '../../../../../../../electron/engine/kit/status-board'
import type { MailboxId } from '../../../../../../../shared/kit/ids'
import type { SyncStatus } from '../../../../../../../shared/kit/status'
import { turnsOfTheLoop, until } from '../../../../../../support/until'
import { fakeRandom, freshStore, imapConfig, localConfig, quietLog } from '../../../store/support'
import { type ModelMailbox, ModelServer, type Tier } from './model-server'

const tiers: readonly Tier[] = ['plain', 'condstore', 'qresync']

/** A sync engine with a store of its own over a server in memory. */
function world(tier: Tier, options: { hasMove?: boolean } = {}) {
  const { store, clock } = freshStore()
  const server = new ModelServer(tier, options)
  const statuses: SyncStatus[] = []
  const kicked: string[] = []
  const board = new StatusBoard(status => void statuses.push(status))
  // A wait has no end by itself: what is tested is what ends it.
  const patient = { ...clock, sleep: () => new Promise<void>(() => undefined) }
  const sync = createSyncEngine({
    ...{ store, backend: server, mime, clock: patient, random: fakeRandom(), log: quietLog },
    board: board.of('mail'),
    passHooks: {
      hasUnfinished: () => false,
      resume: async () => undefined,
      kick: id => void kicked.push(id),
    },
  })
  onTestFinished(() => sync.stopAll())
  const accountId = store.accounts.add({ config: imapConfig, sample: false, password: 'x' }).id
  const here = () => {
    const missing = new Set(store.mailboxes.missing(accountId).map(({ id }) => id))
    const rows = store.mailboxes.rows(accountId).filter(({ id }) => !missing.has(id))
    return Object.fromEntries(rows.map(({ id, path }) => [path, messagesOf(id)]))
  }
  const messagesOf = (mailboxId: MailboxId) =>
    store.messages
      .locations(store.messages.idsForExport(mailboxId))
      .map(({ id, uid }) => [
        uid,
        [...store.messages.exportFlags(id)].sort(),
        Buffer.from(store.messages.raw(id) ?? []).toString(),
      ])
      .sort(([a], [b]) => Number(a) - Number(b))
  const there = () =>
    Object.fromEntries(
      server.mailboxes.map(({ path, messages }) => [
        path,
        [...messages].map(([uid, { flags, raw }]) => [uid, [...flags].sort(), raw]),
      ]),
    )
  const pass = () => sync.runOnce(accountId, null)
  return { store, clock, server, sync, accountId, statuses, kicked, here, there, pass, board }
}

type World = ReturnType<typeof world>

let letters = 0
const letter = () => {
  letters += 1
  return `Message-ID: <l${letters}@model.test>\r\nSubject: Letter ${letters}\r\n\r\nWords ${letters}\r\n`
}

/** Numbers from a seed, the same in every run (a linear congruence). */
function numbers(seed: number): (below: number) => number {
  let state = seed * 2_654_435_761 + 1
  return below => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return Math.floor((state / 2 ** 32) * below)
  }
}

const letterOf = (raw: string) => /<(.*?)>/.exec(raw)?.[1] ?? ''

/** What happens on a server while nobody looks. What was deleted for good is noted. */
function happens(server: ModelServer, below: (count: number) => number, deleted = new Set<string>()): void {
  const pick = <T>(from: readonly T[]): T | undefined => from[below(from.length)]
  const mailbox = pick(server.mailboxes) as ModelMailbox
  const uid = pick([...mailbox.messages.keys()])
  const other = server.mailboxes.filter(each => each.role !== 'inbox')
  const flags = ['\\Seen', '\\Flagged', '\\Answered', '$Label'].filter(() => below(2) === 0)
  const deed = below(20)
  if (deed < 8) for (let times = below(4); times >= 0; times -= 1) server.arrive(mailbox, letter(), flags)
  else if (deed < 11) uid !== undefined && server.flag(mailbox, uid, flags)
  else if (deed < 14 && uid !== undefined) {
    deleted.add(letterOf(mailbox.messages.get(uid)?.raw ?? ''))
    server.expunge(mailbox, uid)
  } else if (deed < 16 && uid !== undefined) {
    const kept = mailbox.messages.get(uid)
    server.expunge(mailbox, uid)
    server.arrive(pick(server.mailboxes) as ModelMailbox, kept?.raw ?? letter(), kept?.flags)
  } else if (deed === 16) server.create(`Folder ${server.sessions}-${below(1e6)}`)
  else if (deed === 17) server.renumber(mailbox)
  else if (deed === 18 && other[0]) server.rename(pick(other) as ModelMailbox, `Renamed ${below(1e6)}`)
  else if (deed === 19 && other.length > 3) {
    const gone = pick(other) as ModelMailbox
    for (const { raw } of gone.messages.values()) deleted.add(letterOf(raw))
    server.remove(gone)
  }
}

describe.each(tiers)('a pass over a server with %s', tier => {
  test('makes what is here equal to what is there, whatever happened meanwhile, and asks for no message twice', async () => {
    for (let seed = 1; seed <= 5; seed += 1) {
      const { server, here, there, pass } = world(tier)
      const below = numbers(seed)
      for (const path of ['Archive', 'Work', 'Work/Old']) server.create(path)
      for (let round = 0; round < 12; round += 1) {
        for (let deeds = below(6); deeds >= 0; deeds -= 1) happens(server, below)
        server.forget()
        expect((await pass()).problems, `seed ${seed}, round ${round}`).toEqual([])
        expect(here(), `seed ${seed}, round ${round}`).toEqual(there())
        expect(new Set(server.given).size).toBe(server.given.length)
      }
    }
  })

  test('that breaks anywhere goes on where it was, and loses and doubles nothing', async () => {
    for (let seed = 1; seed <= 5; seed += 1) {
      const { server, here, there, pass } = world(tier)
      const below = numbers(seed * 31)
      for (const path of ['Archive', 'Work', 'Work/Old']) server.create(path)
      for (let round = 0; round < 8; round += 1) {
        for (let deeds = 3 + below(6); deeds >= 0; deeds -= 1) happens(server, below)
        server.breaksAfter = below(12)
        await pass()
        server.breaksAfter = null
        expect((await pass()).problems, `seed ${seed}, round ${round}`).toEqual([])
        expect(here(), `seed ${seed}, round ${round}`).toEqual(there())
      }
    }
  })

  test('leaves alone what one message makes the server refuse, names it, and has all the others', async () => {
    const { server, here, there, pass } = world(tier)
    const inbox = server.mailboxes[0] as ModelMailbox
    for (let at = 0; at < 40; at += 1) server.arrive(inbox, letter())
    server.refuses.add('INBOX/17')
    const { problems } = await pass()
    expect(problems.map(({ problem }) => problem)).toMatchObject([
      { code: 'message-withheld', params: { mailbox: 'INBOX', count: 1 } },
    ])
    const without = there()['INBOX']?.filter(([uid]) => uid !== 17)
    expect(here()['INBOX']).toEqual(without)
  })
})

/** What a person does here, with a network or without. What was deleted for good is noted. */
function doneHere(
  { store, sync, accountId }: World,
  below: (count: number) => number,
  deleted: Set<string>,
): void {
  const boxes = store.mailboxes.rows(accountId).filter(({ missingCount }) => missingCount === 0)
  const pick = <T>(from: readonly T[]): T | undefined => from[below(from.length)]
  const from = pick(boxes)
  const ids = (from ? store.messages.idsForExport(from.id) : []).filter(() => below(3) === 0).slice(0, 4)
  if (!from || ids.length === 0) return
  const deed = below(8)
  if (deed < 3) {
    const flag = ['\\Seen', '\\Flagged', '$Label'][below(3)] ?? ''
    const change = below(2) === 0 ? { add: [flag], remove: [] } : { add: [], remove: [flag] }
    store.transaction(() => changeFlagsEverywhere({ store }, ids, change))
  } else if (deed < 7) {
    const to = pick(boxes.filter(({ id }) => id !== from.id))
    if (!to) return
    store.transaction(() => {
      const items = store.messages.moveLocally(ids, to.id)
      if (items.length > 0) store.tasks.add(accountId, { kind: 'move', items, toMailboxId: to.id })
    })
  } else {
    for (const { messageIdHeader } of store.messages.locations(ids)) deleted.add(messageIdHeader)
    deleteForGood({ store, sync }, ids)
  }
}

describe.each([
  ['with condstore and MOVE', 'condstore', true],
  ['with qresync and without MOVE', 'qresync', false],
  ['with neither', 'plain', false],
] as const)('what is changed here and there at the same time, on a server %s', (_, tier, hasMove) => {
  test('comes together: each letter is in one place, the same here and there, however often the line broke', async () => {
    for (let seed = 1; seed <= 5; seed += 1) {
      const here = world(tier, { hasMove })
      const { server, store, clock } = here
      const below = numbers(seed * 57)
      const deleted = new Set<string>()
      const first = letters + 1
      for (const path of ['Archive', 'Work', 'Work/Old']) server.create(path)
      for (let round = 0; round < 10; round += 1) {
        for (let deeds = below(4); deeds >= 0; deeds -= 1) happens(server, below, deleted)
        for (let deeds = below(4); deeds >= 0; deeds -= 1) doneHere(here, below, deleted)
        if (below(2) === 0) {
          const when = (['before', 'half-way', 'after'] as const)[below(3)] ?? 'before'
          server.breaksAtWrite = { left: below(4), when }
          await here.pass()
          server.breaksAtWrite = null
        }
        // A change that waits for its time, and a mailbox that is asked twice whether it is gone.
        for (let times = 0; times < 3; times += 1) {
          clock.advance(60 * 60_000)
          await here.pass()
        }
        const name = `seed ${seed}, round ${round}`
        expect(
          store.tasks.list().filter(({ state }) => state !== 'done'),
          name,
        ).toEqual([])
        expect(here.here(), name).toEqual(here.there())
        const found = server.mailboxes.flatMap(({ messages }) =>
          [...messages.values()].map(({ raw }) => letterOf(raw)),
        )
        expect(new Set(found).size, name).toBe(found.length)
        for (let letter = first; letter <= letters; letter += 1)
          expect([...found, ...deleted], name).toContain(`l${letter}@model.test`)
      }
    }
  })
})

describe('a pass', () => {
  test('keeps the mail of folders that were renamed elsewhere with what is below them, whichever became which', async () => {
    const { store, server, accountId, here, there, pass } = world('condstore')
    for (const path of ['A', 'A/x', 'B', 'B/x']) server.arrive(server.create(path), letter())
    await pass()
    const [a, b] = server.mailboxes.filter(({ path }) => ['A', 'B'].includes(path)) as [
      ModelMailbox,
      ModelMailbox,
    ]
    const idOf = (path: string) => store.mailboxes.byPath(accountId, path)?.id
    const before = ['A', 'A/x', 'B', 'B/x'].map(idOf)
    server.rename(a, 'C')
    server.rename(b, 'D')
    server.forget()
    expect((await pass()).problems).toEqual([])
    expect([here(), server.given]).toEqual([there(), []])
    expect(['C', 'C/x', 'D', 'D/x'].map(idOf)).toEqual(before)
  })

  test('opens only mailboxes in which something happened, where the server tells, and always the inbox', async () => {
    const { server, pass } = world('condstore')
    const [quiet, busy] = [server.create('Quiet'), server.create('Busy')]
    for (const mailbox of [quiet, busy]) server.arrive(mailbox, letter())
    await pass()
    server.forget()
    server.arrive(busy, letter())
    await pass()
    expect([...new Set(server.opened)].sort()).toEqual(['Busy', 'INBOX'])
  })

  test('of an account without a server is refused, and of one that is switched off; others go on', async () => {
    const { store, server, sync, accountId } = world('plain')
    const local = store.accounts.add({ config: localConfig, sample: false, password: null }).id
    server.arrive(server.mailboxes[0] as ModelMailbox, letter())
    expect((await sync.runOnce(local, null)).problems).toMatchObject([
      { accountId: local, problem: { code: 'account-is-local' } },
    ])
    expect(await sync.runOnce(null, null)).toMatchObject({ problems: [], new: 1, folders: 1 })
    expect((await sync.runOnce(accountId, 99 as MailboxId)).problems).toMatchObject([
      { problem: { code: 'mailbox-missing' } },
    ])
  })

  test('says what it waits for when it may not go out, or has no password, and dials nobody', async () => {
    const { store, server, accountId, pass } = world('plain')
    store.settings.set({ offline: true })
    expect((await pass()).problems).toMatchObject([{ problem: { code: 'offline' } }])
    store.settings.set({ offline: false })
    store.accounts.forgetPassword(accountId, 'mail')
    expect((await pass()).problems).toMatchObject([{ problem: { code: 'login-refused' } }])
    expect(server.sessions).toBe(0)
  })
})

describe('in the background', () => {
  const watching = (statuses: readonly SyncStatus[]) =>
    until(() => statuses.at(-1)?.state === 'watching', 'watching')

  test('an account passes, watches, fetches what comes, kicks what works on new mail, and stops', async () => {
    const { server, sync, accountId, statuses, kicked, here, there, board } = world('qresync')
    sync.start(accountId)
    sync.start(accountId)
    await watching(statuses)
    server.arrive(server.mailboxes[0] as ModelMailbox, letter())
    await until(() => here()['INBOX']?.length === 1, 'the new letter')
    expect(here()).toEqual(there())
    expect(kicked.length).toBeGreaterThan(0)
    await sync.stop(accountId)
    expect(board.all()).toEqual([])
    const before = server.sessions
    server.arrive(server.mailboxes[0] as ModelMailbox, letter())
    await turnsOfTheLoop()
    expect([server.sessions, here()['INBOX']?.length]).toEqual([before, 1])
  })

  test('a lost connection waits and is told; a word of the person and a wake each end the wait', async () => {
    const { server, sync, accountId, statuses } = world('qresync')
    const connect = server.connect.bind(server)
    let isAway = true
    server.connect = async () => {
      if (isAway) throw Object.assign(new Error('no way'), { code: 'ECONNREFUSED' })
      return connect()
    }
    const waits = () => until(() => statuses.at(-1)?.state === 'waiting', 'waiting')
    sync.start(accountId)
    for (const end of [() => sync.syncNow(null), () => sync.wake(), () => sync.wayOpened(accountId)]) {
      await waits()
      const told = statuses.length
      end()
      await until(() => statuses.length > told, 'another try')
    }
    await waits()
    isAway = false
    sync.syncNow(accountId)
    await watching(statuses)
  })

  test('a mailbox that is not watched is looked at when the person asks', async () => {
    const { server, sync, accountId, statuses, here } = world('condstore')
    const work = server.create('Work')
    sync.start(accountId)
    await watching(statuses)
    server.arrive(work, letter())
    sync.syncNow(accountId)
    await until(() => here()['Work']?.length === 1, 'the letter in Work')
  })

  test('after the end nobody begins anything more', async () => {
    const { server, sync, accountId } = world('plain')
    await sync.stopAll()
    sync.start(accountId)
    sync.startAll()
    await turnsOfTheLoop()
    expect(server.sessions).toBe(0)
  })
})
