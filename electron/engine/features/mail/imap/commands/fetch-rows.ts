import { SiegelError } from '../../../../../../shared/kit/result'
import { type ImapContext, noteChange } from '../context'
import { bytesOf, fetchItemsOf, modseqOf, numberOf, type Token, textOf, textsOf } from '../tokens'
import { type Argument, sequence } from '../wire'

/** Rows that may wait for their reader before the connection is held: enough to keep both sides busy. */
const waitingRows = 400
const waitingBytes = 16_000_000
/** Answers for messages nobody asked for before the server counts as broken. */
const unaskedRows = 100_000

/** One FETCH answer. What the answer did not carry is null. */
export type FetchRow = Readonly<{
  uid: number
  flags: readonly string[] | null
  modseq: string | null
  internalDateMs: number | null
  sizeBytes: number | null
  body: Buffer | null
  structure: Token
}>

/**
 * UID FETCH as rows, in the order they come, with backpressure down to the socket. Answers for UIDs that are not
 * in `wanted`, and a second answer for the same UID that adds nothing, are not given on: they note a change.
 * An abort ends the connection. Leaving the loop early reads the rest of the answer away.
 */
export async function* fetchRows(
  context: ImapContext,
  set: string,
  items: readonly Argument[],
  options: { wanted: ReadonlySet<number> | null; changedSince?: string; signal?: AbortSignal },
): AsyncGenerator<FetchRow> {
  const { wire } = context
  const queue: FetchRow[] = []
  let queuedBytes = 0
  let ended = false
  let left = false
  let unasked = 0
  let wakeReader: (() => void) | null = null
  let wakeServer: (() => void) | null = null
  const full = () => !left && (queue.length >= waitingRows || queuedBytes >= waitingBytes)
  const release = () => {
    wire.parked = false
    wakeServer?.()
    wakeServer = null
  }

  const modifier: Argument[] =
    options.changedSince === undefined
      ? []
      : [
          [
            { type: 'ATOM', value: 'CHANGEDSINCE' },
            { type: 'ATOM', value: options.changedSince },
          ],
        ]
  const abort = () => wire.destroy(new SiegelError('cancelled'))
  if (options.signal?.aborted) throw new SiegelError('cancelled')
  options.signal?.addEventListener('abort', abort, { once: true })
  const command = wire
    .run('UID FETCH', [sequence(set), items, ...modifier], {
      untagged: {
        FETCH: async response => {
          const row = readRow(response.attributes ? fetchItemsOf(response) : new Map())
          if (!row || (options.wanted && !options.wanted.has(row.uid))) {
            noteChange(context)
            if (++unasked > unaskedRows)
              wire.destroy(
                new SiegelError('protocol-violation', { detail: 'FETCH answers nobody asked for' }),
              )
            return
          }
          if (left) return
          queue.push(row)
          queuedBytes += row.body?.length ?? 0
          wakeReader?.()
          if (full()) {
            wire.parked = true
            await new Promise<void>(resolve => {
              wakeServer = resolve
            })
          }
        },
      },
    })
    .finally(() => {
      ended = true
      wakeReader?.()
    })
  // The reader awaits `command` below; until then its failure is not unhandled.
  command.catch(() => undefined)

  try {
    for (;;) {
      // What came before the abort is not given on: the reader is being stopped.
      if (options.signal?.aborted) throw new SiegelError('cancelled')
      const row = queue.shift()
      if (row) {
        queuedBytes -= row.body?.length ?? 0
        if (wire.parked && !full()) release()
        yield row
      } else if (ended) {
        await command
        return
      } else {
        await new Promise<void>(resolve => {
          wakeReader = resolve
        })
        wakeReader = null
      }
    }
  } finally {
    left = true
    release()
    options.signal?.removeEventListener('abort', abort)
    if (!ended) await command.catch(() => undefined)
  }
}

function readRow(items: ReadonlyMap<string, Token>): FetchRow | null {
  const uid = numberOf(items.get('UID'))
  if (uid === null || uid < 1) return null
  const flags = items.get('FLAGS')
  let body: Buffer | null = null
  for (const [name, value] of items) if (name.startsWith('BODY[')) body = bytesOf(value)
  return {
    uid,
    flags: flags === undefined ? null : textsOf(flags),
    modseq: modseqOf(items.get('MODSEQ')),
    internalDateMs: parseInternalDate(textOf(items.get('INTERNALDATE'))),
    sizeBytes: numberOf(items.get('RFC822.SIZE')),
    body,
    structure: items.get('BODYSTRUCTURE') ?? null,
  }
}

const months = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec']

/** `" 1-Jul-2026 02:44:25 +0200"` as ms since 1970, or null when it is none (RFC 3501 date-time). */
export function parseInternalDate(text: string | null): number | null {
  const match = /^ ?(\d{1,2})-([a-z]{3})-(\d{4}) (\d{2}):(\d{2}):(\d{2}) ([+-])(\d{2})(\d{2})$/i.exec(
    text?.trim() ?? '',
  )
  if (!match) return null
  const month = months.indexOf((match[2] ?? '').toLowerCase())
  if (month < 0) return null
  const offsetMinutes = (Number(match[8]) * 60 + Number(match[9])) * (match[7] === '-' ? -1 : 1)
  const ms =
    Date.UTC(
      Number(match[3]),
      month,
      Number(match[1]),
      Number(match[4]),
      Number(match[5]),
      Number(match[6]),
    ) -
    offsetMinutes * 60_000
  return ms >= 0 && ms < 4_102_444_800_000 ? ms : null
}
