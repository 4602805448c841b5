import type { CertificateKind } from '../../rig/certificates'
import { wireCertificate } from './wire-certificates'
import type { WireConnection } from './wire-connection'
import { listen, type WireSecurity } from './wire-listener'

/** Where an answer can be replaced. `MESSAGE` is the answer after the final dot; `GREETING` the first line. */
export type SmtpStage =
  | 'GREETING'
  | 'EHLO'
  | 'HELO'
  | 'STARTTLS'
  | 'AUTH'
  | 'MAIL'
  | 'RCPT'
  | 'DATA'
  | 'MESSAGE'
  | 'RSET'
  | 'NOOP'
  | 'QUIT'

/** What an override is given. */
interface SmtpOverrideContext {
  /** The whole command line; empty for GREETING and MESSAGE. */
  readonly line: string
  readonly connection: WireConnection
  /** The message whose end was just received, for MESSAGE. */
  readonly message: ReceivedMessage | undefined
}

/**
 * Replaces an answer. A returned text is sent with a line end (`550 5.1.1 no`; a reply of several lines carries its own
 * CRLFs between). Anything else: the override has written or closed itself. May be a promise.
 * The session goes on as the code says: only 2xx and 3xx have an effect (a 250 to MESSAGE accepts the message).
 */
type SmtpOverride = string | ((context: SmtpOverrideContext) => unknown)

/** Points at which the connection can be lost around a message. */
export type SmtpCut =
  /** DATA was asked for; no 354. */
  | 'before-data'
  /** After some of the message; the server has not got it. */
  | 'in-data'
  /** The final dot has come, the message is NOT accepted, no reply. */
  | 'after-dot-refused'
  /** The final dot has come, the message IS accepted, no reply. */
  | 'after-dot-accepted'
  /** The message is accepted and 250 was sent, then the connection is reset. */
  | 'after-250'

/** Choices for a scripted SMTP server. */
export interface ScriptedSmtpOptions {
  /** Default `tls`. `plain` is also a server whose STARTTLS was stripped on the way. */
  readonly security?: WireSecurity
  readonly certificate?: CertificateKind
  /** EHLO keywords besides STARTTLS and AUTH. */
  readonly extensions?: readonly string[]
  /** Raw text sent in the same packet as the 220 to STARTTLS, as an attacker on the way would. */
  readonly injectAfterStartTls?: string
  /** AUTH is offered and taken without TLS. Default: it is not. */
  readonly allowAuthWithoutTls?: boolean
  readonly user?: string
  readonly password?: string
}

/** A message the server has accepted responsibility for. */
export interface ReceivedMessage {
  readonly from: string
  readonly to: readonly string[]
  /** The bytes between DATA and the final dot, leading dots taken off, the last CRLF kept. */
  readonly raw: Buffer
  /** MAIL FROM parameters as sent: `SIZE=123 BODY=8BITMIME`. */
  readonly parameters: string
  readonly secure: boolean
  readonly authenticated: boolean
}

/** One line a client sent. Message bytes are not in it. */
interface SmtpTranscriptEntry {
  readonly connection: number
  readonly secure: boolean
  readonly line: string
}

/** An SMTP submission server in this process that answers honestly unless a test says otherwise. */
export interface ScriptedSmtpServer {
  readonly port: number
  /** PEM of the authority to trust; the certificate names localhost and 127.0.0.1. */
  readonly ca: string
  readonly user: string
  readonly password: string
  readonly transcript: readonly SmtpTranscriptEntry[]
  /** Lines of the transcript that begin with that verb; all without one. */
  sent(verb?: string): string[]
  /** Accepted messages, in order. */
  readonly received: readonly ReceivedMessage[]
  /** What clients sent in clear behind STARTTLS; a careful client sends nothing. */
  clearBytesAfterStartTls(): Buffer
  connectionCount(): number
  /** Connections whose every line was read and answered, their ends included. */
  servedSessions(): number
  override(stage: SmtpStage, answer: SmtpOverride): () => void
  overrideOnce(stage: SmtpStage, answer: SmtpOverride): void
  /** Loses the connection of the next message at that point. `in-data`: after `bytes` of it (default 100). */
  cutNext(point: SmtpCut, bytes?: number): void
  disconnectAll(): void
  /** Fails when the server itself had a bug. */
  stop(): Promise<void>
}

interface Transaction {
  from: string | undefined
  parameters: string
  to: string[]
}

