import { afterEach, describe, expect, test } from 'vitest'
import { inboxForm } from '../../../electron/engine/features/inbox-encryption/form/inbox-form'
import type { InboxEncryptionJob } from '../../../electron/engine/ports/keys/inbox-encryption'
import { generateMessage } from '../../fixtures/mail-generator'
import { addFakeKey, fakeArmor, fakeFingerprint, fakeVault } from '../../support/fake-vault'
import { SyncProfile, testMessage } from '../../support/sync-profile'
import { until } from '../../support/until'
import {
  richCapabilities,
  type ScriptedImapOptions,
  type ScriptedImapServer,
  startScriptedImapServer,
} from '../support/scripted-imap-server'
import { isBody, isHeader, withholding } from '../support/withholding'

const ended: (() => Promise<unknown>)[] = []
afterEach(async () => {
  for (const end of ended.splice(0).reverse()) await end()
})

/** A profile with a key and the switch on. */
function open(server: ScriptedImapServer, vault = fakeVault()): SyncProfile {
  const profile = new SyncProfile({ port: server.port, ca: server.ca }, vault)
  ended.push(() => profile.remove())
  const { store, accountId } = profile
  addFakeKey(store.openpgp)
  store.openpgp.setSettings(accountId, { key: fakeFingerprint })
  const settings = store.inboxEncryption.settings(accountId)
  store.inboxEncryption.saveSettings(accountId, { ...settings, on: true, sinceMs: 0 })
  return profile
}

async function start(options: ScriptedImapOptions = {}) {
  const server = await startScriptedImapServer(options)
  ended.push(() => server.stop())
  return { server, profile: open(server), inbox: server.account.get('INBOX') }
}

const without = (...names: string[]) => richCapabilities.filter(name => !names.includes(name))
const problemOf = ({ store, accountId }: SyncProfile) =>
  store.inboxEncryption.settings(accountId).problem?.code ?? null

/** A pass and everything it gives to do, as often as a running program would. */
async function work(profile: SyncProfile, times = 1): Promise<void> {
  for (let at = 0; at < times; at++) {
    await profile.sync.runOnce(profile.accountId, null)
    await profile.inbox.run(profile.accountId).catch(() => undefined)
  }
}

/** What is in a mailbox on the server, decrypted where it is encrypted: the originals. */
async function originals(server: ScriptedImapServer, name = 'INBOX'): Promise<string[]> {
  const vault = fakeVault()
  const found = server.account.get(name).messages.map(async ({ raw }) => {
    const payload = inboxForm.payloadOf(raw)
    if (!payload) return raw.toString('latin1')
    return Buffer.from((await vault.decrypt(payload, { verifyWith: [], nowMs: 0 })).bytes).toString('latin1')
  })
  return (await Promise.all(found)).sort()
}
const clear = (server: ScriptedImapServer, name = 'INBOX') =>
  server.account.get(name).messages.filter(each => inboxForm.protectionOf(each.raw) === null)
const crlf = (text: string) => text.replace(/\r?\n/g, '\r\n')

/** Number of the first command that changes something. What comes before is a pass as any other. */
const firstChange = (server: ScriptedImapServer): number =>
  server.transcript.findIndex(each => each.name === 'UID STORE') + 1

function switchOff({ store, accountId }: SyncProfile): void {
  store.inboxEncryption.saveSettings(accountId, { ...store.inboxEncryption.settings(accountId), on: false })
}

function startJob(profile: SyncProfile, kind: InboxEncryptionJob['kind'], folder = 'INBOX'): void {
  const { store, accountId } = profile
  const number = (store.inboxEncryption.job(accountId)?.number ?? 0) + 1
  const counts = { total: 0, done: 0, skipped: 0, failed: 0, limit: null }
  const mailboxIds = [profile.mailbox(folder).id]
  store.inboxEncryption.saveJob(accountId, { number, kind, state: 'running', mailboxIds, ...counts })
}

