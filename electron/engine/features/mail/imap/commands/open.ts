import { asError, SiegelError } from '../../../../../../shared/kit/result'
import type { MailboxStatus, RemoteFlags } from '../../../../ports/mail/mail-backend'
import type { ImapContext } from '../context'
import { withIdentity } from '../identity'
import {
  fetchItemsOf,
  modseqOf,
  numberOf,
  responseCodeOf,
  type Token,
  textOf,
  textsOf,
  type WireResponse,
} from '../tokens'
import { expandUidSet } from '../uid-set'
import { type Argument, atom, sequence, text } from '../wire'

/** More vanished UIDs than this in one answer are not expanded; sync then compares all UIDs. */
const vanishedUids = 2_000_000

/** How servers without RFC 5530 codes say that a mailbox is not there: Dovecot, Cyrus, Exchange, Courier, UW, hMail. */
const goneWords =
  /(?:does ?n[o']t|does not) exist|no such (?:mailbox|folder)|(?:mailbox|folder) (?:was |is )?not found|unknown (?:mailbox|folder)|non-?existent|(?:can't|cannot|unable to) open this mailbox|not a selectable mailbox/i

const saysGone = (error: SiegelError) => goneWords.test(String(error.params['detail'] ?? ''))

type Collected = {
  uidValidity: number | null
  uidNext: number | null
  highestModseq: string | null
  exists: number | null
  vanished: number[] | null
  changed: RemoteFlags[]
  permanentFlags: string[] | null
}

const nothingYet = (): Collected => ({
  uidValidity: null,
  uidNext: null,
  highestModseq: null,
  exists: null,
  vanished: [],
  changed: [],
  permanentFlags: null,
})

/**
 * SELECT or EXAMINE, with QRESYNC (RFC 7162 §3.2.5) when `known` is given and the server has it, otherwise with
 * CONDSTORE. Throws `mailbox-missing` when the server says that there is none, `server-refused` with its words for any
 * other NO, `protocol-violation` when UIDVALIDITY or EXISTS is missing.
 */
export async function open(
  context: ImapContext,
  path: string,
  options: { readOnly: boolean; known?: { uidValidity: number; highestModseq: string } | undefined },
): Promise<MailboxStatus> {
  const { capabilities, wire } = context
  const known = capabilities.qresync ? options.known : undefined
  const parameters: Argument[] = known
    ? [[atom('QRESYNC'), [atom(String(known.uidValidity)), atom(known.highestModseq)]]]
    : capabilities.condstore
      ? [[atom('CONDSTORE')]]
      : []
  let collected = nothingYet()
  context.selected = null
  const select = () => {
    collected = nothingYet()
    return wire.run(
      options.readOnly ? 'EXAMINE' : 'SELECT',
      [text(context.names.toWire(path)), ...parameters],
      {
        untagged: {
          OK: response => {
            const code = responseCodeOf(response)
            // What came before CLOSED was said about the mailbox that was open until now (RFC 7162 §3.2.11).
            if (code?.name === 'CLOSED') collected = nothingYet()
            else if (code) readCode(collected, code)
          },
          EXISTS: response => {
            collected.exists = /^\d{1,10}$/.test(response.command)
              ? Number(response.command)
              : collected.exists
          },
          VANISHED: response => readVanished(collected, response),
          FETCH: response => {
            const row = readFlags(response)
            if (row) collected.changed.push(row)
          },
        },
      },
    )
  }
  try {
    // INBOX always exists (RFC 3501 §5.1): who refuses it has another reason, which a name may be.
    await withIdentity(context, select, error => path === 'INBOX' && !saysGone(error))
  } catch (error) {
    if (!(error instanceof SiegelError)) throw error
    const code = error.code === 'server-refused' && saysGone(error) ? 'mailbox-missing' : error.code
    if (code !== 'server-refused' && code !== 'mailbox-missing') throw error
    throw asError({ code, params: { ...error.params, mailbox: path } }, error)
  }
  const { uidValidity, exists, highestModseq } = collected
  if (uidValidity === null || uidValidity < 1 || exists === null) {
    throw new SiegelError('protocol-violation', { detail: 'no UIDVALIDITY or EXISTS', mailbox: path })
  }
  context.selected = {
    path,
    readOnly: options.readOnly,
    modseq: capabilities.condstore && highestModseq !== null,
  }
  context.changed = false
  const resynced =
    known !== undefined &&
    known.uidValidity === uidValidity &&
    highestModseq !== null &&
    collected.vanished !== null
  return {
    uidValidity,
    uidNext: collected.uidNext ?? (await guessUidNext(context, exists)),
    highestModseq,
    exists,
    vanished: resynced ? collected.vanished : null,
    changed: resynced ? collected.changed : null,
    permanentFlags: collected.permanentFlags,
  }
}

/** CLOSE would expunge what is marked \Deleted (RFC 3501 §6.4.2), so: UNSELECT, or open nothing read-only. */
export async function close(context: ImapContext): Promise<void> {
  if (!context.selected) return
  if (context.wire.has('UNSELECT')) await context.wire.run('UNSELECT')
  else if (context.selected.readOnly) await context.wire.run('CLOSE')
  context.selected = null
}

function readCode(collected: Collected, code: { name: string; values: readonly Token[] }): void {
  if (code.name === 'UIDVALIDITY') collected.uidValidity = numberOf(code.values[0])
  if (code.name === 'UIDNEXT') collected.uidNext = numberOf(code.values[0])
  if (code.name === 'PERMANENTFLAGS') collected.permanentFlags = textsOf(code.values[0])
  if (code.name === 'NOMODSEQ') collected.highestModseq = null
  if (code.name === 'HIGHESTMODSEQ') {
    const modseq = modseqOf(code.values[0])
    collected.highestModseq = modseq === '0' ? null : modseq
  }
}

function readVanished(collected: Collected, response: WireResponse): void {
  const set = textOf(response.attributes?.at(-1))
  if (set === null || collected.vanished === null) return
  try {
    for (const uid of expandUidSet(set, vanishedUids - collected.vanished.length))
      collected.vanished.push(uid)
  } catch {
    collected.vanished = null
  }
}

/** UID, flags and MODSEQ of a FETCH answer, or null when it names no UID. */
function readFlags(response: WireResponse): RemoteFlags | null {
  const items = fetchItemsOf(response)
  const uid = numberOf(items.get('UID'))
  const flags = items.get('FLAGS')
  if (uid === null || uid < 1 || flags === undefined) return null
  return { uid, flags: textsOf(flags), modseq: modseqOf(items.get('MODSEQ')) }
}

/** UIDNEXT is a SHOULD (RFC 3501 §6.3.1): without it, one more than the last message's UID. */
async function guessUidNext(context: ImapContext, exists: number): Promise<number> {
  if (exists === 0) return 1
  let highest = 0
  await context.wire.run('FETCH', [sequence('*'), [atom('UID')]], {
    untagged: {
      FETCH: response => {
        highest = Math.max(highest, numberOf(fetchItemsOf(response).get('UID')) ?? 0)
      },
    },
  })
  return highest + 1
}
