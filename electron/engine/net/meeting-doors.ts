import { createHash, timingSafeEqual } from 'node:crypto'
import { createServer, type IncomingMessage, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Duplex } from 'node:stream'
import { SiegelError } from '../../../shared/kit/result'
import type { Log, Random } from '../ports/basics'
import type { GateRequest, NetworkGate } from '../ports/net/gate'
import type { MeetingDoor, MeetingDoorRequest, MeetingDoors } from '../ports/net/meeting-doors'
import { normalHost } from './host-name'

/** Meetings at once: each is a window that somebody looks at. */
const mostDoors = 4
/** Connections through one door: a page opens six a host, and a few for TURN. */
const mostTunnels = 64
const dialTimeoutMs = 20_000

type OpenDoor = Readonly<{ server: Server; tunnels: Set<Duplex>; request: MeetingDoorRequest }>

/**
 * Doors for the windows of meetings: HTTP proxies on 127.0.0.1 that understand CONNECT alone (RFC 9110 §9.3.6), ask who comes for a user and a
 * password that are made for each door, and hand every connection to the gate. The browser makes TLS through them, so nothing is read here.
 */
export function createMeetingDoors(deps: {
  gate: () => Pick<NetworkGate, 'dialClear'>
  random: Random
  log: Log
}): MeetingDoors & Readonly<{ closeAll(): void }> {
  const doors = new Map<number, OpenDoor>()
  let lastId = 0

  const open = async (request: MeetingDoorRequest): Promise<MeetingDoor> => {
    if (doors.size >= mostDoors) throw new SiegelError('conflict', { what: 'meeting', state: 'too-many' })
    const [user, password] = [16, 32].map(size => Buffer.from(deps.random.bytes(size)).toString('hex'))
    if (user === undefined || password === undefined) throw new Error('no random bytes')
    const expected = hash(`Basic ${Buffer.from(`${user}:${password}`).toString('base64')}`)
    const tunnels = new Set<Duplex>()
    // Anything but CONNECT would be HTTP in clear, which no meeting is.
    const server = createServer((_message, answer) => {
      answer.writeHead(403, { connection: 'close' }).end()
    })
    server.on('connect', (message: IncomingMessage, client: Duplex, head: Buffer) => {
      client.on('error', () => client.destroy())
      if (!timingSafeEqual(hash(message.headers['proxy-authorization'] ?? ''), expected))
        return void client.end(
          'HTTP/1.1 407 Proxy Authentication Required\r\nProxy-Authenticate: Basic realm="Siegel"\r\nContent-Length: 0\r\nConnection: close\r\n\r\n',
        )
      if (tunnels.size >= mostTunnels) return void refuse(client, 503)
      tunnels.add(client)
      client.once('close', () => tunnels.delete(client))
      connect(request, message.url ?? '', client, head).catch((error: unknown) => {
        deps.log.info('a connection of a meeting was not opened', { error })
        refuse(client, error instanceof SiegelError && error.code === 'not-permitted' ? 403 : 502)
      })
    })
    server.on('clientError', (_error, client) => client.destroy())
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject)
      server.listen(0, '127.0.0.1', resolve)
    })
    const id = ++lastId
    doors.set(id, { server, tunnels, request })
    return { id, port: (server.address() as AddressInfo).port, user, password }
  }

  const connect = async (
    { places, check }: MeetingDoorRequest,
    target: string,
    client: Duplex,
    head: Buffer,
  ): Promise<void> => {
    check()
    const asked = placeOf(target)
    const found = places.find(each => normalHost(each.host) === asked.host && each.port === asked.port)
    // What is not of this meeting is asked of the gate all the same: it refuses, and the list of connections shows it.
    const request: GateRequest = found ?? {
      ...{ accountId: places[0]?.accountId ?? null, purpose: 'meeting' },
      ...asked,
    }
    const abandoned = new AbortController()
    client.once('close', () => abandoned.abort())
    const { stream } = await deps
      .gate()
      .dialClear(request, { timeoutMs: dialTimeoutMs, signal: abandoned.signal })
    if (client.destroyed) return void stream.destroy()
    stream.on('error', () => client.destroy())
    stream.once('close', () => client.destroy())
    client.once('close', () => stream.destroy())
    client.write('HTTP/1.1 200 Connection established\r\n\r\n')
    if (head.length > 0) stream.write(head)
    client.pipe(stream)
    stream.pipe(client)
  }

  const close = (id: number): void => {
    const door = doors.get(id)
    if (door === undefined) return
    doors.delete(id)
    door.server.close()
    door.server.closeAllConnections()
    for (const tunnel of door.tunnels) tunnel.destroy()
  }

  return {
    open,
    close,
    permitted: () => [...doors.values()].flatMap(({ request }) => request.places),
    closeAll: () => {
      for (const id of doors.keys()) close(id)
    },
  }
}

const hash = (text: string): Buffer => createHash('sha256').update(text).digest()

const refuse = (client: Duplex, status: number): void =>
  void client.end(`HTTP/1.1 ${status} Refused\r\nContent-Length: 0\r\nConnection: close\r\n\r\n`)

/** The target of a CONNECT, `host:port` (RFC 9112 §3.2.3); a host of no letters and a port of 0 where it is none. */
function placeOf(target: string): Readonly<{ host: string; port: number }> {
  const [, host = '', port = ''] = /^(\[[0-9a-f:.]+\]|[^:]+):(\d{1,5})$/i.exec(target) ?? []
  return { host: normalHost(host.replace(/^\[|\]$/g, '')), port: Number(port) }
}
