import { once } from 'node:events'
import { type AddressInfo, connect, createServer, type Socket } from 'node:net'

/** What goes wrong on connections through the proxy. Byte counts are per connection and direction; for TLS, of TLS bytes. */
interface FaultRule {
  /** Which way suffers. `down` (default): server to client. */
  readonly direction?: 'down' | 'up'
  /** Each chunk arrives this much later. */
  readonly latencyMs?: number
  readonly bytesPerSecond?: number
  /** The connection closes in order (FIN) after this many bytes. */
  readonly cutAfterBytes?: number
  /** The connection is reset (RST) after this many bytes. */
  readonly resetAfterBytes?: number
  /** Nothing more arrives after this many bytes, and the connection stays open. */
  readonly stallAfterBytes?: number
  /** The byte at this offset is changed. */
  readonly corruptAtByte?: number
  /** So many connections come and go before the rule begins to hold. */
  readonly afterConnections?: number
  /** New connections are reset at once. */
  readonly refuse?: boolean
  /** The rule is dropped after the first time it broke something. */
  readonly once?: boolean
}

/** Totals since the proxy was started. */
interface FaultProxyStats {
  readonly accepted: number
  readonly open: number
  readonly upBytes: number
  readonly downBytes: number
  readonly faults: number
}

/** A TCP proxy on loopback that breaks connections on purpose. */
export interface FaultProxy {
  readonly port: number
  /** Replaces the rule; it holds for open connections too. */
  set(rule: FaultRule): void
  /** From now on nothing goes wrong. Connections already stalled stay so. */
  heal(): void
  /** Ends every open connection now, in order. */
  cut(): void
  /** Resets every open connection now. */
  reset(): void
  stats(): FaultProxyStats
  stop(): Promise<void>
}

interface Pair {
  /** The so-manieth since the rule was set. */
  readonly number: number
  readonly client: Socket
  readonly server: Socket
}

type Direction = 'down' | 'up'

const sleep = (ms: number) => new Promise<void>(resolve => setTimeout(resolve, ms))

/** Starts a proxy to 127.0.0.1:`targetPort` in this process. */
export async function startFaultProxy(targetPort: number): Promise<FaultProxy> {
  let rule: FaultRule = {}
  const pairs = new Set<Pair>()
  const count = { accepted: 0, up: 0, down: 0, faults: 0 }
  let sinceRule = 0

  const fault = () => {
    count.faults++
    if (rule.once) rule = {}
  }
  const breakPair = (pair: Pair, how: 'fin' | 'rst') => {
    for (const socket of [pair.client, pair.server]) {
      if (how === 'rst') socket.resetAndDestroy()
      else socket.end()
    }
    setTimeout(() => {
      pair.client.destroy()
      pair.server.destroy()
    }, 100).unref()
  }
  const breakAll = (how: 'fin' | 'rst') => {
    for (const pair of pairs) {
      count.faults++
      breakPair(pair, how)
    }
  }

  const pump = async (pair: Pair, direction: Direction) => {
    const [from, to] = direction === 'up' ? [pair.client, pair.server] : [pair.server, pair.client]
    const line = new DelayLine(to)
    let seen = 0
    for await (const chunk of from as AsyncIterable<Buffer>) {
      let bytes = chunk
      const holds = (rule.direction ?? 'down') === direction && pair.number > (rule.afterConnections ?? 0)
      const active: FaultRule = holds ? rule : {}
      const limit = active.cutAfterBytes ?? active.resetAfterBytes ?? active.stallAfterBytes
      if (limit !== undefined && seen + bytes.length > limit) {
        await line.write(bytes.subarray(0, Math.max(0, limit - seen)), 0)
        fault()
        // What was let through must reach the peer before a reset throws its buffers away.
        await sleep(20)
        if (active.cutAfterBytes !== undefined) return breakPair(pair, 'fin')
        if (active.resetAfterBytes !== undefined) return breakPair(pair, 'rst')
        return
      }
      const { corruptAtByte } = active
      if (corruptAtByte !== undefined && corruptAtByte >= seen && corruptAtByte < seen + bytes.length) {
        bytes = Buffer.from(bytes)
        bytes.writeUInt8(bytes.readUInt8(corruptAtByte - seen) ^ 0x55, corruptAtByte - seen)
        fault()
      }
      if (active.bytesPerSecond !== undefined) await line.trickle(bytes, active.bytesPerSecond)
      else if (active.latencyMs !== undefined) void line.write(bytes, active.latencyMs)
      else await line.write(bytes, 0)
      seen += bytes.length
      count[direction] += bytes.length
    }
    await line.write(Buffer.alloc(0), 0)
    to.end()
  }

  const listener = createServer({ allowHalfOpen: true, noDelay: true }, client => {
    count.accepted++
    const number = ++sinceRule
    if (rule.refuse && number > (rule.afterConnections ?? 0)) {
      fault()
      client.resetAndDestroy()
      return
    }
    const server = connect({ host: '127.0.0.1', port: targetPort, allowHalfOpen: true, noDelay: true })
    const pair = { number, client, server }
    pairs.add(pair)
    const close = () => {
      pairs.delete(pair)
      client.destroy()
      server.destroy()
    }
    for (const socket of [client, server]) socket.on('error', close)
    let half = 0
    for (const socket of [client, server]) socket.on('close', () => ++half === 2 && pairs.delete(pair))
    pump(pair, 'up').catch(close)
    pump(pair, 'down').catch(close)
  })
  listener.listen(0, '127.0.0.1')
  await once(listener, 'listening')

  return {
    port: (listener.address() as AddressInfo).port,
    set: next => {
      rule = next
      sinceRule = 0
    },
    heal: () => {
      rule = {}
    },
    cut: () => breakAll('fin'),
    reset: () => breakAll('rst'),
    stats: () => ({
      accepted: count.accepted,
      open: pairs.size,
      upBytes: count.up,
      downBytes: count.down,
      faults: count.faults,
    }),
    async stop() {
      const closed = new Promise<void>(resolve => listener.close(() => resolve()))
      for (const { client, server } of pairs) {
        client.destroy()
        server.destroy()
      }
      await closed
    },
  }
}

/** Writes in order, each chunk not before its time. */
class DelayLine {
  #last: Promise<void> = Promise.resolve()

  readonly #to: Socket

  constructor(to: Socket) {
    this.#to = to
  }

  write(bytes: Buffer, latencyMs: number): Promise<void> {
    const due = Date.now() + latencyMs
    this.#last = this.#last.then(async () => {
      const waitMs = due - Date.now()
      if (waitMs > 0) await sleep(waitMs)
      await this.#put(bytes)
    })
    return this.#last
  }

  async trickle(bytes: Buffer, bytesPerSecond: number): Promise<void> {
    const step = Math.max(1, Math.floor(bytesPerSecond / 20))
    for (let at = 0; at < bytes.length; at += step) {
      const piece = bytes.subarray(at, at + step)
      await this.write(piece, 0)
      await sleep((piece.length / bytesPerSecond) * 1000)
    }
  }

  #put(bytes: Buffer): Promise<void> | undefined {
    if (bytes.length === 0 || this.#to.destroyed || this.#to.write(bytes)) return undefined
    return new Promise(resolve => {
      const done = () => {
        this.#to.off('drain', done)
        this.#to.off('close', done)
        resolve()
      }
      this.#to.once('drain', done)
      this.#to.once('close', done)
    })
  }
}
