import { spawn } from 'node:child_process'
import { mkdirSync, readFileSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { createServer, type TLSSocket } from 'node:tls'
import { createTestAuthority } from './certificates'
import type { ImapServer } from './cyrus-server'
import { createServerFolder } from './server-folder'
import { serviceUser } from './service-user'
import { unpackedServers } from './unpacked-servers'

const capability =
  'IMAP4rev1 UIDPLUS CHILDREN NAMESPACE THREAD=ORDEREDSUBJECT THREAD=REFERENCES SORT QUOTA IDLE'

/**
 * A real Courier. Its own login needs daemons with fixed places in /var; so TLS and the login are done here, and imapd
 * is handed the connection as Courier's login hands it over: signed in, with the account in its environment.
 */
export async function startCourier(): Promise<ImapServer> {
  const user = serviceUser()
  const folder = createServerFolder()
  const programs = unpackedServers(folder, user)
  const authority = await createTestAuthority(join(folder, 'ca'))
  const files = await authority.certificate('server')
  const home = join(folder, 'home')
  for (const part of ['cur', 'new', 'tmp']) mkdirSync(join(home, 'Maildir', part), { recursive: true })
  user.ownTree(home)
  const environment = {
    AUTHENTICATED: 'alice',
    AUTHADDR: 'alice',
    MAILDIR: 'Maildir',
    IMAP_CAPABILITY: capability,
    // Its locks ask for a FAM daemon at every turn, and wait a second for none.
    IMAP_USELOCKS: '0',
    IMAP_IDLE_TIMEOUT: '60',
    IMAP_ENHANCEDIDLE: '0',
    IMAP_MAILBOX_SANITY_CHECK: '0',
    IMAP_EMPTYTRASH: '',
    IMAP_MOVE_EXPUNGE_TO_TRASH: '0',
    IMAP_OBSOLETE_CLIENT: '0',
  }
  const sockets = new Set<TLSSocket>()
  const server = createServer(
    { cert: readFileSync(files.certificate), key: readFileSync(files.key) },
    socket => {
      sockets.add(socket)
      socket.on('close', () => sockets.delete(socket))
      socket.on('error', () => undefined)
      socket.write(`* OK [CAPABILITY ${capability} AUTH=PLAIN] Courier-IMAP ready.\r\n`)
      signIn(socket, tag => {
        const [program = '', ...args] = programs.command(environment, [
          programs.at('usr/bin/imapd'),
          'Maildir',
        ])
        const imapd = spawn(program, args, { cwd: home, stdio: ['pipe', 'pipe', 'ignore'] })
        imapd.stdin.on('error', () => undefined)
        imapd.on('exit', () => socket.end())
        socket.on('close', () => imapd.stdin.end())
        // Its greeting is PREAUTH; the client that has just signed in gets the end of its command instead.
        let greeting: string | null = ''
        imapd.stdout.on('data', (chunk: Buffer) => {
          if (greeting === null) {
            socket.write(chunk)
            return
          }
          greeting += chunk.toString('latin1')
          const end = /\* PREAUTH[^\n]*\n/.exec(greeting)
          if (!end) return
          const rest = Buffer.from(greeting.slice(end.index + end[0].length), 'latin1')
          greeting = null
          socket.write(`${tag} OK LOGIN Ok.\r\n`)
          if (rest.length > 0) socket.write(rest)
        })
        return imapd.stdin
      })
    },
  )
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  return {
    port: (server.address() as AddressInfo).port,
    ca: readFileSync(authority.caFile, 'utf8'),
    async stop() {
      for (const socket of sockets) socket.destroy()
      await new Promise(resolve => server.close(resolve))
      await rm(folder, { recursive: true, force: true, maxRetries: 5 })
    },
  }
}

/** Answers commands until one signs in, then writes what follows to where `handOver` says. */
function signIn(socket: TLSSocket, handOver: (tag: string) => NodeJS.WritableStream): void {
  let buffer = ''
  let waiting: string | null = null
  let next: NodeJS.WritableStream | null = null
  const pass = (tag: string) => {
    next = handOver(tag)
    if (buffer !== '') next.write(Buffer.from(buffer, 'latin1'))
  }
  socket.on('data', chunk => {
    if (next) {
      next.write(chunk)
      return
    }
    buffer += chunk.toString('latin1')
    for (let end = buffer.indexOf('\r\n'); end >= 0 && !next; end = buffer.indexOf('\r\n')) {
      const line = buffer.slice(0, end)
      buffer = buffer.slice(end + 2)
      const [tag = '', name = '', ...rest] = line.split(' ')
      const command = name.toUpperCase()
      if (waiting !== null) pass(waiting)
      else if (command === 'LOGIN' || (command === 'AUTHENTICATE' && rest.length > 1)) pass(tag)
      else if (command === 'AUTHENTICATE') {
        waiting = tag
        socket.write('+ \r\n')
      } else if (command === 'CAPABILITY')
        socket.write(`* CAPABILITY ${capability} AUTH=PLAIN\r\n${tag} OK CAPABILITY completed\r\n`)
      else socket.write(`${tag} BAD log in first\r\n`)
    }
  })
}
