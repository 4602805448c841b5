import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type MailServers, startMailServers } from '../rig/mail-servers'
import { startTorNetwork } from '../rig/tor-network'
import { fillInbox, generatedMaildir } from './mailbox'
import { median, readable, type Timed } from './measure'
import { Peers } from './peers'
import { type BenchOptions, type BenchTable, ratio, type Scenario } from './scenario'
import { SiegelCommandLine } from './siegel'

/** A name that only the exits of the private network can look up. */
const host = 'mail.rig.test'

async function inFolder(work: (folder: string) => Promise<Timed>): Promise<Timed> {
  const folder = mkdtempSync(join(tmpdir(), 'siegel-bench-'))
  try {
    return await work(folder)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

const siegelRound = (servers: MailServers, address: string, socksPort: number) =>
  inFolder(async folder => {
    const siegel = new SiegelCommandLine(folder)
    await siegel.create()
    await siegel.addAccount(servers, address, host)
    // Isolated by the login, as the accounts of the window are.
    const login = join(folder, 'login')
    writeFileSync(login, 'siegel\nbench\n')
    const place = ['--socks5', `127.0.0.1:${socksPort}`, '--login-file', login]
    await siegel.run('account', 'route', '--account', address, ...place)
    return siegel.run('sync')
  })

/** mbsync speaks no SOCKS; `nc` does it for its tunnel, and hands the name on unresolved as Siegel does. */
const peerRound = (servers: MailServers, address: string, socksPort: number) =>
  inFolder(folder => {
    const tunnel = `nc -X 5 -x 127.0.0.1:${socksPort} ${host} ${servers.imapsPort}`
    return new Peers(folder, servers, address, { flushesToDisk: false, host, tunnel }).mbsync()
  })

/** First sync through a Tor network on this machine, in turns, each round and program on a mailbox of its own. */
async function run({ messages, rounds, say }: BenchOptions): Promise<readonly BenchTable[]> {
  const count = Math.min(messages, 2000)
  const source = generatedMaildir(count)
  const servers = await startMailServers({
    users: Array.from({ length: rounds * 2 }, (_, at) => `user${at}`),
  })
  const siegel: Timed[] = []
  const peer: Timed[] = []
  try {
    const network = await startTorNetwork([servers.imapsPort])
    try {
      for (let round = 0; round < rounds; round++) {
        const address = async (at: number) => {
          const user = `user${round * 2 + at}@rig.test`
          await fillInbox(servers, user, source)
          return user
        }
        say(`over Tor, round ${round + 1} of ${rounds}: Siegel`)
        siegel.push(await siegelRound(servers, await address(0), network.socksPort))
        say(`over Tor, round ${round + 1} of ${rounds}: mbsync`)
        peer.push(await peerRound(servers, await address(1), network.socksPort))
      }
    } finally {
      await network.stop()
    }
  } finally {
    await servers.stop()
  }
  const of = (samples: readonly Timed[], part: (sample: Timed) => number) => median(samples.map(part))
  const quotient = median(siegel.map((each, at) => each.ms / (peer[at]?.ms ?? Number.NaN)))
  return [
    {
      title: 'First sync over Tor',
      about: `${count.toLocaleString('en')} messages (fewer than elsewhere: all relays share the processors with the programs) through the same SOCKS port of a Tor network of its own on this machine: three relays each way, names looked up at the exit. The peer is \`mbsync\` with \`FSync no\` behind \`nc -X 5\`, which makes files and no index; Siegel is the whole process of \`siegel sync\`, start, encrypted store and full-text index included. A real network is slower for both alike.`,
      head: ['', 'mbsync', 'Siegel', 'Siegel / mbsync'],
      rows: [
        [
          'by the clock',
          readable(of(peer, each => each.ms)),
          readable(of(siegel, each => each.ms)),
          ratio(quotient),
        ],
        [
          'processor time',
          readable(of(peer, each => each.cpuMs)),
          readable(of(siegel, each => each.cpuMs)),
          '',
        ],
      ],
      verdicts: [],
    },
  ]
}

export const overTorSync: Scenario = { name: 'over-tor', run }
