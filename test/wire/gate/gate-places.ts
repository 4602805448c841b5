import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { type AddressInfo, createServer, type Server, type Socket } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createServer as createTlsServer, type TLSSocket, type TlsOptions } from 'node:tls'
import { createGate } from '../../../electron/engine/net/gate'
import type { WayOf } from '../../../electron/engine/net/routes'
import type { Log } from '../../../electron/engine/ports/basics'
import type { GateRequest, NetworkGate } from '../../../electron/engine/ports/net/gate'
import { systemClock } from '../../../electron/engine/system'
import {
  type CertificateKind,
  createTestAuthority,
  readCertificate,
  type TestAuthority,
} from '../../rig/certificates'

export { systemClock as realClock }

/** Everything that was logged, for reading back. */
export function recordingLog(): Log & { lines: string[] } {
  const lines: string[] = []
  const write = (message: string, facts?: unknown) => {
    lines.push(`${message} ${JSON.stringify(facts ?? {})}`)
  }
  return { lines, info: write, warn: write, error: write }
}

/** A gate that permits what `permits` says, with pins that tests can add. */
export function testGate(permits: (request: GateRequest) => boolean = () => true, wayOf?: WayOf) {
  const pinned = new Set<string>()
  const asked: GateRequest[] = []
  const log = recordingLog()
  const gate: NetworkGate = createGate({
    policy: {
      permits(request) {
        asked.push(request)
        return permits(request)
      },
    },
    pins: {
      isPinned: (host, port, fingerprint) => pinned.has(`${host}:${port}:${fingerprint}`),
      hasPin: (host, port) => [...pinned].some(pin => pin.startsWith(`${host}:${port}:`)),
    },
    clock: systemClock,
    log,
    ...(wayOf ? { wayOf } : {}),
  })
  return {
    gate,
    asked,
    log,
    pin: (host: string, port: number, fingerprint: string) => pinned.add(`${host}:${port}:${fingerprint}`),
  }
}

/** A server that lives for one test. */
export type Place = { port: number; stop(): Promise<void> }

function listen(server: Server): Promise<Place> {
  const sockets = new Set<Socket>()
  server.on('connection', (socket: Socket) => {
    sockets.add(socket)
    socket.on('error', () => {})
    socket.on('close', () => sockets.delete(socket))
  })
  return new Promise(resolve => {
    server.listen(0, '127.0.0.1', () =>
      resolve({
        port: (server.address() as AddressInfo).port,
        stop: () =>
          new Promise(done => {
            for (const socket of sockets) socket.destroy()
            server.close(() => done())
          }),
      }),
    )
  })
}

/** A clear TCP server. */
export const clearPlace = (onConnection: (socket: Socket) => void): Promise<Place> =>
  listen(createServer(onConnection))

/** A TLS server; what goes wrong in a handshake is the client's to tell. */
export function tlsPlace(
  options: TlsOptions,
  onConnection: (socket: TLSSocket) => void = () => {},
): Promise<Place> {
  const server = createTlsServer(options, socket => {
    socket.on('error', () => {})
    onConnection(socket)
  })
  server.on('tlsClientError', () => {})
  return listen(server)
}

/** A throw-away authority with its folder. */
export async function testAuthority() {
  const folder = mkdtempSync(join(tmpdir(), 'gate-ca-'))
  const authority: TestAuthority = await createTestAuthority(folder)
  return {
    caPem: readFileSync(authority.caFile, 'utf8'),
    options: async (kind: CertificateKind) => readCertificate(await authority.certificate(kind)),
    remove: () => rmSync(folder, { recursive: true, force: true }),
  }
}

/** The code a promise was rejected with, and its params. */
export async function refusal(
  promise: Promise<unknown>,
): Promise<{ code: string; params: Record<string, unknown> }> {
  try {
    await promise
  } catch (error) {
    return error as { code: string; params: Record<string, unknown> }
  }
  throw new Error('was not refused')
}
