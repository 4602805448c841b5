import type { RemoteHeader } from '../../../../ports/mail/mail-backend'
import type { ImapContext } from '../context'
import { uidSets } from '../uid-set'
import { type Argument, atom } from '../wire'
import { fetchRows } from './fetch-rows'

/** Messages of one FETCH. The answer streams, so this only bounds what one lost connection repeats. */
const headersPerCommand = 1_000

/** What `ParsedHeader` is made of, and one mark: less to send, and servers keep these in their caches. */
const fields = [
  'MESSAGE-ID',
  'IN-REPLY-TO',
  'REFERENCES',
  'SUBJECT',
  'FROM',
  'SENDER',
  'REPLY-TO',
  'TO',
  'CC',
  'BCC',
  'DATE',
  'LIST-ID',
  // Names what the encrypted inbox has put there.
  'INBOX-ENCRYPTED',
]

/** Header fields, flags, date and size of messages, newest UIDs first by chunk. A UID without answer is left out. */
export async function* fetchHeaders(
  context: ImapContext,
  uids: readonly number[],
  signal?: AbortSignal,
): AsyncGenerator<RemoteHeader> {
  const items: Argument[] = [
    atom('UID'),
    atom('FLAGS'),
    atom('INTERNALDATE'),
    atom('RFC822.SIZE'),
    ...(context.selected?.modseq ? [atom('MODSEQ')] : []),
    { type: 'ATOM', value: 'BODY.PEEK', section: [atom('HEADER.FIELDS'), fields.map(atom)] },
  ]
  for (const chunk of [...uidSets(uids, headersPerCommand)].reverse()) {
    const wanted = new Set(chunk.uids)
    for await (const row of fetchRows(context, chunk.set, items, { wanted, ...(signal ? { signal } : {}) })) {
      if (!row.body || row.flags === null) continue
      wanted.delete(row.uid)
      yield {
        uid: row.uid,
        flags: row.flags,
        modseq: row.modseq,
        // Without a usable INTERNALDATE the message arrived now, as far as anyone knows.
        internalDateMs: row.internalDateMs ?? context.clock.now(),
        sizeBytes: row.sizeBytes ?? row.body.length,
        header: row.body,
      }
    }
  }
}