test('mail that arrives in clear is replaced; flags, keywords, dates and its place in the list stay', async () => {
  const { server, profile, inbox } = await start()
  const dates = [1, 2, 3].map(at => new Date(Date.UTC(2026, 0, at, 8, 30, at)))
  const flags = [['\\Seen', 'work'], ['\\Flagged'], []]
  for (const at of [0, 1, 2])
    inbox.add(testMessage(at), { flags: flags[at] ?? [], internalDate: dates[at] ?? new Date() })
  await profile.pass()
  const before = profile.messages('INBOX')
  await work(profile, 2)
  expect(clear(server)).toEqual([])
  expect(await originals(server)).toEqual([0, 1, 2].map(at => testMessage(at)).sort())
  expect(inbox.messages.map(each => [each.internalDate, [...each.flags].sort()])).toEqual(
    [2, 1, 0].map(at => [dates[at], ['$InboxEncrypted', ...(flags[at] ?? [])].sort()]),
  )
  // The rows are the same ones, in the same order, with the same words; only the keyword is new.
  const plain = (rows: typeof before) => rows.map(row => ({ ...row, keywords: [], sizeBytes: 0 }))
  expect(plain(profile.messages('INBOX'))).toEqual(plain(before))
  expect(profile.store.messages.search('Hello', { mailboxId: null, limit: 10 }).total).toBe(3)
  expect(server.sent('EXPUNGE')).toEqual([])
})

test.each([
  ['its text, with NO', isBody, 'NO'],
  ['its text, by ending the connection', isBody, 'BYE'],
  ['its text, by cutting the connection', isBody, 'cut'],
  ['its header, with BAD', (line: string) => isHeader(line) && !isBody(line), 'BAD'],
] as const)('a message of which the server does not give %s stops the others not', async (_what, is, end) => {
  const { server, profile, inbox } = await start()
  for (const at of [1, 2, 3, 4, 5, 6]) inbox.add(testMessage(at))
  // Nothing is here but headers, so that the batch asks the server for all.
  profile.store.settings.set({ defaultWindow: { kind: 'headers', months: 1 } })
  await profile.pass()
  server.override('UID FETCH', withholding([3], is, end, 'nothing'))
  await work(profile, 12)
  expect(await originals(server)).toEqual([1, 2, 3, 4, 5, 6].map(at => testMessage(at)).sort())
  expect(clear(server).map(({ raw }) => raw.toString())).toEqual([testMessage(3)])
  expect(problemOf(profile)).toBeNull()
})

test('mail that is encrypted already is left alone, whoever did it', async () => {
  const { server, profile, inbox } = await start()
  inbox.add(
    inboxForm.wrap(Buffer.from(testMessage(1)), armored(testMessage(1)), {
      token: 'a'.repeat(32),
      hideSubject: false,
    }),
  )
  inbox.add(testMessage(2))
  await work(profile, 2)
  expect(await originals(server)).toEqual([testMessage(1), testMessage(2)].sort())
  expect(server.sent('APPEND')).toHaveLength(1)
  await work(profile, 2)
  expect(server.sent('APPEND')).toHaveLength(1)
  expect(profile.store.inboxEncryption.skips(profile.accountId)).toMatchObject([
    { reason: 'already-encrypted' },
  ])
})

test('without UIDPLUS nothing is touched, and it says why', async () => {
  const { server, profile, inbox } = await start({ capabilities: without('UIDPLUS') })
  inbox.add(testMessage(1))
  await work(profile)
  expect(problemOf(profile)).toBe('capability-missing')
  expect(server.sent('APPEND')).toEqual([])
  expect(inbox.messages).toHaveLength(1)
})

