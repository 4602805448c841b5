import type { RemoteFlags } from '../../../../ports/mail/mail-backend'
import type { ImapContext } from '../context'
import { uidSets } from '../uid-set'
import { atom } from '../wire'
import { fetchRows } from './fetch-rows'

const flagsPerCommand = 20_000

/** Flags of some messages or of all, or (CONDSTORE, RFC 7162 §3.1.4) only those that changed since a MODSEQ. */
export async function* fetchFlags(
  context: ImapContext,
  options: { uids?: readonly number[]; changedSince?: string },
): AsyncGenerator<RemoteFlags> {
  const chunks = options.uids
    ? uidSets(options.uids, flagsPerCommand).map(({ set, uids }) => ({ set, wanted: new Set(uids) }))
    : [{ set: '1:*', wanted: null }]
  const items = [atom('UID'), atom('FLAGS'), ...(context.selected?.modseq ? [atom('MODSEQ')] : [])]
  const changedSince = context.selected?.modseq ? options.changedSince : undefined
  for (const { set, wanted } of chunks) {
    for await (const row of fetchRows(context, set, items, {
      wanted,
      ...(changedSince === undefined ? {} : { changedSince }),
    })) {
      if (row.flags !== null) yield { uid: row.uid, flags: row.flags, modseq: row.modseq }
    }
  }
}
