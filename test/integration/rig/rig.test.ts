import { spawn } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { connect as connectTls } from 'node:tls'
import { ImapFlow } from 'imapflow'
import { createTransport } from 'nodemailer'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { startFaultProxy } from '../../rig/fault-proxy'
import { isListening } from '../../rig/guarded-process'
import { type MailServers, startMailServers } from '../../rig/mail-servers'
import { until } from '../../support/until'

const raw = (subject: string, body = 'hello', from = 'alice', to = 'bob') =>
  `From: ${from}@rig.test\r\nTo: ${to}@rig.test\r\nSubject: ${subject}\r\nMessage-ID: <${subject}@rig.test>\r\n\r\n${body}\r\n`

let servers: MailServers
const open: ImapFlow[] = []

const trusted = () => ({ ca: readFileSync(servers.caFile, 'utf8') })

async function login(name: string, port = servers.imapsPort): Promise<ImapFlow> {
  const client = new ImapFlow({
    host: 'localhost',
    port,
    secure: port !== servers.imapPort,
    auth: { user: `${name}@rig.test`, pass: `${name}-pw` },
    tls: trusted(),
    logger: false,
  })
  client.on('error', () => {})
  await client.connect()
  open.push(client)
  return client
}

async function subjects(client: ImapFlow, mailbox = 'INBOX'): Promise<string[]> {
  await client.mailboxOpen(mailbox, { readOnly: true })
  const found: string[] = []
  for await (const message of client.fetch('1:*', { envelope: true }))
    found.push(message.envelope?.subject ?? '')
  return found
}

async function arrives(name: string, subject: string): Promise<boolean> {
  const client = await login(name)
  await until(async () => {
    const status = await client.status('INBOX', { messages: true })
    return Boolean(status && status.messages) && (await subjects(client)).includes(subject)
  }, subject)
  return true
}

const transport = () =>
  createTransport({
    host: 'localhost',
    port: servers.smtpsPort,
    secure: true,
    auth: { user: 'alice@rig.test', pass: 'alice-pw' },
    tls: trusted(),
  })

const send = (to: string, subject: string) =>
  transport().sendMail({ envelope: { from: 'alice@rig.test', to: [to] }, raw: raw(subject) })

/** A TLS handshake with the test authority trusted; resolves to why the certificate is refused, or to nothing. */
function refusal(port: number, caFile: string): Promise<string | undefined> {
  return new Promise(resolve => {
    const socket = connectTls({ host: 'localhost', servername: 'localhost', port, ca: readFileSync(caFile) })
    socket.once('secureConnect', () => {
      socket.destroy()
      resolve(undefined)
    })
    socket.once('error', error => resolve((error as NodeJS.ErrnoException).code))
  })
}

afterEach(() => {
  for (const client of open.splice(0)) client.close()
})

