import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { splitMessage } from '../../electron/engine/mail/mime/split'
import { type MailServers, startMailServers } from '../rig/mail-servers'
import { addRigAccount, commandLine, type ListedMessage, TestProfile } from '../support/command-line'
import { Gnupg } from '../support/gnupg'
import { describeKillPoint, runAndKill, runToEnd, seededKillPoints } from '../support/kill-points'
import { killShare } from '../support/kill-share'

const seed = Number(process.env['SIEGEL_KILL_SEED'] ?? 20_261_125)
const points = 18 / killShare
const secretText = 'The archive is behind the third shelf.'

const alice = new TestProfile()
const bob = new Gnupg()
let servers: MailServers

beforeAll(async () => {
  servers = await startMailServers()
  for (const mailbox of ['Drafts', 'Sent']) servers.maildir('alice@rig.test', mailbox)
  await alice.create()
  await addRigAccount(alice, servers, 'alice')
  await alice.json('sync')
  bob.generate('Bob <bob@rig.test>')
  await alice.json('keys', 'generate', 'alice@rig.test')
  bob.import((await alice.json<{ armored: string }>('keys', 'export', 'alice@rig.test')).armored)
  await alice.json('keys', 'import', alice.file('bob.pgp', bob.publicKey('bob@rig.test')))
})
afterAll(async () => {
  await servers?.stop()
  await alice.remove()
  bob.close()
})

const filesOf = (who: string, mailbox = 'INBOX'): Buffer[] => {
  const folder = servers.maildir(`${who}@rig.test`, mailbox)
  return ['new', 'cur'].flatMap(part =>
    readdirSync(join(folder, part)).map(name => readFileSync(join(folder, part, name))),
  )
}
/** What Bob reads in his mailbox, message by message. */
const readByBob = (): string[] =>
  filesOf('bob').map(raw => {
    const part = splitMessage(raw).root.children[1]
    return bob.run(['--decrypt'], raw.subarray(part?.bodyStart, part?.end)).toString('latin1')
  })
const sending = (subject: string) => ({
  file: process.execPath,
  arguments: [
    ...[commandLine, 'send', '--from', 'alice@rig.test', '--to', 'bob@rig.test', '--subject', subject],
    ...['--text-file', alice.file('text', `${secretText}\n`), '--encrypt', '--sign', ...alice.common()],
  ],
})

test(`killed at ${points} points (seed ${seed}), an encrypted message goes out once or waits, and nothing of it is ever in clear`, async () => {
  const undisturbed = await runToEnd(sending('Undisturbed'))
  expect(undisturbed.exitCode, undisturbed.stderr).toBe(0)
  let killed = 0
  let sent = 0
  for (const [index, point] of seededKillPoints(seed, points, {
    durationMs: undisturbed.elapsedMs,
  }).entries()) {
    const subject = `Shelf number ${index}`
    const where = `${subject}, killed at ${describeKillPoint(point)}`
    if ((await runAndKill(sending(subject), point)).killed) killed++
    await alice.json('sync')
    const waiting = await alice.json<{ subject: string; state: string }[]>('outbox')
    const drafts = await alice.json<ListedMessage[]>('list', 'alice@rig.test/Drafts')
    const arrived = readByBob().filter(text => text.includes(`Subject: ${subject}\r\n`)).length
    expect(arrived, `${where}: sent twice`).toBeLessThanOrEqual(1)
    const item = waiting.find(each => each.subject === subject)
    if (arrived === 1) sent++
    // The outbox forgets what is out; whatever it still has did not get the server's word.
    if (item?.state === 'sent') expect(arrived, where).toBe(1)
    else if (item !== undefined) expect(item.state, where).toBe('unknown')
    expect(drafts.filter(each => each.subject === subject).length, where).toBeLessThanOrEqual(1)
    for (const [who, mailbox] of [
      ['alice', 'Drafts'],
      ['alice', 'Sent'],
      ['bob', 'INBOX'],
    ] as const)
      for (const raw of filesOf(who, mailbox))
        for (const hidden of [secretText, subject]) expect(raw.includes(hidden), where).toBe(false)
  }
  expect(killed).toBeGreaterThan(points / 3)
  expect(sent).toBeGreaterThan(0)
}, 240_000)
