import { randomBytes } from 'node:crypto'
import SMTPConnection from 'nodemailer/lib/smtp-connection'
import { SiegelError } from '../../../../../shared/kit/result'
import type { Clock, Log } from '../../../ports/basics'
import { limits } from '../../../ports/limits'
import type { SendingOffers, Submission, SubmissionResult } from '../../../ports/mail/mail-backend'
import type { NetworkGate } from '../../../ports/net/gate'
import { openSubmission } from './open-submission'
import { scramSha256 } from './scram'
import { EHLO_NAME, stageOf } from './smtp-dialogue'
import { replyText, type SmtpReply } from './smtp-reply'
import { SubmissionWitness } from './submission-witness'

/** How long each part may take. RFC 5321 §4.5.3.2 asks for minutes where a server may be busy with the message. */
export type SubmissionTimeouts = Readonly<{ connectMs: number; greetingMs: number; idleMs: number }>
const usualTimeouts: SubmissionTimeouts = { connectMs: 30_000, greetingMs: 60_000, idleMs: 300_000 }

/** The message is settled; a server that does not answer QUIT is not waited for. */
const GOODBYE_MS = 2_000

/**
 * Mail submission (RFC 6409) through the gate: nodemailer speaks, the witness knows how far it got. A message goes to
 * all recipients or to none. Never throws for what servers and networks do; the result says exactly what is known.
 */
export function createSubmission(deps: {
  gate: NetworkGate
  log: Log
  clock: Clock
  /** Told what the server offers, as soon as it is known. */
  offers?: Pick<SendingOffers, 'note'>
  timeouts?: SubmissionTimeouts
}): Submission {
  const timeouts = deps.timeouts ?? usualTimeouts
  return {
    async send(account, message, signal) {
      const startedAtMs = deps.clock.now()
      const result = await attempt(deps, timeouts, account, message, signal)
      const facts = { accountId: account.id, state: result.state, elapsedMs: deps.clock.now() - startedAtMs }
      deps.log.info('submission ended', result.state === 'failed' ? { ...facts, code: result.code } : facts)
      return result
    },
  }
}

type Send = Parameters<Submission['send']>

async function attempt(
  { gate, offers }: Readonly<{ gate: NetworkGate; offers?: Pick<SendingOffers, 'note'> }>,
  timeouts: SubmissionTimeouts,
  account: Send[0],
  message: Send[1],
  signal: AbortSignal | undefined,
): Promise<SubmissionResult> {
  const { mail, password } = account
  let witness: SubmissionWitness
  if (message.envelope.to.length === 0) return failedBy(new SiegelError('no-recipient'))
  try {
    const server = { accountId: account.id, endpoint: mail.smtp, caPem: mail.caPem }
    const { socket, greeted } = await openSubmission(gate, server, {
      timeoutMs: timeouts.connectMs,
      ...(signal ? { signal } : {}),
    })
    witness = new SubmissionWitness(socket.stream, { greeted })
  } catch (error) {
    return { ...failedBy(error), stage: stageOf(error) ?? 'connect' }
  }
  const cancel = () => witness.destroy()
  signal?.addEventListener('abort', cancel)
  const connection = new SMTPConnection({
    host: mail.smtp.host,
    name: EHLO_NAME,
    connection: witness as unknown as NonNullable<SMTPConnection.Options['connection']>,
    secure: true,
    secured: true,
    greetingTimeout: timeouts.greetingMs,
    socketTimeout: timeouts.idleMs,
    customAuth: { 'SCRAM-SHA-256': scramLogin },
  })
  let failure: unknown = null
  try {
    await step(connection, done => connection.connect(done))
    offers?.note(account.id, witness.extensions.keys())
    checkOffer(witness.extensions, message)
    const method = chooseMethod(witness.extensions)
    await step(connection, done => connection.login({ method, user: mail.userName, pass: password }, done))
    const envelope = {
      from: message.envelope.from,
      to: [...message.envelope.to],
      size: message.raw.length,
      use8BitMime: message.raw.some(byte => byte > 0x7f),
      requireTLSExtensionEnabled: message.envelope.requireTls === true,
    }
    await step(connection, done => connection.send(envelope, Buffer.from(message.raw), done))
  } catch (error) {
    failure = error
  } finally {
    signal?.removeEventListener('abort', cancel)
  }
  if (witness.finalReply) {
    connection.quit()
    setTimeout(cancel, GOODBYE_MS).unref()
  } else {
    connection.close()
    cancel()
  }
  return verdict(witness, signal?.aborted ? new SiegelError('cancelled', {}, { retryable: true }) : failure)
}

