import { connect } from 'node:net'
import { ImapFlow } from 'imapflow'
import { afterEach, expect, test } from 'vitest'
import {
  poorCapabilities,
  richCapabilities,
  type ScriptedImapOptions,
  type ScriptedImapServer,
  startScriptedImapServer,
} from '../support/scripted-imap-server'

const message = [
  'From: "Bob, the Second" <bob@rig.test>',
  'To: alice@rig.test, Carol <carol@rig.test>',
  'Subject: =?utf-8?q?gr=C3=BCn?=',
  'Message-ID: <one@rig.test>',
  'Content-Type: multipart/mixed; boundary=cut',
  '',
  '--cut',
  'Content-Type: text/plain; charset=utf-8',
  '',
  'hello',
  '--cut',
  'Content-Type: application/pdf; name="a.pdf"',
  'Content-Disposition: attachment; filename="a.pdf"',
  'Content-Transfer-Encoding: base64',
  '',
  'AAAA',
  '--cut--',
  '',
].join('\r\n')

let server: ScriptedImapServer
let client: ImapFlow
const clients: ImapFlow[] = []

async function start(options: ScriptedImapOptions = {}): Promise<void> {
  server = await startScriptedImapServer(options)
}

function newClient(options: { readonly doSTARTTLS?: boolean; readonly secure?: boolean } = {}): ImapFlow {
  client = new ImapFlow({
    host: 'localhost',
    port: server.port,
    secure: options.secure ?? true,
    ...(options.doSTARTTLS === undefined ? {} : { doSTARTTLS: options.doSTARTTLS }),
    auth: { user: server.user, pass: server.password },
    tls: { ca: server.ca },
    logger: false,
    clientInfo: { name: '', version: '', vendor: '', 'support-url': '' },
    qresync: true,
  })
  client.on('error', () => {})
  clients.push(client)
  return client
}

afterEach(async () => {
  for (const one of clients.splice(0)) one.close()
  await server.stop()
})

test('a real client lists, fetches structure and bytes, flags, moves, appends and searches', async () => {
  await start()
  server.account.get('INBOX').add(message, { flags: ['\\Flagged'] })
  server.account.add('Entwürfe & mehr')
  await newClient().connect()
  expect(server.sent('ID')).toContain('ID NIL')
  expect((await client.list()).map(box => [box.path, box.specialUse])).toEqual(
    expect.arrayContaining([
      ['INBOX', '\\Inbox'],
      ['Sent', '\\Sent'],
      ['Entwürfe & mehr', undefined],
    ]),
  )
  await client.mailboxOpen('INBOX')
  const fetched = await client.fetchOne('*', {
    uid: true,
    flags: true,
    envelope: true,
    bodyStructure: true,
    source: true,
    size: true,
  })
  if (!fetched) throw new Error('nothing fetched')
  expect(fetched.source?.toString()).toBe(message)
  expect(fetched.size).toBe(message.length)
  expect(fetched.envelope?.subject).toBe('grün')
  expect(fetched.envelope?.from?.[0]).toMatchObject({ name: 'Bob, the Second', address: 'bob@rig.test' })
  expect(fetched.envelope?.to).toHaveLength(2)
  expect(fetched.bodyStructure?.childNodes?.map(node => node.type)).toEqual(['text/plain', 'application/pdf'])
  const part = await client.download(String(fetched.uid), '2', { uid: true })
  expect(part.meta?.filename).toBe('a.pdf')
  await client.messageFlagsAdd('1', ['\\Seen'], { uid: true })
  expect([...(server.account.get('INBOX').find(1)?.flags ?? [])]).toEqual(['\\Flagged', '\\Seen'])
  const appended = await client.append('Drafts', 'Subject: draft\r\n\r\nx', ['\\Draft'])
  expect(appended).toMatchObject({ uid: 1 })
  expect(
    await client.search({ seen: true, header: { 'message-id': 'one@rig.test' } }, { uid: true }),
  ).toEqual([1])
  const moved = await client.messageMove('1', 'Archive', { uid: true })
  expect(moved).toMatchObject({ uidMap: new Map([[1, 1]]) })
  expect(server.account.get('INBOX').messages).toHaveLength(0)
  expect(server.account.get('Archive').messages[0]?.raw.toString()).toBe(message)
  expect(server.sent('EXPUNGE')).toEqual([])
  await client.logout()
})

test('an idling client is told about new mail, flags and removal by another client', async () => {
  await start()
  const inbox = server.account.get('INBOX')
  inbox.add(message)
  inbox.add(message)
  await newClient().connect()
  await client.mailboxOpen('INBOX')
  void client.idle()
  await expect.poll(() => server.idlingSessions()).toBe(1)
  const seen: unknown[] = []
  client.on('exists', event => seen.push(['exists', event.count]))
  client.on('flags', event => seen.push(['flags', event.uid, [...event.flags]]))
  client.on('expunge', event => seen.push(['expunge', event.uid, event.vanished]))
  inbox.add(message)
  inbox.setFlags(2, ['\\Seen'])
  inbox.expunge(1)
  await expect
    .poll(() => seen)
    .toEqual([
      ['exists', 3],
      ['flags', 2, ['\\Seen']],
      ['expunge', 1, true],
    ])
})

