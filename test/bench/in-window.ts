import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { startDesktopSession } from '../e2e/support/desktop-session'
import { launchOn } from '../e2e/support/launch'
import { startMailServers } from '../rig/mail-servers'
import { readPem } from '../support/sync-profile'
import { type Blocks, readLoops, watchLoops } from './event-loops'
import { fillInbox, generatedMaildir } from './mailbox'
import { megabytes, quantile, readable } from './measure'
import { type BenchOptions, type BenchTable, type Scenario, verdict } from './scenario'
import { callFromPage, launchToInbox, memoryOf } from './window'

const idleMs = 10_000

type Mailbox = { path: string; total: number; bodiesMissing: number }

/** A first sync in the open window with both event loops watched, then the same profile started again and left alone. */
async function run({ messages, say }: BenchOptions): Promise<readonly BenchTable[]> {
  const servers = await startMailServers()
  const desktop = await startDesktopSession({ keyring: 'unlocked', screen: true })
  const profile = join(desktop.directory, 'profile-sync')
  mkdirSync(profile)
  try {
    await fillInbox(servers, 'alice@rig.test', generatedMaildir(messages))
    say('window: first sync')
    const window = await launchOn(desktop, { profile })
    await callFromPage(window, 'app.createProfile', { custody: 'keychain', passphrase: null })
    await sleep(3000)
    await watchLoops(window)
    await sleep(idleMs)
    const quiet = await readLoops(window)
    await watchLoops(window)
    const start = performance.now()
    const server = { host: 'localhost', security: 'tls' }
    await callFromPage(window, 'accounts.add', {
      config: {
        address: 'alice@rig.test',
        displayName: 'Alice',
        services: {
          mail: {
            userName: 'alice@rig.test',
            imap: { ...server, port: servers.imapsPort },
            smtp: { ...server, port: servers.smtpsPort },
            caPem: readPem(servers.caFile),
          },
        },
      },
      password: 'alice-pw',
    })
    let firstRowMs = 0
    const answersMs: number[] = []
    for (;;) {
      if (firstRowMs === 0 && (await window.page.locator('[role="option"]').count()) > 0)
        firstRowMs = performance.now() - start
      const asked = performance.now()
      const mailboxes = await callFromPage<Mailbox[]>(window, 'mailboxes.list', {})
      answersMs.push(performance.now() - asked)
      const inbox = mailboxes.find(mailbox => mailbox.path === 'INBOX')
      if (inbox && inbox.total >= messages && inbox.bodiesMissing === 0) break
      if (performance.now() - start > 600_000) throw new Error('the first sync in the window did not end')
      await sleep(50)
    }
    const tookMs = performance.now() - start
    const busy = await readLoops(window)
    await window.quit()

    say('window: memory when idle')
    const { launched } = await launchToInbox(desktop, profile)
    await sleep(idleMs)
    const memory = await memoryOf(launched)
    await launched.quit()
    const sum = (part: 'residentBytes' | 'shareBytes') =>
      memory.reduce((total, each) => total + each[part], 0)

    const row = (name: string, blocks: Blocks, work: string) => [
      name,
      readable(blocks.longest.wallMs),
      work,
      String(blocks.over50),
    ]
    const ofMain = (blocks: Blocks) => readable(blocks.longestWorkMs)
    const ofPage = (blocks: Blocks) =>
      blocks.longestWorkMs === 0 ? 'none over 50 ms' : readable(blocks.longestWorkMs)
    return [
      {
        title: 'Event loops during a first sync in the window',
        about: `${messages.toLocaleString('en')} messages into a new profile with the window open, ${readable(tookMs)} from adding the account until every body was here; the first message stood in the list after ${readable(firstRowMs)}. "Longest gap" is how late a timer of 5 ms came at worst, so time in which other programs had the processor counts too; "longest work" is what the thread itself computed without a pause (main: its CPU time; page: the browser's own long tasks, which it tells of from 50 ms by the clock).`,
        head: ['', 'longest gap', 'longest work', 'gaps over 50 ms'],
        rows: [
          row('main, idle (10 s before)', quiet.main, ofMain(quiet.main)),
          row('page, idle (10 s before)', quiet.page, ofPage(quiet.page)),
          row('main, first sync', busy.main, ofMain(busy.main)),
          row('page, first sync', busy.page, ofPage(busy.page)),
        ],
        verdicts: [
          verdict('Main, longest work', busy.main.longestWorkMs, 50, readable),
          busy.page.longestWorkMs === 0
            ? 'Page, longest task: none over 50 ms, aim none over 50 ms: met'
            : verdict('Page, longest task', busy.page.longestWorkMs, 50, readable),
        ],
      },
      {
        title: 'Answers of the engine during that sync',
        about: `The window asked for the list of folders ${answersMs.length} times meanwhile, 50 ms after each answer. The engine stores mail in the same thread: what a question waits for is the transaction, or the write-back of the log, that is under way.`,
        head: ['', 'p50', 'p95', 'longest'],
        rows: [['answer', ...[0.5, 0.95, 1].map(share => readable(quantile(answersMs, share)))]],
        verdicts: [],
      },
      {
        title: 'Memory, idle',
        about: `The same profile started again with the window open, ${idleMs / 1000} s after the inbox is shown and with the account being watched. Resident counts shared pages in every process; the share divides them among those who use them.`,
        head: ['process', 'resident', 'share'],
        rows: [
          ...memory.map(each => [each.role, megabytes(each.residentBytes), megabytes(each.shareBytes)]),
          ['**all**', megabytes(sum('residentBytes')), megabytes(sum('shareBytes'))],
        ],
        verdicts: [],
      },
    ]
  } finally {
    await desktop.stop()
    await servers.stop()
  }
}

export const inWindow: Scenario = { name: 'window', run }
