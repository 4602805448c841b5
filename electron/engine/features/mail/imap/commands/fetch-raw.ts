import { limits } from '../../../../ports/limits'
import type { ImapContext } from '../context'
import { uidSets } from '../uid-set'
import { type Argument, atom } from '../wire'
import { fetchRows } from './fetch-rows'

/** Messages of one FETCH; they stream, so memory does not grow with it. */
const messagesPerCommand = 1_000

/**
 * Whole messages (BODY.PEEK[]), byte-exact: imapflow gives a literal only when all of its announced bytes came.
 * RFC822.SIZE may lie (it does on Exchange): the literal's length is what counts. A message over `maxBytes`, an
 * empty answer, and a UID without answer are left out; the caller sees which ones did not come.
 */
export async function* fetchRaw(
  context: ImapContext,
  uids: readonly number[],
  options: { maxBytes: number; signal?: AbortSignal },
): AsyncGenerator<{ uid: number; raw: Uint8Array }> {
  const items: Argument[] = [atom('UID'), { type: 'ATOM', value: 'BODY.PEEK', section: [] }]
  for (const chunk of [...uidSets(uids, messagesPerCommand)].reverse()) {
    const wanted = new Set(chunk.uids)
    for await (const row of fetchRows(context, chunk.set, items, {
      wanted,
      ...(options.signal ? { signal: options.signal } : {}),
    })) {
      if (!row.body || row.body.length === 0) continue
      wanted.delete(row.uid)
      if (row.body.length > Math.min(options.maxBytes, limits.messageBytes)) {
        context.log.warn('message left out: too large', { uid: row.uid, sizeBytes: row.body.length })
        continue
      }
      yield { uid: row.uid, raw: row.body }
    }
  }
}
