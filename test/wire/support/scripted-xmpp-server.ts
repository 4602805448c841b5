import { type AddressInfo, createServer, type Socket } from 'node:net'
import { createSecureContext, TLSSocket } from 'node:tls'
import { newMemory, type ServerMemory, type ServerScript, XmppServerSide } from './xmpp-server-side'

/** One connection that is open. */
type XmppPeer = Readonly<{
  /** Writes a stanza that the server counts and keeps until it is acknowledged. */
  push(stanza: string): void
  /** Writes this and counts nothing. */
  write(text: string | Uint8Array): void
  cut(): void
}>

/** An XMPP server for rig.test on localhost that does what its script says. */
export type ScriptedXmppServer = Readonly<{
  port: number
  memory: ServerMemory
  /** Open connections, the newest last. */
  peers: XmppPeer[]
  /** How many there ever were. */
  connections(): number
  script(next: ServerScript): void
  stop(): Promise<void>
}>

/** Starts one; `isClear`: it waits for STARTTLS. */
export async function startScriptedXmppServer(
  files: Readonly<{ cert: string; key: string }>,
  options: ServerScript & Readonly<{ tls?: 'TLSv1.2' | 'TLSv1.3' }> = {},
): Promise<ScriptedXmppServer> {
  const { tls = 'TLSv1.3', ...first } = options
  let script: ServerScript = first
  const memory = newMemory()
  const peers: XmppPeer[] = []
  const sockets = new Set<Socket>()
  let count = 0
  const secureContext = createSecureContext({ ...files, minVersion: tls, maxVersion: tls })
  const server = createServer(socket => {
    count += 1
    sockets.add(socket)
    socket.on('error', () => undefined)
    let open: Socket | TLSSocket = socket
    const side = new XmppServerSide(
      {
        binding: type => {
          if (!(open instanceof TLSSocket)) return null
          if (type === 'tls-exporter')
            return open.exportKeyingMaterial(32, 'EXPORTER-Channel-Binding', Buffer.alloc(0))
          return type === 'tls-unique' ? (open.getPeerFinished() ?? null) : null
        },
        ...script,
      },
      memory,
    )
    const listen = () => {
      open.on('error', () => undefined)
      open.on('data', (bytes: Buffer) => {
        const { text, startTls } = side.take(bytes)
        if (text !== '') open.write(text)
        if (startTls) secure()
      })
    }
    const secure = () => {
      socket.removeAllListeners('data')
      open = new TLSSocket(socket, { isServer: true, secureContext })
      side.secured()
      listen()
    }
    const peer: XmppPeer = {
      push: stanza => void open.write(side.push(stanza)),
      write: text => void open.write(text),
      cut: () => void socket.destroy(),
    }
    peers.push(peer)
    socket.on('close', () => {
      sockets.delete(socket)
      peers.splice(peers.indexOf(peer), 1)
    })
    if (script.isClear) listen()
    else secure()
  })
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  return {
    ...{ port, memory, peers },
    connections: () => count,
    script: next => {
      script = next
    },
    stop: () =>
      new Promise(resolve => {
        for (const socket of sockets) socket.destroy()
        server.close(() => resolve())
      }),
  }
}
