import type { Duplex } from 'node:stream'
import { SiegelError } from '../../../../../shared/kit/result'
import { neutralIdentity } from '../../../ports/net/client-identity'
import { ImapDialogue, loginFailure } from './imap-dialogue'

/** IMAP's part of a connection test; see the probes of app/test-connection.ts. */
export const imapProbe = {
  /** Asks for TLS on a clear stream. Throws `starttls-missing`, `starttls-injection`, and what greetings can mean. */
  async startTls(stream: Duplex, timeoutMs: number): Promise<void> {
    const dialogue = new ImapDialogue(stream, timeoutMs)
    await dialogue.greeting()
    if (!(await dialogue.capabilities()).includes('STARTTLS')) throw new SiegelError('starttls-missing')
    const answer = await dialogue.command('STARTTLS')
    if (answer.status !== 'OK') throw new SiegelError('starttls-missing', { detail: answer.text })
    if (dialogue.release().unreadBytes) throw new SiegelError('starttls-injection')
  },

  /** Meets the server behind TLS; after STARTTLS there is no second greeting. */
  async meet(stream: Duplex, options: { afterStartTls: boolean; timeoutMs: number }) {
    const dialogue = new ImapDialogue(stream, options.timeoutMs)
    if (!options.afterStartTls) await dialogue.greeting()
    const capabilities = await dialogue.capabilities()
    return {
      capabilities,
      /** Answers the capabilities after the login, which is when servers name all of them. */
      async login(userName: string, password: string): Promise<readonly string[]> {
        const canPlain = capabilities.includes('AUTH=PLAIN')
        if (!canPlain && capabilities.includes('LOGINDISABLED')) throw new SiegelError('login-unsupported')
        const secret = Buffer.from(`\0${userName}\0${password}`).toString('base64')
        const answer = canPlain
          ? await dialogue.command('AUTHENTICATE PLAIN', secret)
          : await dialogue.command(`LOGIN ${quoted(userName)} ${quoted(password)}`)
        if (answer.status !== 'OK') throw loginFailure(answer)
        return dialogue.capabilities()
      },
      /**
       * Opens the inbox as sync will, with a neutral client name where the server wants one. Throws `server-refused`
       * with its words.
       */
      async afterLogin(known: readonly string[]): Promise<void> {
        const open = () => dialogue.command('EXAMINE INBOX')
        let answer = await open()
        if (answer.status !== 'OK' && known.includes('ID')) {
          await dialogue.command(`ID (${neutralIdentity.map(quoted).join(' ')})`)
          answer = await open()
        }
        if (answer.status !== 'OK') throw new SiegelError('server-refused', { detail: answer.text })
      },
      /** Why the server is not good enough for us, or what it has. */
      verdict(known: readonly string[]): { missing: string | null; detail: string } {
        const basic = known.some(name => name === 'IMAP4REV1' || name === 'IMAP4REV2')
        const useful = ['CONDSTORE', 'QRESYNC', 'IDLE', 'MOVE', 'UIDPLUS', 'SPECIAL-USE'].filter(name =>
          known.includes(name),
        )
        return { missing: basic ? null : 'IMAP4rev1', detail: useful.join(' ') }
      },
    }
  },
} as const

/** A quoted string (RFC 9051 §4.3); line ends cannot be quoted and so cannot smuggle a command. */
function quoted(text: string): string {
  if (/[\r\n\0]/.test(text))
    throw new SiegelError('login-unsupported', { detail: 'line end in user name or password' })
  return `"${text.replace(/["\\]/g, '\\$&')}"`
}
