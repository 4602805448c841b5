import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { rareWord } from '../fixtures/mail-generator'
import { startMailServers } from '../rig/mail-servers'
import { fillInbox, generatedMaildir } from './mailbox'
import { quantile, readable } from './measure'
import { openProfile } from './open-profile'
import { Peers } from './peers'
import type { BenchOptions, BenchTable, Scenario } from './scenario'
import { benchPassphrase, SiegelCommandLine } from './siegel'

/** Hits that are shown. */
const shown = 50

type Query = Readonly<{ kind: string; siegel: string; mu: string; notmuch: string }>

const same = (kind: string, text: string): Query => ({ kind, siegel: text, mu: text, notmuch: text })
const both = (kind: string, one: string, other: string): Query => ({
  kind,
  siegel: `${one} ${other}`,
  mu: `${one} AND ${other}`,
  notmuch: `${one} and ${other}`,
})

/** A fixed list, the same for everyone, each written as the program's own query language has it. */
const queries: readonly Query[] = [
  ...[17, 450, 1234, 1999].map(index => same('rare word', rareWord(index))),
  ...['garden', 'meeting', 'Rechnung', 'message'].map(word => same('common word', word)),
  ...['"the garden"', '"the message"', '"vor der"'].map(phrase => same('phrase', phrase)),
  ...['gard*', 'mess*', 'Rech*'].map(prefix => same('beginning', prefix)),
  both('two words', 'garden', 'library'),
  both('two words', 'Rechnung', 'Vertrag'),
  both('two words', 'message', 'satellite'),
  ...['会议', '図書館', '報告'].map(word => same('Chinese, Japanese', word)),
]

const numberIn = (text: string): number => Number(/\d+/.exec(text)?.[0] ?? 0)

async function run({ quick, messages, rounds, say }: BenchOptions): Promise<readonly BenchTable[]> {
  const folder = mkdtempSync(join(tmpdir(), 'siegel-bench-'))
  const servers = await startMailServers()
  const repeats = quick ? 1 : rounds
  const times = new Map<string, number[]>()
  const note = (who: string, ms: number) => times.set(who, [...(times.get(who) ?? []), ms])
  const hits = new Map<Query, number[]>()
  try {
    await fillInbox(servers, 'alice@rig.test', generatedMaildir(messages))
    say('search: fetching the mailbox for all')
    const siegel = new SiegelCommandLine(join(folder, 'siegel'))
    await siegel.create()
    await siegel.addAccount(servers, 'alice@rig.test')
    await siegel.run('sync')
    const peers = new Peers(join(folder, 'peers'), servers, 'alice@rig.test', { flushesToDisk: false })
    await peers.mbsync()
    await peers.muInit()
    await peers.muIndex()
    say('search: notmuch new')
    await peers.notmuchNew()

    for (let repeat = 0; repeat < repeats; repeat++) {
      say(`search: round ${repeat + 1} of ${repeats}`)
      for (const query of queries) {
        note('`mu find`, process', (await peers.muFind([query.mu], shown)).ms)
        note('`notmuch search`, process', (await peers.notmuchSearch([query.notmuch], shown)).ms)
        note(
          '`siegel search`, process',
          (await siegel.run('search', query.siegel, '--limit', String(shown))).ms,
        )
      }
      const engine = await openProfile(siegel.profile, benchPassphrase)
      try {
        // Once unmeasured: a window is open for hours, not for one search.
        for (const measured of [false, true]) {
          for (const query of queries) {
            const start = performance.now()
            const found = await engine.call('search.query', {
              text: query.siegel,
              mailboxId: null,
              limit: shown,
            })
            await engine.call('messages.summaries', { ids: found.ids })
            if (measured) note('Siegel, engine open', performance.now() - start)
            hits.set(query, [found.total])
          }
        }
      } finally {
        await engine.close()
      }
    }
    for (const query of queries) {
      const mu = await peers.muFind([query.mu], 1_000_000)
      const notmuch = await peers.notmuchCount([query.notmuch])
      hits.set(query, [
        ...(hits.get(query) ?? []),
        mu.stdout.split('\n').filter(line => line !== '').length,
        numberIn(notmuch.stdout),
      ])
    }
  } finally {
    await servers.stop()
    rmSync(folder, { recursive: true, force: true })
  }
  const kinds = [...new Set(queries.map(query => query.kind))]
  return [
    {
      title: 'Search',
      about: `${queries.length} queries (rare and common words, phrases, beginnings of words, two words, Chinese and Japanese), the newest ${shown} hits with sender, date and subject, over everything. "Engine open" is what the window does, rows included; the others are whole processes, of which Siegel's first has to start Node and derive its key with Argon2. notmuch answers with conversations.`,
      head: ['', 'p50', 'p95'],
      rows: [
        'Siegel, engine open',
        '`mu find`, process',
        '`notmuch search`, process',
        '`siegel search`, process',
      ].map(who => [
        who,
        readable(quantile(times.get(who) ?? [], 0.5)),
        readable(quantile(times.get(who) ?? [], 0.95)),
      ]),
      verdicts: [],
    },
    {
      title: 'What the searches found',
      about:
        'Messages found in all, to show that the same was asked. They differ where the programs differ: mu and notmuch (Xapian, built-in settings) stem English words or do not cut Chinese and Japanese into words; Siegel does not stem and finds every run of characters.',
      head: ['kind', 'Siegel', 'mu', 'notmuch'],
      rows: kinds.map(kind => [
        kind,
        ...[0, 1, 2].map(at =>
          queries
            .filter(query => query.kind === kind)
            .map(query => String(hits.get(query)?.[at] ?? 0))
            .join(', '),
        ),
      ]),
      verdicts: [],
    },
  ]
}

export const search: Scenario = { name: 'search', run }
