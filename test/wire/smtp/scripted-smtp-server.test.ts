import { createTransport } from 'nodemailer'
import { afterEach, expect, test } from 'vitest'
import {
  type ScriptedSmtpOptions,
  type ScriptedSmtpServer,
  type SmtpCut,
  startScriptedSmtpServer,
} from '../support/scripted-smtp-server'

const raw = Buffer.from(
  `${'Subject: x\r\n\r\n.leading dot\r\n..two\r\nZ\xfcrich\r\n'.padEnd(600, 'y')}\r\n`,
  'latin1',
)

let server: ScriptedSmtpServer

const start = async (options: ScriptedSmtpOptions = {}) => {
  server = await startScriptedSmtpServer(options)
}

const send = (options: { secure?: boolean; requireTLS?: boolean; pass?: string } = {}) =>
  createTransport({
    host: 'localhost',
    port: server.port,
    secure: options.secure ?? true,
    requireTLS: options.requireTLS ?? false,
    name: '[127.0.0.1]',
    auth: { user: server.user, pass: options.pass ?? server.password },
    tls: { ca: server.ca },
  }).sendMail({ envelope: { from: server.user, to: ['bob@rig.test', 'carol@rig.test'] }, raw })

afterEach(() => server.stop())

test('a message arrives byte for byte with its envelope', async () => {
  await start()
  await send()
  expect(server.received).toMatchObject([
    { from: server.user, to: ['bob@rig.test', 'carol@rig.test'], secure: true },
  ])
  expect(server.received[0]?.raw.equals(raw)).toBe(true)
  expect(server.sent('EHLO')).toEqual(['EHLO [127.0.0.1]'])
})

test('a wrong password is refused and nothing is sent', async () => {
  await start()
  await expect(send({ pass: 'wrong' })).rejects.toMatchObject({ responseCode: 535 })
  expect(server.sent('MAIL')).toEqual([])
})

test('STARTTLS protects the login', async () => {
  await start({ security: 'starttls' })
  await send({ secure: false, requireTLS: true })
  expect(server.transcript.filter(entry => entry.line.startsWith('AUTH')).every(entry => entry.secure)).toBe(
    true,
  )
  expect(server.received).toHaveLength(1)
  expect(server.clearBytesAfterStartTls()).toHaveLength(0)
})

test('a client that requires TLS sends no password when STARTTLS was stripped', async () => {
  await start({ security: 'plain', allowAuthWithoutTls: true })
  await expect(send({ secure: false, requireTLS: true })).rejects.toThrow()
  expect(server.sent('AUTH')).toEqual([])
})

test('text injected behind STARTTLS reaches the client in the clear', async () => {
  await start({ security: 'starttls', injectAfterStartTls: '250 AUTH PLAIN\r\n' })
  const { connect } = await import('node:net')
  const clear = await new Promise<string>(resolve => {
    let text = ''
    const socket = connect({ host: '127.0.0.1', port: server.port })
    socket.on('data', data => {
      text += String(data)
      if (text.endsWith('ESMTP\r\n')) socket.write('STARTTLS\r\n')
      if (text.includes('220 2.0.0')) {
        socket.destroy()
        resolve(text)
      }
    })
  })
  expect(clear).toContain('220 2.0.0 go ahead\r\n250 AUTH PLAIN\r\n')
})

test.each([
  ['GREETING', '554 5.3.2 closed', 554],
  ['MAIL', '451 4.3.0 later', 451],
  ['RCPT', '550 5.1.1 nobody', 550],
  ['DATA', '554 5.6.0 no', 554],
  ['MESSAGE', '554 5.7.1 spam', 554],
] as const)('an answer replaced at %s reaches the client, once', async (stage, reply, responseCode) => {
  await start()
  for (let i = 0; i < (stage === 'RCPT' ? 2 : 1); i++) server.overrideOnce(stage, reply)
  await expect(send()).rejects.toMatchObject({ responseCode })
  expect(server.received).toEqual([])
  await send()
  expect(server.received).toHaveLength(1)
})

test.each([
  ['before-data', 0, false],
  ['in-data', 0, false],
  ['after-dot-refused', 0, false],
  ['after-dot-accepted', 1, false],
  ['after-250', 1, true],
] as const satisfies readonly [SmtpCut, number, boolean][])(
  'a connection cut %s leaves %i accepted messages',
  async (point, accepted, clientKnows) => {
    await start()
    server.cutNext(point)
    const outcome = await send().then(
      () => true,
      () => false,
    )
    expect(outcome).toBe(clientKnows)
    expect(server.received).toHaveLength(accepted)
    await send()
    expect(server.received).toHaveLength(accepted + 1)
  },
)
