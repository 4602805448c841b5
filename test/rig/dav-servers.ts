import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import { connect } from 'node:net'
import { join } from 'node:path'
import { createServer, type Server } from 'node:tls'
import { createTestAuthority, readCertificate } from './certificates'
import { startGuarded, waitForPort } from './guarded-process'
import { leasePorts, waitUntilFree } from './ports'
import { createServerFolder } from './server-folder'
import { serviceUser } from './service-user'

/** One CalDAV and CardDAV server with TLS on localhost. */
export interface DavServer {
  /** With a slash at its end. */
  readonly url: string
  readonly port: number
  /** PEM. */
  readonly ca: string
  readonly userName: string
  readonly password: string
  stop(): Promise<void>
}

/** One that remembers nothing but what it keeps in a folder: a copy put back is the server as it was. */
export type DavServerOnDisk = DavServer & Readonly<{ folder: string }>

/** A real Radicale, for alice@rig.test, password alice-pw. It answers 400 to bodies in chunks and closes after each answer. */
export async function startRadicale(): Promise<DavServerOnDisk> {
  return start('radicale', (folder, port, files) => {
    writeFileSync(join(folder, 'users'), 'alice@rig.test:alice-pw\n')
    writeFileSync(
      join(folder, 'config'),
      `[server]
hosts = 127.0.0.1:${port}
max_connections = 100
timeout = 30
ssl = True
certificate = ${files.certificate}
key = ${files.key}
[auth]
type = htpasswd
htpasswd_filename = ${folder}/users
htpasswd_encryption = plain
delay = 0
[rights]
type = owner_only
[storage]
filesystem_folder = ${folder}/collections
[web]
type = none
`,
    )
    return ['/usr/bin/python3', '-m', 'radicale', '--config', join(folder, 'config')]
  })
}

/** A real Xandikos, which asks nobody who they are, behind TLS of our own. */
export async function startXandikos(): Promise<DavServerOnDisk> {
  return start(
    'xandikos',
    (folder, port) => [
      ...['/usr/bin/xandikos', '--defaults', '-d', join(folder, 'collections')],
      ...['-l', '127.0.0.1', '-p', String(port)],
    ],
    true,
  )
}

async function start(
  name: string,
  prepare: (folder: string, port: number, files: { certificate: string; key: string }) => string[],
  hasNoTls = false,
): Promise<DavServerOnDisk> {
  const user = serviceUser()
  const folder = createServerFolder()
  const authority = await createTestAuthority(join(folder, 'ca'))
  const files = await authority.certificate('server')
  const lease = await leasePorts(hasNoTls ? 2 : 1)
  const [ownPort = 0, tlsPort = 0] = lease.ports
  const home = join(folder, name)
  mkdirSync(join(home, 'collections'), { recursive: true })
  const command = prepare(home, ownPort, files)
  user.ownTree(home)
  const server = startGuarded(user.command(command), join(home, 'output.log'))
  const front = hasNoTls ? await tlsBefore(ownPort, tlsPort, await readCertificate(files)) : null
  const stop = async () => {
    await front?.stop()
    await server.stop()
    await waitUntilFree(lease.ports)
    lease.release()
    await rm(folder, { recursive: true, force: true, maxRetries: 5 })
  }
  try {
    await waitForPort(ownPort, server)
  } catch (error) {
    const words = readFileSync(join(home, 'output.log'), 'utf8')
    await stop()
    throw new Error(`${String(error)}\n${words}`)
  }
  const port = hasNoTls ? tlsPort : ownPort
  return {
    ...{ port, url: `https://localhost:${port}/`, ca: readFileSync(authority.caFile, 'utf8'), stop },
    ...{ userName: 'alice@rig.test', password: 'alice-pw', folder: join(home, 'collections') },
  }
}

/** TLS for a server that has none. */
async function tlsBefore(port: number, tlsPort: number, files: { cert: string; key: string }) {
  const sockets = new Set<{ destroy(): void }>()
  const server: Server = createServer(files, client => {
    const behind = connect({ host: '127.0.0.1', port })
    for (const [from, to] of [
      [client, behind],
      [behind, client],
    ] as const) {
      sockets.add(from)
      from.on('error', () => to.destroy())
      from.on('close', () => {
        sockets.delete(from)
        to.destroy()
      })
      from.pipe(to)
    }
  })
  await new Promise<void>(resolve => server.listen(tlsPort, '127.0.0.1', resolve))
  return {
    stop: () =>
      new Promise<void>(resolve => {
        for (const socket of sockets) socket.destroy()
        server.close(() => resolve())
      }),
  }
}
