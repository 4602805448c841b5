import { serviceOfPurpose } from '../../../shared/features/accounts/services'
import type { ConnectionInfo } from '../../../shared/kit/status'
import type { Clock } from '../ports/basics'
import type { GateRequest } from '../ports/net/gate'

/** How many ended connections and refusals are remembered. */
const RECENT_CONNECTIONS = 200

/** What is read whenever the list is: byte counts, and the circuit where Tor tells it. */
type Meter = () => Pick<ConnectionInfo, 'bytesIn' | 'bytesOut' | 'circuit'>

/** One connection being followed. Every change tells the listeners of the log. */
export type LoggedConnection = Readonly<{
  request: GateRequest
  opened(): void
  /** The proxy that is asked, once it is known. */
  through(proxy: string): void
  secured(tls: NonNullable<ConnectionInfo['tls']>): void
  /** Ends the entry once; later calls change nothing. */
  ended(state: 'closed' | 'failed', problem: string | null): void
}>

/** What is open now and what was lately, refusals included, newest last. */
export type ConnectionLog = Readonly<{
  /** `meter` is asked whenever the list is read. */
  begin(
    request: GateRequest,
    way: 'direct' | 'tor' | 'socks5',
    meter: Meter,
    onion?: string | null,
  ): LoggedConnection
  refused(request: GateRequest, problem: string): void
  list(): readonly ConnectionInfo[]
  onChange(listener: () => void): () => void
}>

/** An empty log. */
export function createConnectionLog(clock: Clock): ConnectionLog {
  const live = new Map<number, { info: ConnectionInfo; meter: Meter }>()
  const recent: ConnectionInfo[] = []
  const listeners = new Set<() => void>()
  let lastId = 0

  const changed = () => {
    for (const listener of listeners) listener()
  }
  const keep = (info: ConnectionInfo) => {
    recent.push(info)
    if (recent.length > RECENT_CONNECTIONS) recent.shift()
  }
  const blank = (request: GateRequest): ConnectionInfo => ({
    id: ++lastId,
    accountId: request.accountId,
    service: request.service ?? serviceOfPurpose(request.purpose),
    purpose: request.purpose,
    host: request.host.slice(0, 253),
    port: request.port,
    way: 'direct',
    state: 'connecting',
    tls: null,
    bytesIn: 0,
    bytesOut: 0,
    sinceMs: clock.now(),
    endedAtMs: null,
    problem: null,
  })

  return {
    begin(request, way, meter, onion = null) {
      const info: ConnectionInfo = { ...blank(request), way, ...(onion === null ? {} : { onion }) }
      live.set(info.id, { info, meter })
      changed()
      const update = (change: Partial<ConnectionInfo>) => {
        const entry = live.get(info.id)
        if (!entry) return
        entry.info = { ...entry.info, ...change }
        changed()
      }
      return {
        request,
        opened: () => update({ state: 'open' }),
        through: proxy => update({ proxy: proxy.slice(0, 300) }),
        secured: tls => update({ tls }),
        ended(state, problem) {
          const entry = live.get(info.id)
          if (!entry) return
          live.delete(info.id)
          const text = problem === null ? null : problem.slice(0, 500)
          keep({ ...entry.info, ...entry.meter(), state, endedAtMs: clock.now(), problem: text })
          changed()
        },
      }
    },
    refused(request, problem) {
      keep({
        ...blank(request),
        way: 'refused',
        state: 'refused',
        endedAtMs: clock.now(),
        problem: problem.slice(0, 500),
      })
      changed()
    },
    list() {
      const open = [...live.values()].map(({ info, meter }) => ({ ...info, ...meter() }))
      return [...recent, ...open].sort((a, b) => a.id - b.id)
    },
    onChange(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
  }
}