test('a server without keywords gets none, and the mark in the header is enough', async () => {
  const { server, profile, inbox } = await start()
  server.override('SELECT', async ({ session, honest }) => {
    const answer = await honest()
    session.send('* OK [PERMANENTFLAGS (\\Answered \\Flagged \\Deleted \\Seen \\Draft)] limited\r\n')
    return answer
  })
  server.override('UID STORE', ({ command, honest }) =>
    command.line.includes('$') ? 'NO no keywords here' : honest(),
  )
  inbox.add(testMessage(1), { flags: ['\\Seen'] })
  await work(profile, 2)
  expect(problemOf(profile)).toBeNull()
  expect(clear(server)).toEqual([])
  expect(inbox.messages.map(each => [...each.flags])).toEqual([['\\Seen']])
  await work(profile, 2)
  expect(server.sent('APPEND')).toHaveLength(1)
})

test('a full mailbox: it pauses and says so, nothing is lost, no half thing stays; with room it goes on', async () => {
  const { server, profile, inbox } = await start()
  for (let at = 0; at < 5; at++) inbox.add(testMessage(at))
  let room = 2
  server.override('APPEND', ({ honest }) => (room-- > 0 ? honest() : 'NO [OVERQUOTA] mailbox is full'))
  await work(profile)
  expect(problemOf(profile)).toBe('quota-exceeded')
  expect(await originals(server)).toEqual([0, 1, 2, 3, 4].map(at => testMessage(at)).sort())
  expect(inbox.messages.some(each => each.flags.has('$InboxEncrypting'))).toBe(false)
  room = 100
  await work(profile, 2)
  expect(problemOf(profile)).toBeNull()
  expect(clear(server)).toEqual([])
  expect(await originals(server)).toEqual([0, 1, 2, 3, 4].map(at => testMessage(at)).sort())
})

describe('a server that lies', () => {
  test('that stores other bytes than it was given: the original stays, the wrong copy goes', async () => {
    const { server, profile, inbox } = await start()
    inbox.add(testMessage(1))
    server.override('APPEND', async ({ honest }) => {
      const answer = await honest()
      const copy = inbox.messages.at(-1)
      if (copy) damage(copy.raw)
      return answer
    })
    await work(profile, 3)
    expect(problemOf(profile)).toBe('copy-differs')
    expect(inbox.messages.map(each => each.raw.toString('latin1'))).toEqual([testMessage(1)])
    expect(server.sent('APPEND')).toHaveLength(1)
    expect(profile.subjects('INBOX')).toEqual(['message 1'])
  })

  test('that says yes to APPEND and stores nothing: the original stays', async () => {
    const { server, profile, inbox } = await start()
    inbox.add(testMessage(1))
    server.override('APPEND', () => 'OK [APPENDUID 1700000000 77] appended')
    await work(profile, 3)
    expect(problemOf(profile)).toBe('copy-missing')
    expect(inbox.messages.map(each => each.raw.toString('latin1'))).toEqual([testMessage(1)])
    expect(server.sent('UID EXPUNGE')).toEqual([])
  })

  test('that names another message as the copy: that one is not touched', async () => {
    const { server, profile, inbox } = await start()
    inbox.add(testMessage(1))
    inbox.add(testMessage(2), { flags: ['\\Deleted'] })
    server.override('APPEND', () => 'OK [APPENDUID 1700000000 2] appended')
    await work(profile, 3)
    expect(await originals(server)).toEqual([testMessage(1), testMessage(2)].sort())
  })

  test('that forgets INTERNALDATE: the original stays', async () => {
    const { server, profile, inbox } = await start()
    inbox.add(testMessage(1), { internalDate: new Date(Date.UTC(2026, 0, 1)) })
    server.override('APPEND', async ({ honest }) => {
      const answer = await honest()
      const copy = inbox.messages.at(-1)
      if (copy) Object.assign(copy, { internalDate: new Date() })
      return answer
    })
    await work(profile, 2)
    expect(problemOf(profile)).toBe('date-not-kept')
    expect(await originals(server)).toEqual([testMessage(1)])
  })

  test('that says yes to EXPUNGE and keeps the message: nothing new is put there, the list shows it once', async () => {
    const { server, profile, inbox } = await start()
    inbox.add(testMessage(1))
    const restore = server.override('UID EXPUNGE', () => 'OK done')
    await work(profile, 3)
    expect(problemOf(profile)).toBe('original-stays')
    expect(server.sent('APPEND')).toHaveLength(1)
    expect(profile.subjects('INBOX')).toEqual(['message 1'])
    restore()
    await work(profile)
    expect(await originals(server)).toEqual([testMessage(1)])
    expect(clear(server)).toEqual([])
  })
})