/** Starts a scripted SMTP server on a free loopback port. */
export async function startScriptedSmtpServer(
  options: ScriptedSmtpOptions = {},
): Promise<ScriptedSmtpServer> {
  const { security = 'tls', user = 'alice@rig.test', password = 'alice-pw' } = options
  const certificate = await wireCertificate(options.certificate ?? 'server')
  const transcript: SmtpTranscriptEntry[] = []
  const received: ReceivedMessage[] = []
  const overrides: { readonly stage: SmtpStage; readonly answer: SmtpOverride; readonly once: boolean }[] = []
  const failures: unknown[] = []
  let cut: { point: SmtpCut; bytes: number } | undefined

  const takeCut = (point: SmtpCut) => {
    if (cut?.point !== point) return undefined
    const taken = cut
    cut = undefined
    return taken
  }

  const serve = async (connection: WireConnection) => {
    const fresh = (): Transaction => ({ from: undefined, parameters: '', to: [] })
    let transaction = fresh()
    let authenticated = false
    let quit = false

    /** Sends the honest answer or its replacement; tells whether it was a good one. */
    const answer = async (stage: SmtpStage, line: string, honest: string, message?: ReceivedMessage) => {
      const found = overrides.findLast(one => one.stage === stage)
      if (found?.once) overrides.splice(overrides.indexOf(found), 1)
      let reply: unknown = honest
      if (typeof found?.answer === 'string') reply = found.answer
      else if (found) reply = await found.answer({ line, connection, message })
      if (typeof reply !== 'string') return false
      connection.write(`${reply}\r\n`)
      return /^[23]/.test(reply)
    }
    const readLine = async () => {
      const line = (await connection.readLine())?.toString('latin1')
      if (line !== undefined) transcript.push({ connection: connection.id, secure: connection.secure, line })
      return line
    }
    const authAllowed = () => connection.secure || options.allowAuthWithoutTls === true

    const startTls = async (line: string) => {
      if (security !== 'starttls' || connection.secure)
        return answer('STARTTLS', line, '502 5.5.1 not offered')
      const begun = await answer(
        'STARTTLS',
        line,
        `220 2.0.0 go ahead${injected(options.injectAfterStartTls)}`,
      )
      if (begun) await connection.startTls(certificate)
      transaction = fresh()
      return begun
    }
    const login = async (line: string) => {
      if (!authAllowed()) return answer('AUTH', line, '530 5.7.0 not without TLS')
      const [, mechanism = '', initial] = line.split(' ')
      const ask = async (challenge: string) => {
        connection.write(`334 ${Buffer.from(challenge).toString('base64')}\r\n`)
        return (await readLine()) ?? ''
      }
      const decoded = (text: string) => Buffer.from(text, 'base64').toString()
      let given: string[] = []
      if (mechanism.toUpperCase() === 'PLAIN')
        given = decoded(initial ?? (await ask('')))
          .split('\0')
          .slice(1)
      else if (mechanism.toUpperCase() === 'LOGIN') {
        given = [decoded(initial ?? (await ask('Username:'))), decoded(await ask('Password:'))]
      } else return answer('AUTH', line, '504 5.5.4 unknown mechanism')
      const right = given[0] === user && given[1] === password
      const good = await answer(
        'AUTH',
        line,
        right ? '235 2.7.0 welcome' : '535 5.7.8 wrong user or password',
      )
      authenticated ||= good
      return good
    }
    const data = async (line: string) => {
      if (transaction.to.length === 0) return answer('DATA', line, '503 5.5.1 no recipient')
      if (takeCut('before-data')) return connection.reset()
      if (!(await answer('DATA', line, '354 end with a dot'))) return
      const part = takeCut('in-data')
      if (part) {
        await connection.readBytes(part.bytes)
        return connection.reset()
      }
      const raw = await readMessage(connection)
      if (raw === undefined) return
      const { from = '', to, parameters } = transaction
      const message: ReceivedMessage = { from, to, raw, parameters, secure: connection.secure, authenticated }
      transaction = fresh()
      if (takeCut('after-dot-refused')) return connection.reset()
      if (takeCut('after-dot-accepted')) {
        received.push(message)
        return connection.reset()
      }
      const last = takeCut('after-250')
      if (await answer('MESSAGE', '', '250 2.0.0 accepted as 1', message)) received.push(message)
      // "end" and not a reset: a reset may throw away the 250 in the client's buffers, and that is another case.
      if (last) connection.end()
    }

    if (!(await answer('GREETING', '', '220 rig.test ESMTP'))) return
    while (!connection.ended && !quit) {
      const line = await readLine()
      if (line === undefined) break
      const verb = line.split(' ')[0]!.toUpperCase()
      switch (verb) {
        case 'EHLO': {
          const offers = [
            'rig.test',
            ...(options.extensions ?? ['PIPELINING', '8BITMIME', 'SMTPUTF8', 'SIZE 31457280']),
          ]
          if (security === 'starttls' && !connection.secure) offers.push('STARTTLS')
          if (authAllowed()) offers.push('AUTH PLAIN LOGIN')
          const reply = offers.map((offer, index) => `250${index === offers.length - 1 ? ' ' : '-'}${offer}`)
          transaction = fresh()
          await answer('EHLO', line, reply.join('\r\n'))
          break
        }
        case 'HELO':
          await answer('HELO', line, '250 rig.test')
          break
        case 'STARTTLS':
          await startTls(line)
          break
        case 'AUTH':
          await login(line)
          break
        case 'MAIL': {
          const [, from = '', parameters = ''] = /^MAIL FROM:\s*<([^>]*)>\s*(.*)$/i.exec(line) ?? []
          const honest = authenticated ? '250 2.1.0 ok' : '530 5.7.0 log in first'
          if (await answer('MAIL', line, honest)) transaction = { from, parameters, to: [] }
          break
        }
        case 'RCPT': {
          const to = /^RCPT TO:\s*<([^>]*)>/i.exec(line)?.[1] ?? ''
          const honest = transaction.from === undefined ? '503 5.5.1 no sender' : '250 2.1.5 ok'
          if (await answer('RCPT', line, honest)) transaction.to.push(to)
          break
        }
        case 'DATA':
          await data(line)
          break
        case 'RSET':
          transaction = fresh()
          await answer('RSET', line, '250 2.0.0 ok')
          break
        case 'NOOP':
          await answer('NOOP', line, '250 2.0.0 ok')
          break
        case 'QUIT':
          quit = true
          await answer('QUIT', line, '221 2.0.0 bye')
          break
        default:
          connection.write('500 5.5.2 unknown command\r\n')
      }
    }
  }

  let served = 0
  const serveAndCount = async (connection: WireConnection) => {
    try {
      await serve(connection)
    } finally {
      served += 1
    }
  }
  const listener = await listen(security, certificate, serveAndCount, failures)
  const addOverride = (stage: SmtpStage, answer: SmtpOverride, once: boolean) => {
    const entry = { stage, answer, once }
    overrides.push(entry)
    return () => {
      if (overrides.includes(entry)) overrides.splice(overrides.indexOf(entry), 1)
    }
  }
  return {
    ...{ port: listener.port, ca: certificate.ca, user, password, transcript, received },
    sent: verb =>
      transcript
        .map(entry => entry.line)
        .filter(line => verb === undefined || line.split(' ')[0]!.toUpperCase() === verb.toUpperCase()),
    clearBytesAfterStartTls: () =>
      Buffer.concat(listener.connections.map(one => one.clearBytesAfterStartTls)),
    connectionCount: () => listener.connections.length,
    servedSessions: () => served,
    override: (stage, answer) => addOverride(stage, answer, false),
    overrideOnce: (stage, answer) => void addOverride(stage, answer, true),
    cutNext: (point, bytes = 100) => {
      cut = { point, bytes }
    },
    disconnectAll: listener.disconnectAll,
    async stop() {
      await listener.stop()
      if (failures.length > 0)
        throw new AggregateError(failures, `the scripted SMTP server failed: ${String(failures[0])}`)
    },
  }
}

/** The injected text follows the line end of the 220; the writer adds the last line end. */
function injected(text: string | undefined): string {
  return text === undefined ? '' : `\r\n${text.replace(/\r\n$/, '')}`
}

/** Everything up to the final dot, byte-exact, dots unstuffed (RFC 5321 section 4.5.2); undefined when cut short. */
async function readMessage(connection: WireConnection): Promise<Buffer | undefined> {
  const pieces: Buffer[] = []
  let afterCrlf = true
  for (;;) {
    const line = await connection.readRawLine()
    if (line === undefined) return undefined
    // Only CRLF . CRLF ends a message. A bare LF does not, so smuggled commands would be found in the message.
    if (afterCrlf && line.equals(finalDot)) return Buffer.concat(pieces)
    pieces.push(afterCrlf && line[0] === 0x2e ? line.subarray(1) : line)
    afterCrlf = line.at(-2) === 0x0d
  }
}

const finalDot = Buffer.from('.\r\n')
