import { existsSync } from 'node:fs'
import { join } from 'node:path'
import type {
  LiteralAddress,
  TorCircuit,
  TorSettings,
  TorStatus,
} from '../../../shared/features/network/model'
import { SiegelError } from '../../../shared/kit/result'
import type { Log } from '../ports/basics'
import { Circuits } from './circuits'
import { type ControlClient, openControl } from './control-client'
import { bootstrapIn, type OpenLocal, type OwnTor, startOwnTor, usualPrograms } from './own-tor'
import { exitTarget } from './torrc'
import { isRecent } from './version'

/** Where a running Tor is looked for: the service of the system, then that of Tor Browser. */
const usualAddresses: readonly LiteralAddress[] = [
  { host: '127.0.0.1', port: 9050 },
  { host: '127.0.0.1', port: 9150 },
]
/** Their control ports (Debian's is a unix socket). */
const usualControls = [
  { path: '/run/tor/control' },
  { host: '127.0.0.1', port: 9051 },
  { host: '127.0.0.1', port: 9151 },
] as const

const PROBE_TIMEOUT_MS = 3_000
/** Nobody says when somebody starts a Tor: as long as one is missed, it is looked for. Only on this machine, and cheap. */
const LOOK_AGAIN_MS = 2_000

export type TorDeps = Readonly<{
  settings: () => TorSettings
  /** Of the profile; an own Tor lives in `tor` below it. */
  profileDirectory: string
  /** Whether Tor listens there; the gate's. */
  isTor: (address: LiteralAddress, deadline: AbortSignal) => Promise<boolean>
  openLocal: OpenLocal
  log: Log
  /** Something in `status()` is new. */
  onChange: () => void
  /** Places beside the usual ones, and torrc lines; of tests with a private Tor network. */
  places?: Readonly<{
    addresses?: readonly LiteralAddress[]
    controls?: readonly ({ path: string } | LiteralAddress)[]
    extraLines?: readonly string[]
  }>
}>

/** Tor as the engine sees it. */
export type Tor = Readonly<{
  /** The SOCKS address of a Tor that is ready; finds or starts one. Rejects with `proxy-failed`, or `cancelled`. */
  address(deadline: AbortSignal): Promise<LiteralAddress>
  /** Looks for a running Tor and its control port, and starts none. One that is found and not used is only named in `address`. */
  look(): Promise<TorStatus>
  status(): TorStatus
  circuitOf(localPort: number): TorCircuit | null
  /** Bridges, exits, mode or place changed: whatever runs is left or ended and found anew when it is needed. */
  settingsChanged(): Promise<void>
  close(): Promise<void>
}>

const ready = { state: 'ready', problem: null } as const

const nothing: TorStatus = {
  state: 'unused',
  source: null,
  address: null,
  version: null,
  bootstrap: null,
  control: 'none',
  problem: null,
}

