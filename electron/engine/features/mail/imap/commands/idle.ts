import { SiegelError } from '../../../../../../shared/kit/result'
import { type ImapContext, noteChange } from '../context'

/** Between two NOOPs on servers without IDLE. */
const pollMs = 60_000
/** From IDLE to its "+", and from DONE to the end. A dead line shows here. */
const answerMs = 30_000

/**
 * IDLE (RFC 2177) on the open mailbox, or NOOP every minute. Resolves on the first news of the mailbox, at once
 * when there was some since it was opened, on abort, or after `maxMs`. Throws when the connection is gone.
 */
export async function waitForChange(
  context: ImapContext,
  signal: AbortSignal,
  maxMs: number,
): Promise<'changed' | 'timeout' | 'aborted'> {
  if (context.changed) return 'changed'
  if (signal.aborted) return 'aborted'
  if (!context.capabilities.idle) return poll(context, signal, maxMs)
  try {
    return await idle(context, signal, maxMs)
  } catch (error) {
    // Offered and refused (some proxies): ask now and then instead.
    if (error instanceof SiegelError && error.code === 'server-refused') return poll(context, signal, maxMs)
    throw error
  }
}

async function idle(
  context: ImapContext,
  signal: AbortSignal,
  maxMs: number,
): Promise<'changed' | 'timeout' | 'aborted'> {
  const { wire } = context
  let outcome: 'changed' | 'timeout' | 'aborted' = 'timeout'
  let ready = false
  let wanted = false
  let answerTimer: NodeJS.Timeout | null = null
  const expectAnswer = () => {
    if (answerTimer) clearTimeout(answerTimer)
    answerTimer = setTimeout(
      () => wire.destroy(new SiegelError('connection-timeout', { detail: 'IDLE' })),
      answerMs,
    )
  }
  const end = (why: typeof outcome) => {
    if (wanted) return
    wanted = true
    outcome = why
    sendDone()
  }
  const sendDone = () => {
    // DONE before the "+" would be taken for a command (RFC 2177 §3).
    if (!ready || !wanted || wire.closed) return
    ready = false
    expectAnswer()
    wire.client.write('DONE')
  }
  const abort = () => end('aborted')
  const maxTimer = setTimeout(() => end('timeout'), maxMs)
  signal.addEventListener('abort', abort, { once: true })
  context.onChanged = () => end('changed')
  expectAnswer()
  try {
    await wire.run('IDLE', [], {
      stallMs: maxMs + 2 * answerMs,
      onPlus: () => {
        if (answerTimer) clearTimeout(answerTimer)
        ready = true
        sendDone()
      },
    })
    return outcome
  } finally {
    context.onChanged = null
    clearTimeout(maxTimer)
    if (answerTimer) clearTimeout(answerTimer)
    signal.removeEventListener('abort', abort)
  }
}

async function poll(
  context: ImapContext,
  signal: AbortSignal,
  maxMs: number,
): Promise<'changed' | 'timeout' | 'aborted'> {
  const end = context.clock.now() + maxMs
  while (context.clock.now() < end) {
    try {
      await context.clock.sleep(Math.min(pollMs, Math.max(0, end - context.clock.now())), signal)
    } catch {
      return 'aborted'
    }
    await context.wire.run('NOOP')
    if (context.changed) return 'changed'
  }
  return 'timeout'
}

/** Listens on everything the server says unasked about the open mailbox, in any command. */
export function watchMailbox(context: ImapContext): void {
  const { untaggedHandlers } = context.wire.client
  const note = () => {
    if (context.selected) noteChange(context)
  }
  for (const name of ['EXISTS', 'EXPUNGE', 'VANISHED', 'FETCH']) untaggedHandlers[name] = note
}
