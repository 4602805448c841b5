import { once } from 'node:events'
import { type AddressInfo, createServer as createPlainServer, type Server, type Socket } from 'node:net'
import { createServer as createTlsServer } from 'node:tls'
import type { WireCertificate } from './wire-certificates'
import { WireConnection } from './wire-connection'

/** TLS from the first byte, TLS after a STARTTLS command, or none at all. */
export type WireSecurity = 'tls' | 'starttls' | 'plain'

/** A listening socket on 127.0.0.1 that hands out connections. */
export interface WireListener {
  readonly port: number
  readonly connections: readonly WireConnection[]
  /** Ends every connection; new ones are still taken. */
  disconnectAll(): void
  stop(): Promise<void>
}

/** Listens on a free loopback port; each connection is served by `serve`, whose bugs end up in `failures`. */
export async function listen(
  security: WireSecurity,
  certificate: WireCertificate,
  serve: (connection: WireConnection) => Promise<void>,
  failures: unknown[],
): Promise<WireListener> {
  const connections: WireConnection[] = []
  const sockets = new Set<Socket>()
  const accept = (socket: Socket) => {
    const tcp = [...sockets].find(one => one.remotePort === socket.remotePort) ?? socket
    const connection = new WireConnection(connections.length + 1, socket, tcp)
    connections.push(connection)
    serve(connection)
      .catch(error => failures.push(error))
      .finally(() => {
        if (!connection.ended) connection.end()
      })
  }
  const server: Server =
    security === 'tls'
      ? createTlsServer({ cert: certificate.cert, key: certificate.key }, accept)
      : createPlainServer(accept)
  server.on('connection', (socket: Socket) => {
    sockets.add(socket)
    // Small answers in a row must not wait for the client's acknowledgement.
    socket.setNoDelay()
    socket.on('error', () => {})
    socket.once('close', () => sockets.delete(socket))
  })
  server.on('tlsClientError', () => {})
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const disconnectAll = () => {
    for (const connection of connections) connection.destroy()
    for (const socket of sockets) socket.destroy()
  }
  return {
    port: (server.address() as AddressInfo).port,
    connections,
    disconnectAll,
    async stop() {
      const closed = new Promise<void>(resolve => server.close(() => resolve()))
      disconnectAll()
      await closed
    },
  }
}