describe('mail servers', () => {
  beforeAll(async () => {
    servers = await startMailServers()
  })
  afterAll(() => servers.stop())

  test('a delivered message is fetched back byte for byte, with its flags, date and mailbox', async () => {
    const bytes = Buffer.from(`${raw('bytes')}Z\xfcrich .\r\n..\r\n\r\n`, 'latin1')
    const receivedAt = new Date('2020-02-03T04:05:06Z')
    await servers.deliver('bob@rig.test', bytes, {
      mailbox: 'Archive/2020',
      flags: ['\\Seen', '\\Flagged'],
      receivedAt,
    })
    const client = await login('bob')
    await client.mailboxOpen('Archive/2020')
    const message = await client.fetchOne('1', { source: true, flags: true, internalDate: true })
    if (!message) throw new Error('nothing fetched')
    expect(message.source?.equals(bytes)).toBe(true)
    expect(message.flags).toContain('\\Flagged')
    expect(message.flags).toContain('\\Seen')
    expect(new Date(message.internalDate ?? 0)).toEqual(receivedAt)
  })

  test('LMTP delivery reaches the inbox', async () => {
    await servers.deliver('carol@rig.test', raw('by-lmtp', '.a line with a dot'), { through: 'lmtp' })
    expect(await subjects(await login('carol'))).toEqual(['by-lmtp'])
  })

  test('the plain ports offer STARTTLS', async () => {
    const client = await login('bob', servers.imapPort)
    expect(client.secureConnection).toBe(true)
    const message = { envelope: { from: 'alice@rig.test', to: ['bob@rig.test'] }, raw: raw('over-starttls') }
    await createTransport({
      host: 'localhost',
      port: servers.smtpPort,
      requireTLS: true,
      auth: { user: 'alice@rig.test', pass: 'alice-pw' },
      tls: trusted(),
    }).sendMail(message)
    expect(await arrives('bob', 'over-starttls')).toBe(true)
  })

  test('mail sent by SMTP arrives, and the special recipients do what their names say', async () => {
    await send('bob@rig.test', 'over-smtp')
    expect(await arrives('bob', 'over-smtp')).toBe(true)
    await expect(send('reject@rig.test', 'x')).rejects.toMatchObject({ responseCode: 550 })
    await expect(send('defer@rig.test', 'x')).rejects.toMatchObject({ responseCode: 451 })
    await send('bounce@rig.test', 'x')
    expect(await arrives('alice', 'Mail delivery failed: returning message to sender')).toBe(true)
    const before = Date.now()
    await send('slow@rig.test', 'x')
    expect(Date.now() - before).toBeGreaterThan(2900)
  }, 120_000)

  test('stopping IMAP closes its ports and keeps the mail; SMTP delivers what came meanwhile', async () => {
    await servers.deliver('bob@rig.test', raw('kept'))
    await servers.stopImap()
    expect(await isListening(servers.imapsPort)).toBe(false)
    await send('bob@rig.test', 'queued-meanwhile')
    await servers.startImap()
    expect(await subjects(await login('bob'))).toContain('kept')
    expect(await arrives('bob', 'queued-meanwhile')).toBe(true)
  }, 120_000)

  test('stopping SMTP refuses connections until it is started again', async () => {
    await servers.stopSmtp()
    await expect(send('bob@rig.test', 'x')).rejects.toThrow('ECONNREFUSED')
    await servers.startSmtp()
    await send('bob@rig.test', 'after-restart')
  })

  test('the certificate can go bad between two starts', async () => {
    expect(await refusal(servers.imapsPort, servers.caFile)).toBeUndefined()
    await servers.stopImap()
    await servers.startImap({ certificate: 'expired' })
    expect(await refusal(servers.imapsPort, servers.caFile)).toBe('CERT_HAS_EXPIRED')
    await servers.stopImap()
    await servers.startImap()
  })

  test('a fault proxy cuts, resets, corrupts, slows, refuses once and then heals', async () => {
    const proxy = await startFaultProxy(servers.imapsPort)
    try {
      expect(await refusal(proxy.port, servers.caFile)).toBeUndefined()
      proxy.set({ resetAfterBytes: 300 })
      expect(await refusal(proxy.port, servers.caFile)).toBe('ECONNRESET')
      proxy.set({ cutAfterBytes: 300 })
      expect(await refusal(proxy.port, servers.caFile)).toBe('ECONNRESET')
      proxy.set({ corruptAtByte: 200 })
      expect(await refusal(proxy.port, servers.caFile)).toMatch(/SSL|DECRYPT|ASN1|CERT/)
      proxy.set({ latencyMs: 150 })
      const before = Date.now()
      expect(await refusal(proxy.port, servers.caFile)).toBeUndefined()
      expect(Date.now() - before).toBeGreaterThan(140)
      proxy.set({ refuse: true, once: true })
      expect(await refusal(proxy.port, servers.caFile)).toBe('ECONNRESET')
      const client = await login('bob', proxy.port)
      const closed = new Promise(resolve => client.once('close', resolve))
      proxy.reset()
      await closed
      expect(proxy.stats().faults).toBe(5)
    } finally {
      await proxy.stop()
    }
  })
})

