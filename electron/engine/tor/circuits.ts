import type { TorCircuit } from '../../../shared/features/network/model'
import { keywords } from './control-lines'

/** How many streams and circuits are remembered. */
const REMEMBERED = 1000

/** Which circuit carries which connection of ours, read from the events STREAM and CIRC (control-spec §4.1). */
export class Circuits {
  readonly #paths = new Map<string, TorCircuit['path']>()
  /** By number of the stream: the local port it comes from, and the circuit it is on. */
  readonly #streams = new Map<string, { localPort: number; circuitId: string | null }>()
  readonly #streamOfPort = new Map<number, string>()

  /** One event line, without its code. What is not understood is passed over. */
  event(line: string): void {
    const [name, id = '', state, third = ''] = line.split(' ')
    if (name === 'CIRC') this.circuit(`${id} ${state} ${third}`)
    if (name !== 'STREAM') return
    if (state === 'NEW') {
      const localPort = Number(/:(\d{1,5})$/.exec(keywords(line).get('SOURCE_ADDR') ?? '')?.[1])
      if (!localPort) return
      forget(this.#streams)
      forget(this.#streamOfPort)
      this.#streams.set(id, { localPort, circuitId: null })
      this.#streamOfPort.set(localPort, id)
      return
    }
    const stream = this.#streams.get(id)
    if (stream && third !== '0' && (state === 'SENTCONNECT' || state === 'SUCCEEDED' || state === 'REMAP'))
      stream.circuitId = third
  }

  /** A line as CIRC events and `GETINFO circuit-status` have it: number, state, path. */
  circuit(line: string): void {
    const [id = '', state, path = ''] = line.split(' ')
    if ((state !== 'BUILT' && state !== 'EXTENDED' && state !== 'GUARD_WAIT') || !path.startsWith('$')) return
    const relays = path.split(',').flatMap(relay => {
      const match = /^\$([0-9A-F]{40})(?:[~=]([A-Za-z0-9]{1,19}))?$/.exec(relay)
      return match ? [{ fingerprint: match[1] ?? '', nickname: match[2] ?? '' }] : []
    })
    forget(this.#paths)
    this.#paths.set(id, relays.slice(0, 10))
  }

  /** Null while nobody knows. */
  of(localPort: number): TorCircuit | null {
    const stream = this.#streams.get(this.#streamOfPort.get(localPort) ?? '')
    const id = stream?.circuitId ?? null
    const path = id === null ? undefined : this.#paths.get(id)
    return id === null || path === undefined ? null : { id: id.slice(0, 20), path: [...path] }
  }
}

/** Room for one more: the oldest goes. */
function forget(map: Map<unknown, unknown>): void {
  const oldest = map.keys().next()
  if (map.size >= REMEMBERED && !oldest.done) map.delete(oldest.value)
}
