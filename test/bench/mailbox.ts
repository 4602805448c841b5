import { existsSync, linkSync, mkdirSync, readdirSync, renameSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { connect } from 'node:tls'
import { writeMaildir } from '../fixtures/mail-generator-maildir'
import type { MailServers } from '../rig/mail-servers'
import { readPem } from '../support/sync-profile'

const seed = 1

/** The generated Maildir of so many messages (see mail-generator.ts for what is in it); made once, kept in the temporary folder. */
export function generatedMaildir(count: number): string {
  const folder = join(tmpdir(), `siegel-bench-mail-${count}-${seed}`)
  if (existsSync(folder)) return folder
  const unfinished = `${folder}.${process.pid}`
  rmSync(unfinished, { recursive: true, force: true })
  writeMaildir(unfinished, count, seed)
  renameSync(unfinished, folder)
  return folder
}

/** Puts the generated mail into an inbox of the test server, as hard links, and has the server list it once. */
export async function fillInbox(servers: MailServers, address: string, source: string): Promise<void> {
  const target = join(servers.maildir(address), 'cur')
  const from = join(source, 'cur')
  mkdirSync(target, { recursive: true })
  for (const name of readdirSync(from)) linkSync(join(from, name), join(target, name))
  servers.adopt(servers.maildir(address))
  await listOnce(servers, address)
}

/** A real server has met its mail before a client does: without this the first client would pay for its listing. */
function listOnce(servers: MailServers, address: string): Promise<void> {
  const password = servers.accounts.find(account => account.address === address)?.password ?? ''
  return new Promise((resolve, reject) => {
    const socket = connect({
      host: '127.0.0.1',
      port: servers.imapsPort,
      ca: readPem(servers.caFile),
      servername: 'localhost',
    })
    let tail = ''
    socket.on('error', reject)
    socket.on('data', chunk => {
      tail = (tail + chunk.toString('latin1')).slice(-400)
      if (/^d (OK|NO|BAD)/m.test(tail)) resolve()
    })
    socket.write(
      `a LOGIN ${address} ${password}\r\nb SELECT INBOX\r\nc UID FETCH 1:* (RFC822.SIZE)\r\nd LOGOUT\r\n`,
    )
  })
}
