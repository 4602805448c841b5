import { SiegelError } from '../../../../../../shared/kit/result'
import type { ImapContext } from '../context'
import { uidSets } from '../uid-set'
import { sequence } from '../wire'
import { storeFlags, uidsPerChange } from './store-flags'

/**
 * \Deleted and UID EXPUNGE (RFC 4315 §2.1). Without UIDPLUS throws `capability-missing` before anything is
 * marked: a plain EXPUNGE would also remove what other clients have marked.
 */
export async function expunge(context: ImapContext, uids: readonly number[]): Promise<void> {
  demandUidplus(context)
  await storeFlags(context, uids, { add: ['\\Deleted'], remove: [] })
  await uidExpunge(context, uids)
}

export async function uidExpunge(context: ImapContext, uids: readonly number[]): Promise<void> {
  for (const { set } of uidSets(uids, uidsPerChange)) await context.wire.run('UID EXPUNGE', [sequence(set)])
}

/** As `expunge`, for messages that are marked already: what somebody unmarked meanwhile stays. */
export async function expungeMarked(context: ImapContext, uids: readonly number[]): Promise<void> {
  demandUidplus(context)
  await uidExpunge(context, uids)
}

function demandUidplus({ capabilities }: ImapContext): void {
  if (!capabilities.uidplus) throw new SiegelError('capability-missing', { capability: 'UIDPLUS' })
}
