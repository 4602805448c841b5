import { randomBytes } from 'node:crypto'
import type { Duplex } from 'node:stream'
import { SiegelError } from '../../../../../shared/kit/result'
import { scramSha256 } from './scram'
import { atStage, EHLO_NAME, refusalOf, SmtpDialogue } from './smtp-dialogue'
import { extensionsOf, replyText, type SmtpReply } from './smtp-reply'

/** SMTP's part of a connection test; see the probes of app/test-connection.ts. */
export const smtpProbe = {
  /** Asks for TLS on a clear stream. Throws `starttls-missing`, `starttls-injection`, and what greetings can mean. */
  startTls: requestStartTls,

  /** Meets the server behind TLS; after STARTTLS there is no second greeting. */
  async meet(stream: Duplex, options: { afterStartTls: boolean; timeoutMs: number }) {
    const dialogue = new SmtpDialogue(stream, options.timeoutMs)
    if (!options.afterStartTls) await greeted(dialogue)
    const extensions = await hello(dialogue)
    const capabilities = [...extensions].map(([name, parameters]) =>
      `${name} ${parameters}`.trim().slice(0, 100),
    )
    return {
      capabilities,
      async login(userName: string, password: string): Promise<readonly string[]> {
        await authenticate(dialogue, extensions, userName, password)
        void dialogue.command('QUIT').catch(() => undefined)
        return capabilities
      },
      /** Why the server is not good enough for us, or what it has. */
      verdict(): { missing: string | null; detail: string } {
        const useful = ['SIZE', '8BITMIME', 'SMTPUTF8', 'PIPELINING', 'REQUIRETLS'].filter(name =>
          extensions.has(name),
        )
        return { missing: extensions.has('AUTH') ? null : 'AUTH', detail: useful.join(' ') }
      },
    }
  },
} as const

/** Greeting, EHLO and STARTTLS on a clear stream, which is paused afterwards and ready for the gate's `upgrade`. */
export async function requestStartTls(stream: Duplex, timeoutMs: number): Promise<void> {
  const dialogue = new SmtpDialogue(stream, timeoutMs)
  await atStage('greeting', greeted(dialogue))
  const extensions = await atStage('ehlo', hello(dialogue))
  if (!extensions.has('STARTTLS')) throw new SiegelError('starttls-missing', { stage: 'starttls' })
  await atStage('starttls', begin(dialogue))
}

async function begin(dialogue: SmtpDialogue): Promise<void> {
  const ready = await dialogue.command('STARTTLS')
  if (ready.code !== 220) throw new SiegelError('starttls-missing', { detail: replyText(ready) })
  if (dialogue.release().unreadBytes) throw new SiegelError('starttls-injection')
}

async function greeted(dialogue: SmtpDialogue): Promise<void> {
  const greeting = await dialogue.reply()
  if (greeting.code !== 220) throw refusalOf(greeting)
}

async function hello(dialogue: SmtpDialogue): Promise<ReadonlyMap<string, string>> {
  const answer = await dialogue.command(`EHLO ${EHLO_NAME}`)
  if (answer.code !== 250) throw refusalOf(answer)
  return extensionsOf(answer)
}

async function authenticate(
  dialogue: SmtpDialogue,
  extensions: ReadonlyMap<string, string>,
  user: string,
  password: string,
) {
  const offered = (extensions.get('AUTH') ?? '').toUpperCase().split(/[\s=]+/)
  const base64 = (text: string) => Buffer.from(text).toString('base64')
  const finish = (reply: SmtpReply) => {
    if (reply.code === 235) return
    throw new SiegelError(reply.code < 500 ? 'server-unavailable' : 'login-refused', {
      detail: replyText(reply),
    })
  }
  const challenge = async (line: string) => {
    const reply = await dialogue.command(line)
    if (reply.code !== 334) finish(reply)
    return Buffer.from(reply.lines[0] ?? '', 'base64').toString()
  }
  if (offered.includes('SCRAM-SHA-256')) {
    const client = scramSha256(user, password, randomBytes(18).toString('base64'))
    const answer = await client.final(await challenge(`AUTH SCRAM-SHA-256 ${base64(client.first)}`))
    if (!client.verify(await challenge(base64(answer))))
      throw new SiegelError('login-refused', { detail: 'the server did not prove itself' })
    finish(await dialogue.command(''))
  } else if (offered.includes('PLAIN'))
    finish(await dialogue.command(`AUTH PLAIN ${base64(`\0${user}\0${password}`)}`))
  else if (offered.includes('LOGIN')) {
    await challenge('AUTH LOGIN')
    await challenge(base64(user))
    finish(await dialogue.command(base64(password)))
  } else throw new SiegelError('login-unsupported', { detail: offered.join(' ').slice(0, 200) })
}