/** One call of nodemailer as a promise; it tells some failures only by its `error` event. */
function step(
  connection: SMTPConnection,
  call: (done: (error?: Error | null) => void) => void,
): Promise<void> {
  return new Promise((resolve, reject) => {
    const onError = (error: Error) => reject(error)
    // Left in place: an `error` event nobody listens to would end the engine.
    connection.on('error', onError)
    call(error => (error ? reject(error) : resolve()))
  })
}

/** Refuses what the server has already said it will not take. */
function checkOffer(extensions: ReadonlyMap<string, string>, message: Send[1]): void {
  // Read from the EHLO answer behind TLS: what was offered in clear could be anybody's (RFC 8689 §2).
  if (message.envelope.requireTls && !extensions.has('REQUIRETLS'))
    throw new SiegelError('require-tls-missing')
  const maximum = Number(extensions.get('SIZE') ?? 0)
  const size = message.raw.length
  if (size > limits.messageBytes || (maximum > 0 && size > maximum))
    throw new SiegelError('message-too-large', { detail: `${size} bytes, the server takes ${maximum}` })
  const { from, to } = message.envelope
  // biome-ignore lint/suspicious/noControlCharactersInRegex: all of ASCII is meant
  const international = [from, ...to].find(address => /[^\x00-\x7f]/.test(address))
  if (international !== undefined && !extensions.has('SMTPUTF8'))
    throw new SiegelError('bad-address', { detail: `${international}: the server cannot carry this address` })
}

/** The best mechanism offered; all of them are inside verified TLS. */
function chooseMethod(extensions: ReadonlyMap<string, string>): string {
  const offered = new Set((extensions.get('AUTH') ?? '').toUpperCase().split(/[\s=]+/))
  const method = ['SCRAM-SHA-256', 'PLAIN', 'LOGIN'].find(known => offered.has(known))
  if (method === undefined)
    throw new SiegelError('login-unsupported', { detail: [...offered].join(' ').slice(0, 200) })
  return method
}

/** SCRAM as a mechanism of nodemailer's; a server that cannot prove itself is refused. */
const scramLogin: NonNullable<SMTPConnection.Options['customAuth']>[string] = async context => {
  const { user, pass } = context.auth.credentials
  const client = scramSha256(user, pass, randomBytes(18).toString('base64'))
  const encode = (text: string) => Buffer.from(text).toString('base64')
  const decode = (text: string) => Buffer.from(text, 'base64').toString()
  const challenge = await context.sendCommand(`AUTH SCRAM-SHA-256 ${encode(client.first)}`)
  if (challenge.status !== 334) throw new Error('login refused')
  const outcome = await context.sendCommand(encode(await client.final(decode(challenge.text))))
  if (outcome.status !== 334 && outcome.status !== 235) throw new Error('login refused')
  if (!client.verify(decode(outcome.text.replace(/^\d\.\d\.\d\s+/, ''))))
    throw new Error('the server did not prove itself')
  if (outcome.status === 334 && (await context.sendCommand('')).status !== 235)
    throw new Error('login refused')
}

type Failed = Extract<SubmissionResult, { state: 'failed' }>