test('the connection is cut at each command in turn: nothing lost, nothing twice after one more run', async () => {
  const reference = await start()
  const count = 3
  for (let at = 0; at < count; at++) reference.inbox.add(testMessage(at), { flags: ['\\Seen', `k${at}`] })
  await work(reference.profile)
  const commands = reference.server.transcript.length
  const expected = await originals(reference.server)
  for (let nth = firstChange(reference.server) - 1; nth <= commands; nth++) {
    for (const how of [nth % 2 === 0 ? 'end' : 'reset'] as const) {
      const { server, profile, inbox } = await start()
      for (let at = 0; at < count; at++) inbox.add(testMessage(at), { flags: ['\\Seen', `k${at}`] })
      server.cutAtCommand(nth, how)
      await work(profile)
      await profile.reopen()
      await work(profile)
      const name = `cut (${how}) at command ${nth}: ${server.transcript[nth - 1]?.line.slice(0, 60)}`
      expect(await originals(server), name).toEqual(expected)
      expect(clear(server), name).toEqual([])
      expect(inbox.messages.map(each => [...each.flags].sort()).sort(), name).toEqual(
        Array.from({ length: count }, (_, at) => ['$InboxEncrypted', '\\Seen', `k${at}`]).sort(),
      )
      expect(profile.subjects('INBOX'), name).toEqual(['message 0', 'message 1', 'message 2'])
      for (const end of ended.splice(2).reverse()) await end()
    }
  }
}, 720_000)

test('the answer to a command is lost after it was done: the same', async () => {
  for (const name of ['APPEND', 'UID STORE', 'UID EXPUNGE', 'UID FETCH']) {
    for (let nth = 1; nth <= 4; nth++) {
      const { server, profile, inbox } = await start()
      for (let at = 0; at < 3; at++) inbox.add(testMessage(at))
      await profile.pass()
      let left = nth
      server.override(name, async ({ session, honest }) => {
        const answer = await honest()
        if (--left !== 0) return answer
        session.connection.reset()
        return undefined
      })
      await work(profile)
      await profile.reopen()
      await work(profile)
      const expected = [0, 1, 2].map(at => testMessage(at)).sort()
      expect(await originals(server), `${name} ${nth}`).toEqual(expected)
      expect(clear(server), `${name} ${nth}`).toEqual([])
      expect(profile.subjects('INBOX'), `${name} ${nth}`).toEqual(['message 0', 'message 1', 'message 2'])
    }
  }
}, 360_000)

/** As a server that was rebuilt: a new UIDVALIDITY, and every UID names another message than it did. */
function renumberOtherwise(inbox: ReturnType<ScriptedImapServer['account']['get']>): void {
  inbox.messages.reverse()
  inbox.renumber()
}

