import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type MailServers, startMailServers } from '../rig/mail-servers'
import { fillInbox, generatedMaildir } from './mailbox'
import { median, readable } from './measure'
import { Peers } from './peers'
import { type BenchOptions, type BenchTable, ratio, type Scenario, verdict } from './scenario'
import { SiegelCommandLine } from './siegel'

type Sample = { first: number; again: number; index: number; startOnly: number; cpu: number }

/** The whole process `siegel sync` on a new profile, then again without change. */
async function siegelRound(servers: MailServers, address: string): Promise<Sample> {
  const folder = mkdtempSync(join(tmpdir(), 'siegel-bench-'))
  try {
    const siegel = new SiegelCommandLine(folder)
    await siegel.create()
    await siegel.addAccount(servers, address)
    const first = await siegel.run('sync')
    const again = await siegel.run('sync')
    const startOnly = await siegel.run('folders')
    return { first: first.ms, again: again.ms, index: 0, startOnly: startOnly.ms, cpu: first.cpuMs }
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

/** `mbsync`, `mu index`, then `mbsync` again without change. */
async function peerRound(servers: MailServers, address: string, flushesToDisk: boolean): Promise<Sample> {
  const folder = mkdtempSync(join(tmpdir(), 'siegel-bench-'))
  try {
    const peers = new Peers(folder, servers, address, { flushesToDisk })
    const first = await peers.mbsync()
    await peers.muInit()
    const index = await peers.muIndex()
    const again = await peers.mbsync()
    return { first: first.ms, again: again.ms, index: index.ms, startOnly: 0, cpu: first.cpuMs + index.cpuMs }
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

/** First full sync and re-sync, in turns with the peers, each round and program on a mailbox of its own. */
async function run({ messages, rounds, say }: BenchOptions): Promise<readonly BenchTable[]> {
  const source = generatedMaildir(messages)
  const users = Array.from({ length: rounds * 3 }, (_, at) => `user${at}`)
  const servers = await startMailServers({ users })
  const siegel: Sample[] = []
  const flushing: Sample[] = []
  const relaxed: Sample[] = []
  try {
    for (let round = 0; round < rounds; round++) {
      const address = async (at: number) => {
        const user = `user${round * 3 + at}@rig.test`
        await fillInbox(servers, user, source)
        return user
      }
      say(`first sync, round ${round + 1} of ${rounds}: Siegel`)
      siegel.push(await siegelRound(servers, await address(0)))
      say(`first sync, round ${round + 1} of ${rounds}: mbsync without fsync, mu`)
      relaxed.push(await peerRound(servers, await address(1), false))
      say(`first sync, round ${round + 1} of ${rounds}: mbsync, mu`)
      flushing.push(await peerRound(servers, await address(2), true))
    }
  } finally {
    await servers.stop()
  }
  const of = (samples: readonly Sample[], part: (sample: Sample) => number): number =>
    median(samples.map(part))
  const ours = of(siegel, each => each.first)
  const rows = [relaxed, flushing].map(samples => ({
    mbsync: of(samples, each => each.first),
    mu: of(samples, each => each.index),
    both: of(samples, each => each.first + each.index),
    // Each round by itself, so that a busy minute of the machine weighs on both sides.
    ratio: median(
      siegel.map((each, at) => each.first / ((samples[at]?.first ?? 0) + (samples[at]?.index ?? 0))),
    ),
    again: of(samples, each => each.again),
    cpu: of(samples, each => each.cpu),
  }))
  const [easy, usual] = rows
  if (!easy || !usual) throw new Error('no rounds')
  const again = of(siegel, each => each.again)
  const start = of(siegel, each => each.startOnly)
  return [
    {
      title: 'First full offline sync',
      about:
        'From an empty profile to everything here: all headers and bodies over TLS, parsed, in the encrypted store, in the full-text index. Siegel is the whole process of `siegel sync` with a profile under a passphrase, so starting Node and deriving the key with Argon2 is in its time. The peer is `mbsync` and then `mu index`, once as mbsync comes and once with `FSync no`, because Siegel does not flush every message to the disk either (a power cut costs it the last moments of a download, which it repeats). Each program has a mailbox of its own that the server has listed once. Processor time is what each program itself worked, without the server; it depends less on who else is busy.',
      head: [
        '',
        'mbsync',
        'mu index',
        'together',
        'Siegel',
        'Siegel / peer',
        'processor time: peer',
        'Siegel',
      ],
      rows: [
        { name: 'mbsync with `FSync no`', ...easy },
        { name: 'mbsync as it comes', ...usual },
      ].map(each => [
        each.name,
        readable(each.mbsync),
        readable(each.mu),
        readable(each.both),
        readable(ours),
        ratio(each.ratio),
        readable(each.cpu),
        readable(of(siegel, sample => sample.cpu)),
      ]),
      verdicts: [
        verdict('Against mbsync as it comes', usual.ratio, 0.5, ratio),
        verdict('Against mbsync with `FSync no`', easy.ratio, 0.5, ratio),
      ],
    },
    {
      title: 'Sync again without change',
      about:
        'Whole processes again. `siegel folders` opens the same profile and dials nobody: what it takes is the price of starting Node, deriving the key and opening the store, and the difference is the sync itself. Siegel looks at every folder of the account; mbsync too.',
      head: ['', 'time'],
      rows: [
        ['mbsync', readable(Math.min(easy.again, usual.again))],
        ['`siegel sync`', readable(again)],
        ['`siegel folders` (start only)', readable(start)],
        ['difference', readable(Math.max(0, again - start))],
      ],
      verdicts: [],
    },
  ]
}

export const firstSync: Scenario = { name: 'first-sync', run }
