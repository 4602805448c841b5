import type { MessageId } from '../../../../shared/kit/ids'
import { type ErrorCode, SiegelError } from '../../../../shared/kit/result'
import type { MailSession } from '../../ports/mail/mail-backend'
import type { MailboxRow } from '../../ports/store'
import type { Withheld, WithheldPart } from './withheld'

/** Messages of one FETCH: what one refusal or lost connection repeats at most. */
const perCommand = 1_000
/** Refusals without a single message between them before the server, and not a message, counts as the reason. */
const refusalsInARow = 64

/** Errors that a FETCH of many may owe to one message. */
const aboutMessages: ReadonlySet<ErrorCode> = new Set<ErrorCode>([
  'server-refused',
  'server-unavailable',
  'mailbox-missing',
  'message-too-large',
  'connection-lost',
  'connection-timeout',
  'protocol-violation',
])
/** Codes of a NO with which asking for less helps nobody. */
const askingTooMuch: ReadonlySet<unknown> = new Set(['THROTTLED', 'LIMIT', 'OVERQUOTA'])

/**
 * Fetches messages so that one which the server cannot give costs only itself. What came before a NO or BAD is given
 * on; what did not come is asked for again in halves, and what is refused alone is noted in `withheld`. Where the
 * server ends the connection instead, the halves are remembered for the next one and the error goes up.
 */
export async function* fetchPiecewise<T extends Readonly<{ uid: number }>>(options: {
  session: MailSession
  withheld: Withheld
  row: MailboxRow
  part: WithheldPart
  uids: readonly number[]
  ask: (uids: readonly number[]) => AsyncIterable<T>
  /** Default 1,000. */
  perCommand?: number
  idOf?: (uid: number) => MessageId | null
}): AsyncGenerator<T> {
  const { session, withheld, row, part, ask, idOf = () => null } = options
  const { queue, suspects } = queueOf(options)
  let refusals = 0
  for (let piece = queue.shift(); piece; piece = queue.shift()) {
    const missing = new Set(piece)
    try {
      for await (const message of ask(piece)) {
        if (missing.delete(message.uid)) withheld.came(row, part, message.uid)
        refusals = 0
        yield message
      }
    } catch (error) {
      if (!isAboutMessages(error)) throw error
      const parts = divide(piece, missing)
      if (session.closed) {
        withheld.suspect(row, part, parts, error, idOf)
        for (const each of queue) if (suspects.has(each)) withheld.putBack(row, part, each)
        throw error
      }
      const [first, ...others] = parts
      if (first?.length === 1 && others.length === 0 && first[0] !== undefined)
        withheld.note(row, part, first[0], error, idOf(first[0]))
      else queue.unshift(...parts)
      if (++refusals > refusalsInARow) throw error
    }
  }
}

/** Newest first; what did not come before comes alone and late, and last what ended a connection: the rest is here by then. */
function queueOf(options: {
  withheld: Withheld
  row: MailboxRow
  part: WithheldPart
  uids: readonly number[]
  perCommand?: number
}): { queue: number[][]; suspects: ReadonlySet<number[]> } {
  const { withheld, row, part } = options
  const size = options.perCommand ?? perCommand
  const wanted = new Set(options.uids.filter(uid => !withheld.isResting(row, part, uid)))
  const suspects = withheld.takeSuspects(row, part, wanted)
  for (const uid of suspects.flat()) wanted.delete(uid)
  const alone = [...wanted].filter(uid => withheld.didNotCome(row, part, uid))
  for (const uid of alone) wanted.delete(uid)
  const sorted = [...wanted].sort((a, b) => b - a)
  const pieces: number[][] = []
  for (let at = 0; at < sorted.length; at += size) pieces.push(sorted.slice(at, at + size))
  return { queue: [...pieces, ...alone.map(uid => [uid]), ...suspects], suspects: new Set(suspects) }
}

/**
 * What did not come, in two parts. Servers answer in ascending order: when some came, the first that did not is the
 * likeliest reason and is asked alone.
 */
function divide(piece: readonly number[], missing: ReadonlySet<number>): number[][] {
  const left = [...missing].sort((a, b) => a - b)
  if (left.length <= 1) return left.length === 0 ? [] : [left]
  const at = left.length < piece.length ? 1 : Math.ceil(left.length / 2)
  return [left.slice(at), left.slice(0, at)]
}

const isAboutMessages = (error: unknown): boolean =>
  error instanceof SiegelError &&
  aboutMessages.has(error.code) &&
  !askingTooMuch.has(error.params['serverCode'])