/** Finds a running Tor or keeps one of our own, and reads from its control port what may be known. */
export function createTor(deps: TorDeps): Tor {
  const { log, openLocal } = deps
  let status = nothing
  let own: OwnTor | null = null
  let starting: Promise<OwnTor> | null = null
  /** Control connection to a Tor that somebody else runs. */
  let control: ControlClient | null = null
  /** Two dials at once must not sign in twice. */
  let reading: Promise<void> | null = null
  let circuits = new Circuits()
  /** Hosts whose exit is pinned in a Tor that somebody else runs. */
  const mapped = new Set<string>()
  let closed = false
  let nextLook: NodeJS.Timeout | undefined
  const waiting = new Set<() => void>()

  const say = (change: Partial<TorStatus>) => {
    status = { ...status, ...change }
    for (const wake of waiting) wake()
    deps.onChange()
  }
  const failed = (detail: string): SiegelError => {
    say({ state: 'failed', problem: detail.slice(0, 500) })
    return new SiegelError('proxy-failed', { detail: detail.slice(0, 300) })
  }

  /** Bridges are for who must not be seen to use Tor: somebody else's Tor would not use them. */
  const usesRunning = () => {
    const { mode, bridges } = deps.settings()
    return mode === 'running' || (mode !== 'own' && bridges.length === 0)
  }
  /** As `failed`, because there is no Tor: one that somebody starts from now on is found. */
  const missed = (detail: string): SiegelError => {
    if (usesRunning()) lookAgain()
    return failed(detail)
  }
  const lookAgain = () => {
    if (closed || nextLook !== undefined) return
    nextLook = setTimeout(async () => {
      const isThere = status.state === 'failed' && (await running()) !== null
      nextLook = undefined
      if (closed || status.state !== 'failed') return
      if (isThere) await look()
      if (status.state === 'failed') lookAgain()
    }, LOOK_AGAIN_MS)
    nextLook.unref()
  }

  const running = async (): Promise<LiteralAddress | null> => {
    const { address } = deps.settings()
    const candidates = address ? [address] : (deps.places?.addresses ?? usualAddresses)
    for (const candidate of candidates)
      if (await deps.isTor(candidate, AbortSignal.timeout(PROBE_TIMEOUT_MS))) return candidate
    return null
  }

  /** What a control port tells of a Tor that listens at `socks`. Never rejects: without it Tor works as well. */
  const readControl = (socks: LiteralAddress): Promise<void> => {
    reading ??= (control ? Promise.resolve() : openControlOf(socks)).finally(() => {
      reading = null
    })
    return reading
  }

  const openControlOf = async (socks: LiteralAddress): Promise<void> => {
    let refused = false
    for (const place of deps.places?.controls ?? usualControls) {
      try {
        const stream = await openLocal(place, AbortSignal.timeout(PROBE_TIMEOUT_MS))
        const client = await openControl(stream, null).catch(error => {
          refused = true
          throw error
        })
        const listeners = await client.info('net/listeners/socks')
        if (!listeners.includes(`:${socks.port}"`)) {
          client.close()
          continue
        }
        await follow(client)
        control = client
        void client.ended.then(() => {
          if (control === client) control = null
          if (status.source === 'running') say({ control: 'none' })
        })
        return
      } catch {
        // The next place, or none: then nobody can know the circuits.
      }
    }
    say({ control: refused ? 'refused' : 'none' })
  }

  /** Reads state and events of a control connection into the status and the circuits. */
  const follow = async (client: ControlClient): Promise<void> => {
    circuits = new Circuits()
    client.onEvent(line => circuits.event(line))
    await client.command('SETEVENTS STREAM CIRC STATUS_CLIENT')
    for (const line of (await client.info('circuit-status')).split('\n')) circuits.circuit(line)
    for (const exit of deps.settings().exits) {
      await client.command(`MAPADDRESS ${exit.host}=${exitTarget(exit)}`)
      mapped.add(exit.host)
    }
    const bootstrap = bootstrapIn(await client.info('status/bootstrap-phase'))
    say({ control: 'open', version: client.version, bootstrap })
  }

  const find = async (): Promise<LiteralAddress | null> => {
    const address = await running()
    if (!address) return null
    await readControl(address)
    if (status.version !== null && status.control === 'open' && !isRecent(status.version.split(' ')[0] ?? ''))
      throw failed(`the running Tor ${status.version} is too old`)
    return address
  }

  const start = (): Promise<OwnTor> => {
    const { program: wanted, bridges, exits } = deps.settings()
    const program = wanted ?? usualPrograms.find(path => existsSync(path))
    if (program === undefined) throw missed('no Tor is running and none is installed')
    say({ ...nothing, state: 'starting', source: 'own' })
    starting ??= startOwnTor({
      program,
      directory: join(deps.profileDirectory, 'tor'),
      bridges,
      exits,
      extraLines: deps.places?.extraLines ?? [],
      openLocal,
      // Also while nobody waits for it: who gave up waiting is told that it is ready now.
      onBootstrap: bootstrap => say({ bootstrap, ...(own && bootstrap.percent === 100 ? ready : {}) }),
      onExit(reason) {
        own = null
        log.warn('the own Tor ended')
        if (!closed) say({ ...nothing, state: 'failed', source: 'own', problem: reason.slice(0, 500) })
      },
    })
      .then(started => {
        own = started
        circuits = new Circuits()
        started.control.onEvent(line => circuits.event(line))
        const isReady = status.bootstrap?.percent === 100
        say({
          address: started.socks,
          version: started.version,
          control: 'open',
          ...(isReady ? ready : {}),
        })
        return started
      })
      .finally(() => {
        starting = null
      })
    return starting
  }

  /** Waits until the own Tor has built its way in. */
  const bootstrapped = async (deadline: AbortSignal): Promise<void> => {
    while (status.bootstrap?.percent !== 100) {
      if (deadline.aborted || status.state === 'failed') throw notReady(deadline)
      await new Promise<void>(resolve => {
        const wake = () => {
          waiting.delete(wake)
          deadline.removeEventListener('abort', wake)
          resolve()
        }
        waiting.add(wake)
        deadline.addEventListener('abort', wake)
      })
    }
  }
  const notReady = (deadline: AbortSignal): unknown => {
    if (deadline.reason instanceof SiegelError && deadline.reason.code === 'cancelled') return deadline.reason
    const { bootstrap, problem } = status
    const stage = bootstrap ? `${bootstrap.percent} %, ${bootstrap.summary}` : 'just started'
    return new SiegelError('proxy-failed', { detail: problem ?? `Tor is not ready yet (${stage})` })
  }

  const ownAddress = async (deadline: AbortSignal): Promise<LiteralAddress> => {
    let tor: OwnTor
    try {
      tor = own ?? (await start())
    } catch (error) {
      if (error instanceof SiegelError) throw error
      throw failed(error instanceof Error ? error.message : 'Tor did not start')
    }
    await bootstrapped(deadline)
    if (status.state !== 'ready') say(ready)
    return tor.socks
  }

  const drop = async () => {
    // Somebody else's Tor is left as it was found; a name mapped to itself is mapped no more (control-spec §3.10).
    for (const host of mapped) await control?.command(`MAPADDRESS ${host}=${host}`).catch(() => undefined)
    mapped.clear()
    control?.close()
    control = null
    await starting?.catch(() => undefined)
    await own?.stop()
    own = null
    say(nothing)
  }

  /** A pinned exit that cannot be pinned would be another exit. */
  const mayUse = () => deps.settings().exits.length === 0 || status.control === 'open'

  const look = async (): Promise<TorStatus> => {
    if (own || starting || closed) return status
    const found = await find().catch(() => null)
    if (found && usesRunning() && mayUse()) say({ ...ready, source: 'running', address: found })
    else if (status.state !== 'failed') say({ ...nothing, state: 'unused' })
    // One that is there and is not used, by choice or because of its control port, is told as that.
    return found && status.state !== 'ready' ? { ...status, address: found } : status
  }

  return {
    async address(deadline) {
      if (closed) throw new SiegelError('cancelled')
      const { mode, bridges } = deps.settings()
      if (own || starting || !usesRunning()) return ownAddress(deadline)
      if (bridges.length > 0) throw failed('bridges need an own Tor')
      const found = await find()
      if (found) {
        if (mayUse()) {
          if (status.state !== 'ready' || status.address?.port !== found.port)
            say({ ...ready, source: 'running', address: found })
          return found
        }
        if (mode === 'running')
          throw failed('the running Tor does not let its exit be pinned (no control port)')
        return ownAddress(deadline)
      }
      if (mode === 'running') throw missed('no Tor is running')
      return ownAddress(deadline)
    },
    look,
    status: () => status,
    circuitOf: localPort => circuits.of(localPort),
    settingsChanged: drop,
    async close() {
      closed = true
      clearTimeout(nextLook)
      await drop()
    },
  }
}