test('the mailbox is numbered anew after a cut at each changing command: nothing lost, nothing twice', async () => {
  const points = [
    ['UID FETCH', 2],
    ['UID STORE', 1],
    ['APPEND', 1],
    ['APPEND', 3],
    ['UID STORE', 2],
    ['UID EXPUNGE', 1],
  ] as const
  for (const kind of ['encrypt', 'decrypt'] as const) {
    for (const [name, nth] of points) {
      for (const isDone of [false, true]) {
        const { server, profile, inbox } = await start()
        for (let at = 0; at < 3; at++) inbox.add(testMessage(at), { flags: [`k${at}`] })
        inbox.add('Subject: no name\n\nNo Message-ID.\n', { flags: ['k3'] })
        const expected = await originals(server)
        if (kind === 'decrypt') {
          await work(profile)
          switchOff(profile)
          startJob(profile, 'decrypt')
        } else await profile.pass()
        let left = nth
        server.override(name, async ({ session, honest }) => {
          if (--left !== 0) return honest()
          if (isDone) await honest()
          renumberOtherwise(inbox)
          session.connection.reset()
          return undefined
        })
        await work(profile)
        await profile.reopen()
        await work(profile, 2)
        const words = `${kind}, ${isDone ? 'after' : 'before'} ${name} ${nth}`
        expect(left, words).toBeLessThanOrEqual(0)
        expect(await originals(server), words).toEqual(expected)
        expect(clear(server).length, words).toBe(kind === 'encrypt' ? 0 : 4)
        const keywords = inbox.messages.map(each => [...each.flags].filter(flag => flag.startsWith('k')))
        expect(keywords.sort(), words).toEqual([['k0'], ['k1'], ['k2'], ['k3']])
        await profile.pass()
        expect(profile.subjects('INBOX'), words).toEqual(['message 0', 'message 1', 'message 2', 'no name'])
        for (const end of ended.splice(0).reverse()) await end()
      }
    }
  }
}, 360_000)

test('the mailbox is numbered anew between an APPEND and its answer: no UID of before is believed', async () => {
  const { server, profile, inbox } = await start()
  for (let at = 0; at < 3; at++) inbox.add(testMessage(at))
  await profile.pass()
  server.overrideOnce('APPEND', async ({ honest }) => {
    await honest()
    renumberOtherwise(inbox)
    return `OK [APPENDUID ${inbox.uidValidity} 1] appended`
  })
  await work(profile)
  expect(await originals(server)).toHaveLength(4)
  await work(profile, 2)
  expect(await originals(server)).toEqual([0, 1, 2].map(at => testMessage(at)).sort())
  expect(clear(server)).toEqual([])
})

test('a server put back from a backup, with the same UIDVALIDITY: the original does not go for a stranger with the UID of the copy', async () => {
  const { server, profile, inbox } = await start()
  inbox.add(testMessage(1))
  await profile.pass()
  server.overrideOnce('UID STORE', ({ honest }) => honest())
  server.override('UID EXPUNGE', ({ session }) => {
    session.connection.reset()
    return undefined
  })
  await work(profile)
  const copy = inbox.messages.at(-1)!
  expect(profile.store.inboxEncryption.open(profile.accountId)).toMatchObject([{ state: 'adopted' }])
  inbox.messages = inbox.messages.filter(each => each !== copy)
  inbox.messages.push({ ...copy, raw: Buffer.from(testMessage(2)), flags: new Set() })
  inbox.setFlags(1, [])
  server.override('UID EXPUNGE', ({ honest }) => honest())
  await work(profile, 2)
  expect(await originals(server)).toEqual([testMessage(1), testMessage(2)].sort())
})

test('a copy that comes late, after its APPEND was given up, goes again', async () => {
  const { server, profile, inbox } = await start()
  inbox.add(testMessage(1))
  let late: { raw: Buffer; flags: string[]; internalDate: Date } | null = null
  server.overrideOnce('APPEND', async ({ session, honest }) => {
    await honest()
    const copy = inbox.messages.at(-1)
    if (copy) {
      late = { raw: copy.raw, flags: [...copy.flags], internalDate: copy.internalDate }
      inbox.expunge(copy.uid)
    }
    session.connection.reset()
    return undefined
  })
  await work(profile, 2)
  expect(await originals(server)).toEqual([testMessage(1)])
  if (late) inbox.add((late as { raw: Buffer }).raw, late)
  expect(inbox.messages).toHaveLength(2)
  await work(profile)
  expect(await originals(server)).toEqual([testMessage(1)])
  expect(clear(server)).toEqual([])
  expect(profile.subjects('INBOX')).toEqual(['message 1'])
})

