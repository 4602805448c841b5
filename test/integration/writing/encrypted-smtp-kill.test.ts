import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { splitMessage } from '../../../electron/engine/formats/mime/parts/split'
import type { AccountId } from '../../../shared/kit/ids'
import { type MailServers, startMailServers } from '../../rig/mail-servers'
import { openTestEngine } from '../../support/engine-in-test'
import { Gnupg } from '../../support/gnupg'
import { killChild } from '../../support/kill-child-program'
import { describeKillPoint, type KillPoint, runAndKill, runToEnd } from '../../support/kill-points'
import { killsOf } from '../../support/kill-share'

const alice = 'alice@rig.test'
const bob = 'bob@rig.test'
const points = killsOf(25)
const secretText = 'The archive is behind the third shelf.'

const root = mkdtempSync('/tmp/sg-kill-')
const template = join(root, 'template')
const gnupg = new Gnupg()
let servers: MailServers
let accountId: AccountId

beforeAll(async () => {
  servers = await startMailServers()
  for (const mailbox of ['Drafts', 'Sent']) servers.maildir(alice, mailbox)
  gnupg.generate(`Bob <${bob}>`)
  const engine = await openTestEngine(template)
  const endpoint = (port: number) => ({ host: '127.0.0.1', port, security: 'tls' as const })
  const account = await engine.call('accounts.add', {
    config: {
      address: alice,
      displayName: 'Alice',
      services: {
        mail: {
          userName: alice,
          imap: endpoint(servers.imapsPort),
          smtp: endpoint(servers.smtpsPort),
          caPem: readFileSync(servers.caFile, 'utf8'),
        },
      },
    },
    password: 'alice-pw',
  })
  accountId = account.id
  await engine.call('settings.set', { lookups: false })
  await engine.call('sync.run', { accountId, mailboxId: null })
  const own = { name: 'Alice', address: alice, accountId, version: 4, expiresAtMs: null } as const
  const { facts } = await engine.call('keys.generate', own)
  gnupg.import((await engine.call('keys.exportPublic', { fingerprint: facts.fingerprint })).armored)
  await engine.call('keys.setSettings', { accountId, change: { key: facts.fingerprint } })
  await engine.call('keys.importPublic', { bytes: new Uint8Array(gnupg.publicKey(bob)), address: bob })
  await engine.close()
})
afterAll(async () => {
  await servers?.stop()
  gnupg.close()
  rmSync(root, { recursive: true, force: true })
})

const filesOf = (who: string, mailbox = 'INBOX'): Buffer[] => {
  const folder = servers.maildir(who, mailbox)
  return ['new', 'cur'].flatMap(part =>
    readdirSync(join(folder, part)).map(name => readFileSync(join(folder, part, name))),
  )
}
/** What Bob reads of the mail in his mailbox. */
const readByBob = (): string[] =>
  filesOf(bob).map(raw => {
    const part = splitMessage(raw).root.children[1]
    return gnupg.run(['--decrypt'], raw.subarray(part?.bodyStart, part?.end)).toString('latin1')
  })
const sending = (name: string, subject: string) => {
  const profile = join(root, name)
  cpSync(template, profile, { recursive: true })
  return { profile, program: killChild('send', profile, accountId, bob, subject, secretText) }
}

/** What is left of the message in the profile after the next start and a sync. */
async function afterNextStart(profile: string, subject: string) {
  const engine = await openTestEngine(profile)
  try {
    await engine.call('sync.run', { accountId, mailboxId: null })
    const items = await engine.call('outbox.list', {})
    const drafts = await engine.call('drafts.list', {})
    return {
      state: items.find(each => each.subject === subject)?.state ?? null,
      drafts: drafts.filter(each => each.content.subject === subject).length,
    }
  } finally {
    await engine.close()
  }
}

test(`killed at ${points} points, an encrypted message goes out once or waits, and nothing of it is ever in clear`, async () => {
  const undisturbed = await runToEnd(sending('undisturbed', 'Undisturbed').program)
  expect(undisturbed.exitCode, undisturbed.stderr).toBe(0)
  const lines = undisturbed.stdout.trim().split('\n').length
  expect(lines).toBeGreaterThan(4)
  const places: KillPoint[] = Array.from({ length: points }, (_, index) => ({
    kind: 'lines' as const,
    // From the first thing that is stored to the last, some of them a moment later, while a server is talked to.
    count: 1 + Math.round((index / (points - 1)) * (lines - 1)),
    delayMs: (index % 4) * 15,
  }))
  // How many lines a run prints differs by how its changes fall together; one run ends by itself.
  places.push({ kind: 'time', afterMs: 120_000 })
  const seen = { killed: 0, sent: 0, waiting: 0 }
  for (const [index, point] of places.entries()) {
    const subject = `Shelf number ${index}`
    const where = `${subject}, killed at ${describeKillPoint(point)}`
    const { profile, program } = sending(`point-${index}`, subject)
    const { killed, stdout } = await runAndKill(program, point)
    if (killed) seen.killed++
    const { state, drafts } = await afterNextStart(profile, subject)
    const arrived = readByBob().filter(text => text.includes(`Subject: ${subject}\r\n`)).length
    expect(arrived, `${where}: sent twice`).toBeLessThanOrEqual(1)
    if (arrived === 1) seen.sent++
    else seen.waiting++
    if (state === 'sent') expect([arrived, drafts], where).toEqual([1, 0])
    // What was said to be saved and did not leave is there to be sent.
    else if (stdout.includes('saved')) expect([drafts, state ?? 'unknown'], where).toEqual([1, 'unknown'])
    for (const [who, mailbox] of [
      [alice, 'Drafts'],
      [alice, 'Sent'],
      [bob, 'INBOX'],
    ] as const)
      for (const raw of filesOf(who, mailbox))
        for (const hidden of [secretText, subject]) expect(raw.includes(hidden), where).toBe(false)
    rmSync(profile, { recursive: true, force: true })
  }
  expect(seen.killed).toBeGreaterThan(points / 2)
  expect(seen.sent).toBeGreaterThan(0)
  expect(seen.waiting).toBeGreaterThan(0)
}, 720_000)
