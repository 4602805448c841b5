import { createImapBackend } from '../../electron/engine/features/mail/imap/imap-backend'
import { mime } from '../../electron/engine/formats/mime/mime'
import { createGate } from '../../electron/engine/net/gate'
import type { NetworkGate } from '../../electron/engine/ports/net/gate'
import { systemClock as clock } from '../../electron/engine/system'
import type { AccountId } from '../../shared/kit/ids'
import { startMailServers } from '../rig/mail-servers'
import { silentLog } from '../support/engine-in-test'
import { readPem } from '../support/sync-profile'
import { fillInbox, generatedMaildir } from './mailbox'
import { median, readable } from './measure'
import { plainGate } from './plain-gate'
import { type BenchOptions, type BenchTable, type Scenario, verdict } from './scenario'

const accountId = 'a'.repeat(32) as AccountId
const dials = 100
const bytesCap = 64_000_000
/** Passes of each kind a round; one pass is short. */
const passes = 12
/** Until then the runtime compiles the code of both, which would be taken for a difference. */
const warmUps = 4

const percent = (share: number) => `${(share * 100).toFixed(1)} %`

/** The gate on a direct way, beside a plain `tls.connect`: the same IMAP session over both, in turns, in one process. */
async function run({ messages, rounds, say }: BenchOptions): Promise<readonly BenchTable[]> {
  const count = Math.min(messages, 2000)
  const servers = await startMailServers({ users: ['user0'] })
  const address = 'user0@rig.test'
  const realGate = createGate({
    policy: { permits: () => true },
    pins: { isPinned: () => false, hasPin: () => false },
    clock,
    log: silentLog,
  })
  const caPem = readPem(servers.caFile)
  const config = {
    address,
    displayName: '',
    services: {
      mail: {
        userName: address,
        imap: { host: 'localhost', port: servers.imapsPort, security: 'tls' },
        smtp: { host: 'localhost', port: servers.smtpsPort, security: 'tls' },
        caPem,
      },
    },
  } as const
  const password = servers.accounts.find(account => account.address === address)?.password ?? ''
  const timed = async (work: () => Promise<void>) => {
    const cpu = process.cpuUsage()
    const start = performance.now()
    await work()
    const { user, system } = process.cpuUsage(cpu)
    return { ms: performance.now() - start, cpuMs: (user + system) / 1000 }
  }
  const dial = (gate: NetworkGate) =>
    timed(async () => {
      const { stream } = await gate.dialTls(
        { accountId, purpose: 'imap', host: 'localhost', port: servers.imapsPort },
        { serverName: 'localhost', caPem },
        { timeoutMs: 30_000 },
      )
      stream.destroy()
    })
  /** Signs in, lists, fetches every header and every body. */
  const fetchAll = (gate: NetworkGate) =>
    timed(async () => {
      const backend = createImapBackend({ gate, log: silentLog, mime, clock })
      const session = await backend.connect({ id: accountId, mail: config.services.mail, password })
      await session.list()
      await session.open('INBOX', { readOnly: true })
      const uids = await session.searchUids({})
      let seen = 0
      for await (const { uid } of session.fetchHeaders(uids)) seen += uid > 0 ? 1 : 0
      for await (const { uid } of session.fetchRaw(uids, { maxBytes: bytesCap })) seen += uid > 0 ? 1 : 0
      if (seen !== uids.length * 2) throw new Error(`${seen} of ${uids.length * 2}`)
      await session.logout()
    })
  const ways = { gate: realGate, plain: plainGate }
  const first = { gate: [] as number[], plain: [] as number[] }
  const passTimes = { gate: [] as number[], plain: [] as number[] }
  const passCpu = { gate: [] as number[], plain: [] as number[] }
  try {
    await fillInbox(servers, address, generatedMaildir(count))
    say('cost of the gate: warming up')
    for (let at = 0; at < warmUps; at++) for (const gate of Object.values(ways)) await fetchAll(gate)
    for (let at = 0; at < dials; at++)
      for (const name of ['gate', 'plain'] as const) first[name].push((await dial(ways[name])).ms)
    for (let at = 0; at < rounds * passes; at++) {
      say(`cost of the gate: pass ${at + 1} of ${rounds * passes}`)
      // Who is first changes: what the machine does meanwhile weighs on both.
      const order = at % 2 === 0 ? (['gate', 'plain'] as const) : (['plain', 'gate'] as const)
      for (const name of order) {
        const { ms, cpuMs } = await fetchAll(ways[name])
        passTimes[name].push(ms)
        passCpu[name].push(cpuMs)
      }
    }
  } finally {
    realGate.closeAll(null)
    await servers.stop()
  }
  const ratioOf = (kind: { gate: number[]; plain: number[] }) =>
    median(kind.gate.map((each, at) => each / (kind.plain[at] ?? Number.NaN))) - 1
  const dialCost = median(first.gate) - median(first.plain)
  const row = (name: string, kind: { gate: number[]; plain: number[] }, share: string) => [
    name,
    readable(median(kind.plain)),
    readable(median(kind.gate)),
    share,
  ]
  return [
    {
      title: 'Cost of the gate on a direct sync',
      about: `The IMAP half of a first sync of ${count.toLocaleString('en')} messages (sign in, list, every header, every body; nothing is stored, so the gate weighs more here than in a real sync), once through the gate and once over a plain \`tls.connect\`, in turns in one process with the same IMAP code. The gate only stands at the beginning of a connection (policy, way, certificate, log), so its share is also reckoned from ${dials} dials of each kind: what one dial costs more, of the time of a pass.`,
      head: ['', 'plain', 'gate', 'more'],
      rows: [
        row('one dial with TLS', first, readable(Math.max(0, dialCost))),
        row('everything fetched, by the clock', passTimes, percent(ratioOf(passTimes))),
        row('everything fetched, processor time', passCpu, percent(ratioOf(passCpu))),
      ],
      verdicts: [
        verdict(
          'Dial of a connection, of the time of a pass',
          Math.max(0, dialCost) / median(passTimes.plain),
          0.03,
          percent,
        ),
        verdict('Processor time of a pass', ratioOf(passCpu), 0.03, percent),
      ],
    },
  ]
}

export const gateCost: Scenario = { name: 'gate-cost', run }