test('a flag that another client sets at the last moment is carried over', async () => {
  const { server, profile, inbox } = await start()
  inbox.add(testMessage(1), { flags: ['old'] })
  let done = false
  server.override('UID STORE', ({ command, honest }) => {
    if (command.line.includes('\\Deleted') && !done) {
      done = true
      inbox.setFlags(1, ['\\Flagged', 'new', '$InboxEncrypting'])
    }
    return honest()
  })
  await work(profile, 2)
  expect(done).toBe(true)
  expect(inbox.messages.map(each => [...each.flags].sort())).toEqual([
    ['$InboxEncrypted', '\\Flagged', 'new'],
  ])
})

test('a message that another client removes while it is replaced does not come back', async () => {
  const { server, profile, inbox } = await start()
  inbox.add(testMessage(1))
  server.overrideOnce('APPEND', async ({ honest }) => {
    const answer = await honest()
    inbox.expunge(1)
    return answer
  })
  await work(profile, 2)
  expect(inbox.messages).toEqual([])
})

test('a message that is moved here while it is replaced is moved, once, and its copy goes', async () => {
  const { server, profile, inbox } = await start()
  inbox.add(testMessage(1))
  await profile.pass()
  const { store, accountId } = profile
  const archive = profile.mailbox('Archive').id
  server.overrideOnce('APPEND', async ({ honest }) => {
    const id = profile.messages('INBOX')[0]!.id
    store.transaction(() => {
      const items = store.messages.moveLocally([id], archive)
      store.tasks.add(accountId, { kind: 'move', items, toMailboxId: archive })
    })
    return honest()
  })
  await work(profile, 2)
  expect(await originals(server, 'Archive')).toEqual([testMessage(1)])
  expect(inbox.messages).toEqual([])
  expect(profile.subjects('Archive')).toEqual(['message 1'])
})

describe.each([
  ['CONDSTORE', richCapabilities],
  ['no CONDSTORE', without('QRESYNC', 'CONDSTORE', 'ENABLE')],
])('two clients with the switch on, on a server with %s', (_name, capabilities) => {
  test('end with one encrypted copy of everything, and both lists show it once', async () => {
    const { server, profile, inbox } = await start({ capabilities })
    const other = open(server)
    for (let at = 0; at < 12; at++) inbox.add(testMessage(at), { flags: at % 2 ? ['\\Seen'] : [] })
    await Promise.all([profile.pass(), other.pass()])
    await Promise.all([work(profile), work(other)])
    await Promise.all([work(profile, 2), work(other, 2)])
    expect(await originals(server)).toEqual(Array.from({ length: 12 }, (_, at) => testMessage(at)).sort())
    expect(clear(server)).toEqual([])
    await Promise.all([profile.pass(), other.pass()])
    expect(profile.subjects('INBOX')).toEqual(other.subjects('INBOX'))
    expect(profile.messages('INBOX')).toHaveLength(12)
  })
})

test('undo puts the originals back, byte for byte, with what was changed since', async () => {
  const { server, profile, inbox } = await start()
  const raws = [0, 1, 2, 3].map(at => generateMessage(at, 21, 4).raw)
  for (const raw of raws) inbox.add(raw, { flags: ['\\Seen'], internalDate: new Date(Date.UTC(2026, 1, 2)) })
  await work(profile, 2)
  expect(clear(server)).toEqual([])
  inbox.setFlags(inbox.messages[0]!.uid, ['\\Seen', '\\Flagged', '$InboxEncrypted'])
  const before = profile.messages('INBOX').map(each => each.id)
  startJob(profile, 'undo')
  await work(profile, 2)
  expect(inbox.messages.map(each => each.raw.toString('latin1')).sort()).toEqual(
    raws.map(raw => raw.toString('latin1')).sort(),
  )
  expect(inbox.messages.every(each => each.internalDate.getTime() === Date.UTC(2026, 1, 2))).toBe(true)
  expect(inbox.messages.map(each => [...each.flags].sort()).sort()).toEqual(
    [['\\Flagged', '\\Seen'], ['\\Seen'], ['\\Seen'], ['\\Seen']].sort(),
  )
  expect(profile.messages('INBOX').map(each => each.id)).toEqual(before)
  expect(profile.store.inboxEncryption.undoable(profile.accountId)).toBe(0)
})