test('QRESYNC tells what vanished and what changed since the last visit', async () => {
  await start()
  const inbox = server.account.get('INBOX')
  for (let i = 0; i < 4; i++) inbox.add(message)
  const modseq = inbox.highestModseq
  inbox.expunge(2)
  inbox.setFlags(3, ['\\Answered'])
  await newClient().connect()
  const told: unknown[] = []
  client.on('expunge', event => told.push(['gone', event.uid]))
  client.on('flags', event => told.push(['flags', event.uid]))
  await client.mailboxOpen('INBOX', { changedSince: BigInt(modseq), uidValidity: BigInt(inbox.uidValidity) })
  expect(told).toEqual([
    ['gone', 2],
    ['flags', 3],
  ])
})

test('a poor server has neither MOVE nor UIDPLUS nor CONDSTORE, and says BAD to them', async () => {
  await start({ capabilities: poorCapabilities })
  server.account.get('INBOX').add(message)
  await newClient().connect()
  await client.mailboxOpen('INBOX')
  expect(client.capabilities.has('MOVE')).toBe(false)
  const fetched = await client.fetchOne('1', { flags: true })
  expect(fetched).not.toHaveProperty('modseq')
  await client.messageMove('1', 'Archive', { uid: true })
  // A client that is not careful does this; the transcript shows it.
  expect(server.sent('EXPUNGE')).toEqual(['EXPUNGE'])
})

test('without TLS no password is taken, and STARTTLS brings the login', async () => {
  await start({ security: 'starttls' })
  await newClient({ secure: false, doSTARTTLS: true }).connect()
  const login = server.transcript.find(entry => ['LOGIN', 'AUTHENTICATE'].includes(entry.name))
  expect(login?.secure).toBe(true)
  expect(server.transcript[0]?.secure).toBe(false)
})

test('a password sent without TLS is refused, and the greeting says so', async () => {
  await start({ security: 'starttls' })
  const heard = await new Promise<string>(resolve => {
    let text = ''
    const socket = connect({ host: '127.0.0.1', port: server.port })
    socket.on('data', data => {
      text += String(data)
      if (!text.includes('a1 ')) socket.write(`a1 LOGIN ${server.user} ${server.password}\r\n`)
      else {
        socket.destroy()
        resolve(text)
      }
    })
  })
  expect(heard).toContain('STARTTLS LOGINDISABLED]')
  expect(heard).toContain('a1 NO [PRIVACYREQUIRED]')
  expect(server.transcript).toMatchObject([{ name: 'LOGIN', secure: false }])
})

test('text injected behind STARTTLS reaches the client, which leaves', async () => {
  await start({ security: 'starttls', injectAfterStartTls: '* CAPABILITY IMAP4rev1 X-EVIL\r\n' })
  await expect(newClient({ secure: false, doSTARTTLS: true }).connect()).rejects.toMatchObject({
    code: 'STARTTLS_INJECTION',
  })
  expect(server.sent()).toEqual(['STARTTLS'])
})

test('a client that insists on STARTTLS leaves when it was stripped', async () => {
  await start({ security: 'plain', allowLoginWithoutTls: true })
  await expect(newClient({ secure: false, doSTARTTLS: true }).connect()).rejects.toThrow()
  expect(server.sent('LOGIN')).toEqual([])
  expect(server.sent('AUTHENTICATE')).toEqual([])
})

test('answers can be replaced, once or always, and the greeting too', async () => {
  await start({ capabilities: richCapabilities.filter(name => name !== 'LIST-STATUS') })
  server.overrideOnce('LIST', () => 'OK nothing here')
  server.override('STATUS', () => 'NO not today')
  await newClient().connect()
  expect(await client.list()).toEqual([])
  expect((await client.list()).length).toBe(6)
  expect(await client.status('INBOX', { messages: true })).toBe(false)
  server.override('*', ({ session }) => session.send('* BYE going down\r\n'))
  await expect(client.mailboxOpen('Sent')).rejects.toThrow()
})

test('the connection is cut at a byte or at a command', async () => {
  await start()
  server.account.get('INBOX').add(message)
  server.cutAtCommand(2)
  await expect(newClient().connect()).rejects.toThrow()
  expect(server.transcript).toHaveLength(2)
  server.cutAfterOutputBytes(300)
  await expect(newClient().connect()).rejects.toThrow()
  server.cutAfterOutputBytes(undefined)
  await newClient().connect()
  expect(server.connectionCount()).toBe(3)
})

test('a certificate that ran out is shown to the client', async () => {
  await start({ certificate: 'expired' })
  await expect(newClient().connect()).rejects.toMatchObject({ code: 'CERT_HAS_EXPIRED' })
  expect(server.transcript).toEqual([])
})
