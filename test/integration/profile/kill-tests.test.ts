import { createHash } from 'node:crypto'
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openStore } from '../../../electron/engine/compose/open-store'
import { systemClock, systemRandom } from '../../../electron/engine/system'
import type { AccountId, MailboxId } from '../../../shared/kit/ids'
import { generateMessages } from '../../fixtures/mail-generator'
import { type MailServers, startMailServers } from '../../rig/mail-servers'
import { openTestEngine, silentLog, testStoreKey } from '../../support/engine-in-test'
import { killChild } from '../../support/kill-child-program'
import {
  describeKillPoint,
  killBeforeEnd,
  runAndKill,
  runToEnd,
  seededKillPoints,
} from '../../support/kill-points'
import { killsOf } from '../../support/kill-share'

/** Set to see one failing point again: the seed decides every point. */
const seed = Number(process.env['SIEGEL_KILL_SEED'] ?? 20_261_123)
const messageCount = 300

const kills = { sync: killsOf(45), imports: killsOf(20), appends: killsOf(24), drafts: killsOf(15) }

const hash = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex')

describe('SIGKILL at any moment', () => {
  const root = mkdtempSync(join(tmpdir(), 'sgk-'))
  const originals = [...generateMessages(messageCount, 5)]
  const hashes = new Set(originals.map(each => hash(each.raw)))
  let servers: MailServers
  let next = 0

  beforeAll(async () => {
    expect(hashes.size).toBe(messageCount)
    servers = await startMailServers()
    for (const { raw, receivedAt } of originals) await servers.deliver('alice@rig.test', raw, { receivedAt })
  })
  afterAll(async () => {
    await servers?.stop()
    await rm(root, { recursive: true, force: true })
  })

  const folder = (): string => {
    next += 1
    const path = join(root, String(next))
    mkdirSync(path)
    return path
  }

  const rigAccount = (name = 'alice') =>
    ({
      address: `${name}@rig.test`,
      displayName: name,
      services: {
        mail: {
          userName: `${name}@rig.test`,
          imap: { host: '127.0.0.1', port: servers.imapsPort, security: 'tls' },
          smtp: { host: '127.0.0.1', port: servers.smtpsPort, security: 'tls' },
          caPem: readFileSync(servers.caFile, 'utf8'),
        },
      },
    }) as const

  /** What must hold at once after a kill, before anything is repaired by another run. */
  const expectSound = (profile: string) => {
    const { store, recovered } = openStore({
      directory: profile,
      key: testStoreKey(),
      clock: systemClock,
      random: systemRandom,
      log: silentLog,
    })
    try {
      expect(recovered).toBeNull()
      expect(store.check().filter(each => each.outcome === 'failed')).toEqual([])
      for (const mailbox of store.mailboxes.list()) {
        const ids = store.messages.index({
          mailboxId: mailbox.id,
          role: null,
          unreadOnly: false,
          flaggedOnly: false,
        })
        expect(mailbox.total).toBe(ids.length)
        for (const summary of store.messages.summaries(ids)) {
          const raw = store.messages.raw(summary.id)
          expect(raw !== null, 'whole exactly when the bytes are here').toBe(summary.bodyState === 'whole')
          if (raw && mailbox.role === 'inbox')
            expect(hashes.has(hash(raw)), 'a whole message is byte for byte the original').toBe(true)
        }
      }
    } finally {
      store.close()
    }
  }

  const expectEveryMessageOnce = async (profile: string, mailboxId: MailboxId | null) => {
    const { store } = openStore({
      directory: profile,
      key: testStoreKey(),
      clock: systemClock,
      random: systemRandom,
      log: silentLog,
    })
    try {
      const id =
        mailboxId ?? store.mailboxes.list().find(each => each.role === 'inbox' && each.path === 'INBOX')?.id
      const ids = store.messages.index({
        mailboxId: id ?? null,
        role: null,
        unreadOnly: false,
        flaggedOnly: false,
      })
      const found = ids.map(each => store.messages.raw(each)).map(raw => (raw ? hash(raw) : 'missing'))
      expect(found.sort()).toEqual([...hashes].sort())
    } finally {
      store.close()
    }
  }

  test(`${kills.sync} kills of a first sync with bodies: nothing lost, nothing twice, nothing truncated`, async () => {
    const template = folder()
    const setUp = await openTestEngine(template)
    await setUp.call('accounts.add', { config: rigAccount(), password: 'alice-pw' })
    await setUp.close()
    const rehearsal = folder()
    cpSync(template, rehearsal, { recursive: true })
    const whole = await runToEnd(killChild('sync', rehearsal))
    expect(whole.exitCode, whole.stderr).toBe(0)
    await expectEveryMessageOnce(rehearsal, null)
    const limits = { durationMs: whole.elapsedMs, lines: whole.stdout.split('\n').length }
    // Three kills in a row on each profile: a resumed sync is killed as well.
    const points = seededKillPoints(seed, kills.sync, limits)
    for (let at = 0; at < points.length; at += 3) {
      const profile = folder()
      const [first, ...resumed] = points.slice(at, at + 3)
      if (first)
        await killBeforeEnd(() => {
          rmSync(profile, { recursive: true, force: true })
          cpSync(template, profile, { recursive: true })
          return killChild('sync', profile)
        }, first)
      expectSound(profile)
      for (const point of resumed) {
        const run = await runAndKill(killChild('sync', profile), point)
        // What is left may be less than what was measured.
        if (!run.killed) expect(run.exitCode, `${describeKillPoint(point)}\n${run.stderr}`).toBe(0)
        expectSound(profile)
      }
      const engine = await openTestEngine(profile)
      const { problems } = await engine.call('sync.run', { accountId: null, mailboxId: null })
      await engine.close()
      expect(problems).toEqual([])
      await expectEveryMessageOnce(profile, null)
      await rm(profile, { recursive: true, force: true })
    }
  }, 1_800_000)

  test(`${kills.imports} kills of an import: what was imported is whole, and importing again completes it without doubles`, async () => {
    const maildir = join(folder(), 'Maildir')
    for (const sub of ['cur', 'new', 'tmp']) mkdirSync(join(maildir, sub), { recursive: true })
    for (const { index, raw } of originals) writeFileSync(join(maildir, 'cur', `${index}.test:2,S`), raw)
    const template = folder()
    const setUp = await openTestEngine(template)
    await setUp.call('accounts.add', {
      config: { address: 'local', displayName: '', services: {} },
      password: null,
    })
    const target = (await setUp.call('mailboxes.list', {})).find(each => each.role === 'inbox')?.id
    await setUp.close()
    const rehearsal = folder()
    cpSync(template, rehearsal, { recursive: true })
    const whole = await runToEnd(killChild('import', rehearsal, maildir, String(target)))
    expect(whole.exitCode, whole.stderr).toBe(0)
    for (const point of seededKillPoints(seed + 1, kills.imports, {
      durationMs: whole.elapsedMs,
      lines: whole.stdout.split('\n').length,
    })) {
      const profile = folder()
      cpSync(template, profile, { recursive: true })
      await runAndKill(killChild('import', profile, maildir, String(target)), point)
      expectSound(profile)
      const engine = await openTestEngine(profile)
      await engine.call('mail.import', { path: maildir, mailboxId: target as MailboxId })
      await engine.close()
      await expectEveryMessageOnce(profile, target ?? null)
      await rm(profile, { recursive: true, force: true })
    }
  }, 1_800_000)

  test(`${kills.appends} kills while messages are appended to the server: each is there once`, async () => {
    const some = originals.slice(0, 60)
    const maildir = join(folder(), 'Maildir')
    for (const sub of ['cur', 'new', 'tmp']) mkdirSync(join(maildir, sub), { recursive: true })
    for (const { index, raw } of some) writeFileSync(join(maildir, 'cur', `${index}.test:2,S`), raw)
    // What goes up is checked on the server's own disk; headers-only windows keep the rest out of the way.
    const prepare = async (mailbox: string) => {
      const profile = folder()
      const engine = await openTestEngine(profile)
      await engine.call('settings.set', { defaultWindow: { kind: 'headers', months: 1 } })
      const account = await engine.call('accounts.add', { config: rigAccount('carol'), password: 'carol-pw' })
      await engine.call('sync.run', { accountId: null, mailboxId: null })
      const made = await engine.call('mailboxes.create', {
        accountId: account.id,
        parentId: null,
        name: mailbox,
      })
      await engine.call('mail.import', { path: maildir, mailboxId: made.id })
      await engine.close()
      return profile
    }
    const rehearsal = await prepare('Rehearsal')
    const whole = await runToEnd(killChild('sync', rehearsal))
    expect(whole.exitCode, whole.stderr).toBe(0)
    const onServer = (mailbox: string) => {
      const directory = servers.maildir('carol@rig.test', mailbox)
      return ['cur', 'new'].flatMap(sub =>
        readdirSync(join(directory, sub)).map(name => hash(readFileSync(join(directory, sub, name)))),
      )
    }
    const expected = onServer('Rehearsal').sort()
    expect(new Set(expected).size).toBe(some.length)
    const limits = { durationMs: whole.elapsedMs, lines: whole.stdout.split('\n').length }
    const points = seededKillPoints(seed + 3, kills.appends, limits)
    for (let at = 0; at < points.length; at += 2) {
      const mailbox = `Kill-${at}`
      const profile = await prepare(mailbox)
      for (const point of points.slice(at, at + 2)) await runAndKill(killChild('sync', profile), point)
      expectSound(profile)
      const engine = await openTestEngine(profile)
      expect((await engine.call('sync.run', { accountId: null, mailboxId: null })).problems).toEqual([])
      expect(await engine.call('tasks.list', {})).toEqual([])
      await engine.close()
      expect(onServer(mailbox).sort()).toEqual(expected)
      await rm(profile, { recursive: true, force: true })
    }
  }, 1_800_000)

  test(`${kills.drafts} kills while drafts are written: every draft that was said to be saved is there with its words`, async () => {
    const template = folder()
    const setUp = await openTestEngine(template)
    const account: AccountId = (
      await setUp.call('accounts.add', { config: rigAccount(), password: 'alice-pw' })
    ).id
    await setUp.close()
    const profile = folder()
    cpSync(template, profile, { recursive: true })
    const whole = await runToEnd(killChild('drafts', profile, account, '300', '0'))
    expect(whole.exitCode, whole.stderr).toBe(0)
    const limits = { durationMs: whole.elapsedMs, lines: whole.stdout.split('\n').length }
    for (const point of seededKillPoints(seed + 2, kills.drafts, limits)) {
      const fresh = folder()
      cpSync(template, fresh, { recursive: true })
      const run = await runAndKill(killChild('drafts', fresh, account, '300', '0'), point)
      const saved = [...run.stdout.matchAll(/^saved (\d+)$/gm)].map(each => Number(each[1]))
      const { store } = openStore({
        directory: fresh,
        key: testStoreKey(),
        clock: systemClock,
        random: systemRandom,
        log: silentLog,
      })
      const texts = new Set(store.drafts.list().map(each => each.content.text))
      store.close()
      for (const at of saved)
        expect(texts.has(`What was typed in draft ${at}.`), describeKillPoint(point)).toBe(true)
      await rm(fresh, { recursive: true, force: true })
    }
  }, 1_800_000)
})