test('a folder is decrypted again by a machine that did not encrypt it; a cut at each command loses nothing', async () => {
  const make = async () => {
    const { server, profile, inbox } = await start()
    for (let at = 0; at < 2; at++)
      inbox.add(
        inboxForm.wrap(Buffer.from(testMessage(at)), armored(testMessage(at)), {
          token: String(at).repeat(32),
          hideSubject: true,
        }),
        { flags: ['$InboxEncrypted', 'work'] },
      )
    inbox.add(`Subject: ours\n\nclear\n`)
    const settings = profile.store.inboxEncryption.settings(profile.accountId)
    profile.store.inboxEncryption.saveSettings(profile.accountId, { ...settings, on: false })
    await profile.pass()
    startJob(profile, 'decrypt')
    return { server, profile, inbox }
  }
  const expected = [testMessage(0), testMessage(1), crlf('Subject: ours\n\nclear\n')].sort()
  const reference = await make()
  const from = reference.server.transcript.length
  await work(reference.profile)
  const commands = reference.server.transcript.length - from
  const first = firstChange(reference.server) - from - 1
  for (const nth of [0, ...Array.from({ length: commands - first + 1 }, (_, at) => first + at)]) {
    const { server, profile, inbox } = nth === 0 ? reference : await make()
    if (nth > 0) {
      server.cutAtCommand(nth)
      await work(profile)
      await profile.reopen()
      await work(profile)
    }
    expect(inbox.messages.map(each => each.raw.toString('latin1')).sort(), `cut at ${nth}`).toEqual(expected)
    expect(
      inbox.messages.flatMap(each => [...each.flags]),
      `cut at ${nth}`,
    ).toEqual(['work', 'work'])
    expect(profile.messages('INBOX'), `cut at ${nth}`).toHaveLength(3)
    for (const end of ended.splice(2).reverse()) await end()
  }
}, 360_000)

test('a locked key stops it with a reason and touches nothing; unlocked it goes on', async () => {
  const vault = fakeVault()
  const server = await startScriptedImapServer()
  ended.push(() => server.stop())
  const profile = open(server, vault)
  server.account.get('INBOX').add(testMessage(1))
  vault.locked = true
  await work(profile)
  expect(problemOf(profile)).toBe('key-locked')
  expect(server.sent('APPEND')).toEqual([])
  vault.locked = false
  await work(profile)
  expect(problemOf(profile)).toBeNull()
  expect(clear(server)).toEqual([])
})

test('in the background new mail is encrypted as it comes, without being asked', async () => {
  const { server, profile, inbox } = await start()
  profile.sync.start(profile.accountId)
  await until(() => server.idlingSessions() === 1, 'watching')
  inbox.add(testMessage(1))
  await until(() => inbox.messages.length === 1 && clear(server).length === 0, 'encrypted')
  expect(await originals(server)).toEqual([testMessage(1)])
  await until(() => profile.subjects('INBOX').length === 1, 'shown once')
})

const armored = (original: string): string => fakeArmor(Buffer.from(original, 'latin1'))

/** Turns one letter of the encrypted data inside the armor. */
function damage(raw: Buffer): void {
  const at = raw.indexOf('-----BEGIN PGP MESSAGE-----') + 80
  raw[at] = raw[at] === 0x41 ? 0x42 : 0x41
}