/** The result from what was seen on the wire; nodemailer's own word counts only where the wire says nothing. */
function verdict(witness: SubmissionWitness, failure: unknown): SubmissionResult {
  const { finalReply, dotSent, recipientRefusals, senderRefusal, dataRefusal, earlyReply } = witness
  if (finalReply) {
    if (finalReply.code < 300) return { state: 'sent', response: replyText(finalReply) }
    if (finalReply.code >= 400) return { ...refused(finalReply, 'server-refused'), stage: 'message' }
    return { state: 'unknown', detail: replyText(finalReply) }
  }
  if (dotSent) return { state: 'unknown', detail: wordOf(failure) }
  // Without a sender every recipient is refused too; the sender is the reason.
  if (senderRefusal) return { ...refused(senderRefusal, 'sender-refused'), stage: 'mail' }
  if (recipientRefusals.length > 0) {
    const unprotected = recipientRefusals.find(({ reply }) => isUnprotected(reply))
    if (unprotected) return { ...refused(unprotected.reply, 'server-refused'), stage: 'rcpt' }
    const permanent = recipientRefusals.some(({ reply }) => reply.code >= 500)
    const detail = recipientRefusals
      .map(({ recipient, reply }) => `<${recipient}>: ${replyText(reply)}`)
      .join('\n')
    return {
      state: 'failed',
      permanent,
      code: 'recipient-refused',
      detail: detail.slice(0, 2000),
      stage: 'rcpt',
    }
  }
  if (dataRefusal) return { ...refused(dataRefusal, 'server-refused'), stage: 'data' }
  if (earlyReply) return { ...refused(earlyReply, 'server-refused'), stage: 'message' }
  // Its own words, not that HELO then offered no sign-in.
  if (witness.helloRefusal && witness.extensions.size === 0)
    return { ...refused(witness.helloRefusal, 'server-refused'), stage: 'ehlo' }
  const failed = failedBy(failure, witness.lastReply)
  // What this side refuses to ask for happened at no stage of the server's.
  return failure instanceof SiegelError ? failed : { ...failed, stage: witness.stage }
}

/** RFC 8689 §5: "REQUIRETLS support required", said where there is no protected way on. */
const isUnprotected = (reply: SmtpReply) => reply.code >= 500 && /\b5\.7\.30\b/.test(replyText(reply))

function refused(reply: SmtpReply, code: 'server-refused' | 'sender-refused'): Failed {
  const detail = replyText(reply)
  if (reply.code < 500) return { state: 'failed', permanent: false, code: 'server-unavailable', detail }
  // 552 and 5.3.4: over the size limit (RFC 1870 §6.1, RFC 3463).
  if (isUnprotected(reply)) return { state: 'failed', permanent: true, code: 'require-tls-refused', detail }
  const tooLarge = reply.code === 552 || /\b5\.3\.4\b/.test(detail)
  return { state: 'failed', permanent: true, code: tooLarge ? 'message-too-large' : code, detail }
}

/** A failure before MAIL: of the network, the greeting, or the login. */
function failedBy(error: unknown, lastReply: SmtpReply | null = null): Failed {
  if (error instanceof SiegelError)
    return { state: 'failed', permanent: !error.retryable, code: error.code, detail: wordOf(error) }
  const { code } = error as { code?: string }
  const said = lastReply && lastReply.code >= 400 ? lastReply : null
  if (code === 'EAUTH') {
    if (said && said.code < 500)
      return { state: 'failed', permanent: false, code: 'server-unavailable', detail: replyText(said) }
    return {
      state: 'failed',
      permanent: true,
      code: 'login-refused',
      detail: said ? replyText(said) : wordOf(error),
    }
  }
  if (said) return refused(said, 'server-refused')
  const named =
    code === 'ETIMEDOUT'
      ? 'connection-timeout'
      : code === 'EPROTOCOL'
        ? 'protocol-violation'
        : 'connection-lost'
  return { state: 'failed', permanent: false, code: named, detail: wordOf(error) }
}

function wordOf(error: unknown): string {
  if (error instanceof SiegelError)
    return String(error.params['detail'] ?? error.params['reason'] ?? error.code).slice(0, 2000)
  return error instanceof Error ? error.message.slice(0, 500) : 'the connection ended'
}
