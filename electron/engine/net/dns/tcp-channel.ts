import type { Duplex } from 'node:stream'
import { SiegelError } from '../../../../shared/kit/result'

/** RFC 7766 §6.2.3: an idle connection is closed by the client after a few seconds. */
const IDLE_MS = 4_000

/** A way to one DNS server: takes a query, gives the answer's bytes. Many queries may be under way. */
export type DnsChannel = {
  exchange(query: Buffer, timeoutMs: number): Promise<Buffer>
  close(): void
}

type Waiting = { resolve: (answer: Buffer) => void; reject: (error: unknown) => void }
type Line = {
  stream: Duplex
  waiting: Map<number, Waiting>
  timer: NodeJS.Timeout | null
  answered: number
  isClosed: boolean
}

/**
 * DNS over one TCP connection (RFC 7766), opened when it is needed, with queries side by side. A server that hangs up
 * after it has answered gets the rest on a new connection, once.
 */
export function createTcpChannel(dial: (timeoutMs: number) => Promise<Duplex>): DnsChannel {
  let opening: Promise<Line> | null = null
  let current: Line | null = null

  const lost = () => new SiegelError('connection-lost', { host: 'dns' })
  const drop = (line: Line, error: unknown) => {
    if (line.isClosed) return
    line.isClosed = true
    if (line.timer) clearTimeout(line.timer)
    if (current === line) opening = current = null
    line.stream.destroy()
    for (const { reject } of [...line.waiting.values()]) reject(error)
  }
  const rest = (line: Line) => {
    if (line.timer) clearTimeout(line.timer)
    if (line.isClosed) return
    line.timer = line.waiting.size > 0 ? null : setTimeout(() => drop(line, lost()), IDLE_MS)
    line.timer?.unref()
  }

  const open = async (timeoutMs: number): Promise<Line> => {
    const stream = await dial(timeoutMs)
    const line: Line = { stream, waiting: new Map(), timer: null, answered: 0, isClosed: false }
    let pending: Buffer = Buffer.alloc(0)
    stream.on('data', (chunk: Buffer) => {
      pending = Buffer.concat([pending, chunk])
      while (pending.length >= 2) {
        const size = pending.readUInt16BE(0)
        if (pending.length < 2 + size) break
        const answer = pending.subarray(2, 2 + size)
        pending = pending.subarray(2 + size)
        const waiting = size >= 2 ? line.waiting.get(answer.readUInt16BE(0)) : undefined
        // What nobody asked for ends the connection: the two sides no longer agree on anything.
        if (!waiting)
          return drop(line, new SiegelError('protocol-violation', { host: 'dns', detail: 'DNS: unasked' }))
        line.answered += 1
        waiting.resolve(Buffer.from(answer))
      }
    })
    const ended = () => drop(line, lost())
    stream.on('error', ended)
    stream.on('end', ended)
    stream.on('close', ended)
    current = line
    return line
  }

  const attempt = async (query: Buffer, timeoutMs: number): Promise<Buffer> => {
    const startedMs = performance.now()
    opening ??= open(timeoutMs).catch(error => {
      opening = null
      throw error
    })
    const line = await opening
    const id = query.readUInt16BE(0)
    if (line.waiting.has(id)) throw new SiegelError('conflict', { what: 'name lookup' })
    return new Promise((resolve, reject) => {
      const leftMs = Math.max(1, timeoutMs - (performance.now() - startedMs))
      const timer = setTimeout(
        () => waiting.reject(new SiegelError('connection-timeout', { host: 'dns', port: 53, timeoutMs })),
        leftMs,
      )
      const settle = (finish: () => void) => {
        clearTimeout(timer)
        line.waiting.delete(id)
        rest(line)
        finish()
      }
      const waiting: Waiting = {
        resolve: answer => settle(() => resolve(answer)),
        reject: error => settle(() => reject(error)),
      }
      line.waiting.set(id, waiting)
      if (line.timer) clearTimeout(line.timer)
      const length = Buffer.alloc(2)
      length.writeUInt16BE(query.length, 0)
      line.stream.write(Buffer.concat([length, query]))
    })
  }

  return {
    async exchange(query, timeoutMs) {
      const line = await (opening ?? Promise.resolve(null)).catch(() => null)
      try {
        return await attempt(query, timeoutMs)
      } catch (error) {
        const wasUsed = line !== null && line.answered > 0
        const isLost = error instanceof SiegelError && error.code === 'connection-lost'
        if (!wasUsed || !isLost) throw error
        return attempt(query, timeoutMs)
      }
    },
    close() {
      void opening?.then(line => drop(line, new SiegelError('cancelled'))).catch(() => undefined)
    },
  }
}