test('a fault proxy stalls without closing, and slows down to a rate', async () => {
  const { connect, createServer } = await import('node:net')
  const payload = Buffer.alloc(20_000, 'x')
  const source = createServer(socket => void socket.end(payload)).listen(0, '127.0.0.1')
  await new Promise(resolve => source.once('listening', resolve))
  const proxy = await startFaultProxy((source.address() as { port: number }).port)
  /** Reads to the end, or until `isEnough` of what came. */
  const read = (isEnough: (bytes: number) => boolean = () => false) =>
    new Promise<{ bytes: number; ended: boolean; elapsedMs: number }>(resolve => {
      const startedAt = Date.now()
      let bytes = 0
      const socket = connect({ host: '127.0.0.1', port: proxy.port })
      const finish = (ended: boolean) => {
        socket.destroy()
        resolve({ bytes, ended, elapsedMs: Date.now() - startedAt })
      }
      socket.on('data', data => {
        bytes += data.length
        if (isEnough(bytes)) finish(false)
      })
      socket.on('end', () => finish(true))
    })
  try {
    proxy.set({ stallAfterBytes: 5000 })
    // The rest stays where it is, whoever else gets his own in the meantime.
    const stalled = connect({ host: '127.0.0.1', port: proxy.port })
    const got: Buffer[] = []
    let isEnded = false
    stalled
      .on('data', data => got.push(data))
      .on('end', () => {
        isEnded = true
      })
    await until(() => Buffer.concat(got).length >= 5000, 'what is let through')
    expect(await read(bytes => bytes >= 5000)).toMatchObject({ bytes: 5000, ended: false })
    expect([Buffer.concat(got).length, isEnded]).toEqual([5000, false])
    stalled.destroy()
    proxy.set({ bytesPerSecond: 40_000 })
    const slow = await read()
    expect(slow).toMatchObject({ bytes: 20_000, ended: true })
    expect(slow.elapsedMs).toBeGreaterThan(450)
    proxy.heal()
    expect(await read()).toMatchObject({ bytes: 20_000, ended: true })
  } finally {
    await proxy.stop()
    source.close()
  }
})

test.each([
  ['expired', 'CERT_HAS_EXPIRED'],
  ['wronghost', 'ERR_TLS_CERT_ALTNAME_INVALID'],
  ['selfsigned', 'DEPTH_ZERO_SELF_SIGNED_CERT'],
] as const)('a server with a certificate that is %s is refused', async (certificate, code) => {
  const bad = await startMailServers({ certificate })
  try {
    expect(await refusal(bad.imapsPort, bad.caFile)).toBe(code)
    expect(await refusal(bad.smtpsPort, bad.caFile)).toBe(code)
  } finally {
    await bad.stop()
  }
})

test('a poor server announces what it is told, has a quota, and leaves nothing behind', async () => {
  servers = await startMailServers({ capability: 'IMAP4rev1 IDLE', quota: '20k', users: ['dora'] })
  const client = await login('dora')
  expect([...client.capabilities.keys()].sort()).toEqual(['IDLE', 'IMAP4rev1'])
  await expect(client.append('INBOX', raw('too-large', 'x'.repeat(30_000)))).rejects.toMatchObject({
    responseText: expect.stringContaining('Quota'),
  })
  client.close()
  await servers.stop()
  expect(existsSync(servers.dir)).toBe(false)
  expect(await isListening(servers.imapsPort)).toBe(false)
  expect(await isListening(servers.smtpPort)).toBe(false)
})

test('two pairs of servers run side by side and know nothing of each other', async () => {
  const [one, other] = await Promise.all([startMailServers(), startMailServers()])
  try {
    await one.deliver('bob@rig.test', raw('only-here'))
    servers = one
    expect(await subjects(await login('bob'))).toEqual(['only-here'])
    servers = other
    const client = await login('bob')
    expect(await client.status('INBOX', { messages: true })).toMatchObject({ messages: 0 })
    expect(await refusal(other.imapsPort, one.caFile)).toBe('UNABLE_TO_VERIFY_LEAF_SIGNATURE')
  } finally {
    await Promise.all([one.stop(), other.stop()])
  }
})

test('servers end with the process that started them, even when that one is killed', async () => {
  // The same pipe the guardian watches, held by a process that is then killed.
  const guardian = new URL('../../rig/guardian.sh', import.meta.url).pathname
  const holder = spawn(process.execPath, [
    '-e',
    `const c = require('node:child_process').spawn('/bin/sh', [${JSON.stringify(guardian)}, 'sleep', '60'], { detached: true, stdio: ['pipe', 'ignore', 'ignore'] }); console.log(c.pid); setInterval(() => {}, 1000)`,
  ])
  const guardianPid = await new Promise<number>(resolve =>
    holder.stdout.once('data', data => resolve(Number(data))),
  )
  const groupLives = () => {
    try {
      process.kill(-guardianPid, 0)
      return !allZombies(guardianPid)
    } catch {
      return false
    }
  }
  await expect.poll(groupLives, { timeout: 30_000 }).toBe(true)
  holder.kill('SIGKILL')
  await until(() => !groupLives(), 'the servers end')
})

/** In a container nothing may reap an orphan for a while; a zombie runs nothing. */
function allZombies(pid: number): boolean {
  try {
    return /^State:\s+Z/m.test(readFileSync(`/proc/${pid}/status`, 'utf8'))
  } catch {
    return true
  }
}
