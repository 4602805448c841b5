import type { CertificateKind } from '../../rig/certificates'
import type { ImapServerState } from './imap-command-context'
import { defaultImapAnswer } from './imap-commands'
import { ScriptedAccount } from './imap-model'
import { type ImapCommand, readImapCommand } from './imap-parser'
import { ImapSession } from './imap-session'
import { wireCertificate } from './wire-certificates'
import { listen, type WireSecurity } from './wire-listener'

/** What a rich modern server offers after login; take some away to make a poor one. */
export const richCapabilities: readonly string[] = [
  ...['IMAP4rev1', 'SASL-IR', 'LITERAL+', 'ID', 'ENABLE', 'IDLE', 'NAMESPACE', 'UNSELECT', 'UIDPLUS', 'MOVE'],
  ...['CONDSTORE', 'QRESYNC', 'ESEARCH', 'SPECIAL-USE', 'LIST-EXTENDED', 'LIST-STATUS'],
]

/** What a server of 1996 offers. */
export const poorCapabilities: readonly string[] = ['IMAP4rev1']

/** What an override is given. */
interface OverriddenCommand {
  readonly command: ImapCommand
  readonly session: ImapSession
  /** The honest answer, written to the client except for its closing line, which is returned (`OK done`). */
  honest(): Promise<string | undefined>
}

/**
 * Replaces the answer to a command. Returns the closing answer without its tag (`NO no`, `BAD what`, `OK done`), or
 * anything else when it has written everything itself with `session.send`, or closed the connection. May be a promise.
 */
export type ImapOverride = (context: OverriddenCommand) => unknown

/** Choices for a scripted IMAP server. */
export interface ScriptedImapOptions {
  /** Default `tls`. `plain` is also a server whose STARTTLS was stripped on the way. */
  readonly security?: WireSecurity
  readonly certificate?: CertificateKind
  /** What is offered after login. Default: `richCapabilities`. */
  readonly capabilities?: readonly string[]
  /** The whole first line without its line end. `* PREAUTH ...` makes the session logged in. */
  readonly greeting?: string
  /** Raw text sent in the same packet as the OK to STARTTLS, as an attacker on the way would. */
  readonly injectAfterStartTls?: string
  /** `plain` and `starttls`: LOGIN is offered and taken without TLS. Default: it is not. */
  readonly allowLoginWithoutTls?: boolean
  /** SASL mechanisms offered: PLAIN (default) and LOGIN are known. With none a client has only the LOGIN command. */
  readonly mechanisms?: readonly string[]
  readonly user?: string
  readonly password?: string
}

/** One line a client sent. */
interface TranscriptEntry {
  /** Number of the connection, from 1. */
  readonly connection: number
  /** Whether TLS protected it. */
  readonly secure: boolean
  /** As `LOGIN`, `UID FETCH`. */
  readonly name: string
  /** The line without its tag, literals cut out as `{n}`; latin1. */
  readonly line: string
  readonly command: ImapCommand
}

/** An IMAP server in this process that answers honestly unless a test says otherwise. */
export interface ScriptedImapServer {
  readonly port: number
  /** PEM of the authority to trust; the certificate names localhost and 127.0.0.1. */
  readonly ca: string
  readonly user: string
  readonly password: string
  /** INBOX, Drafts, Sent, Trash, Junk and Archive to begin with, all empty. */
  readonly account: ScriptedAccount
  /** Everything clients sent, in order. */
  readonly transcript: readonly TranscriptEntry[]
  /** Lines of the transcript with that command name; all without one. */
  sent(name?: string): string[]
  /** Connections opened so far. */
  connectionCount(): number
  /** Offers this from the next CAPABILITY on. */
  setCapabilities(capabilities: readonly string[]): void
  /** Replaces the answer to a command (`*`: to every command) until the returned function is called. */
  override(name: string, answer: ImapOverride): () => void
  /** Replaces the next answer to a command only. */
  overrideOnce(name: string, answer: ImapOverride): void
  /** Connections opened from now on are cut after so many bytes of answers; `undefined` ends that. */
  cutAfterOutputBytes(count: number | undefined): void
  /** The connection is cut when the nth command from now (1: the next), over all connections, has come in. */
  cutAtCommand(nth: number, how?: 'end' | 'reset'): void
  /** Writes raw text to every open session; to those that idle only, when asked. */
  broadcast(raw: string, only?: 'idling'): void
  idlingSessions(): number
  /** Ends every connection now; new ones are taken. */
  disconnectAll(): void
  /** Fails when the server itself had a bug. */
  stop(): Promise<void>
}

/** Starts a scripted IMAP server on a free loopback port. */
export async function startScriptedImapServer(
  options: ScriptedImapOptions = {},
): Promise<ScriptedImapServer> {
  const { security = 'tls', user = 'alice@rig.test', password = 'alice-pw' } = options
  let capabilities = options.capabilities ?? richCapabilities
  const certificate = await wireCertificate(options.certificate ?? 'server')
  const account = new ScriptedAccount()
  account.add('INBOX')
  for (const name of ['Drafts', 'Sent', 'Trash', 'Junk', 'Archive'])
    account.add(name, { attributes: [`\\${name}`] })
  const transcript: TranscriptEntry[] = []
  const overrides: { readonly name: string; readonly answer: ImapOverride; readonly once: boolean }[] = []
  const sessions = new Set<ImapSession>()
  const failures: unknown[] = []
  let cutBytes: number | undefined
  let cutCommand: { left: number; how: 'end' | 'reset' } | undefined

  const state: ImapServerState = {
    ...{ account, user, password },
    offers: capability => capabilities.includes(capability),
    capabilities: session => {
      if (session.authenticated) return [...capabilities]
      const early = capabilities.filter(name =>
        ['IMAP4rev1', 'SASL-IR', 'LITERAL+', 'ID', 'ENABLE', 'IDLE'].includes(name),
      )
      const mechanisms = (options.mechanisms ?? ['PLAIN']).map(name => `AUTH=${name}`)
      if (session.connection.secure) return [...early, ...mechanisms]
      return [
        ...early,
        ...(security === 'starttls' ? ['STARTTLS'] : []),
        ...(options.allowLoginWithoutTls === true ? mechanisms : ['LOGINDISABLED']),
      ]
    },
    async startTls(session, tag) {
      session.send(`${tag} OK begin TLS now\r\n${options.injectAfterStartTls ?? ''}`)
      await session.connection.startTls(certificate)
    },
  }

  const takeOverride = (name: string): ImapOverride | undefined => {
    const found = overrides.findLast(one => one.name === name) ?? overrides.findLast(one => one.name === '*')
    if (found?.once) overrides.splice(overrides.indexOf(found), 1)
    return found?.answer
  }

  const answer = async (session: ImapSession, command: ImapCommand) => {
    const context = { session, command, arguments: command.arguments, server: state }
    const honest = async () => defaultImapAnswer(context)
    const replaced = takeOverride(command.name)
    const closing = replaced ? await replaced({ command, session, honest }) : await honest()
    if (typeof closing !== 'string') return
    // EXPUNGE may not be told during these (RFC 3501 section 7.4.1): sequence numbers would shift under the client.
    if (!['FETCH', 'STORE', 'SEARCH'].includes(command.name)) session.flush()
    session.send(`${command.tag} ${closing}\r\n`)
  }

  const listener = await listen(
    security,
    certificate,
    async connection => {
      connection.cutAfterOutputBytes = cutBytes
      const session = new ImapSession(connection)
      sessions.add(session)
      try {
        const greeting =
          options.greeting ?? `* OK [CAPABILITY ${state.capabilities(session).join(' ')}] ready`
        if (/^\* PREAUTH/i.test(greeting)) session.authenticated = true
        session.send(`${greeting}\r\n`)
        while (!connection.ended && !session.loggedOut) {
          const command = await readImapCommand(connection)
          if (!command) break
          const line = command.line.slice(command.tag.length + 1)
          transcript.push({
            connection: connection.id,
            secure: connection.secure,
            name: command.name,
            line,
            command,
          })
          if (cutCommand && --cutCommand.left === 0) {
            if (cutCommand.how === 'reset') connection.reset()
            else connection.end()
            cutCommand = undefined
            break
          }
          await answer(session, command)
        }
      } finally {
        session.unselect()
        sessions.delete(session)
      }
    },
    failures,
  )

  const addOverride = (name: string, answerWith: ImapOverride, once: boolean) => {
    const entry = { name: name.toUpperCase(), answer: answerWith, once }
    overrides.push(entry)
    return () => {
      if (overrides.includes(entry)) overrides.splice(overrides.indexOf(entry), 1)
    }
  }
  return {
    ...{ port: listener.port, ca: certificate.ca, user, password, account, transcript },
    sent: name =>
      transcript.filter(entry => name === undefined || entry.name === name).map(entry => entry.line),
    connectionCount: () => listener.connections.length,
    setCapabilities: next => {
      capabilities = next
    },
    override: (name, replacement) => addOverride(name, replacement, false),
    overrideOnce: (name, replacement) => void addOverride(name, replacement, true),
    cutAfterOutputBytes: count => {
      cutBytes = count
    },
    cutAtCommand: (nth, how = 'end') => {
      cutCommand = { left: nth, how }
    },
    broadcast: (raw, only) => {
      for (const session of sessions)
        if (only === undefined || session.idleTag !== undefined) session.send(raw)
    },
    idlingSessions: () => [...sessions].filter(session => session.idleTag !== undefined).length,
    disconnectAll: listener.disconnectAll,
    async stop() {
      await listener.stop()
      if (failures.length > 0)
        throw new AggregateError(failures, `the scripted IMAP server failed: ${String(failures[0])}`)
    },
  }
}
