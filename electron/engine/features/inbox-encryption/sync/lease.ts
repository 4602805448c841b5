import { leaseKeyword } from '../../../ports/keys/inbox-encryption'
import type { MailboxStatus, RemoteHeader } from '../../../ports/mail/mail-backend'
import { mayStore } from './flags-to-keep'
import type { ReplaceContext } from './replace-context'

/** A lease that is older than this counts for nothing any more: its owner may have been suspended. */
const leaseHoldsMs = 10 * 60_000
/** A lease of another client that stands this long was left behind by one that died. Far longer than one holds. */
export const leaseAbandonedMs = 60 * 60_000

/**
 * Which messages this client alone replaces. With CONDSTORE exactly one of several clients gets each message; without
 * it a lease only makes a meeting unlikely, and copies of two clients are told apart afterwards.
 */
export class Lease {
  readonly uids: ReadonlySet<number>
  readonly #sure: boolean
  readonly #sinceMs: number
  readonly #now: () => number

  constructor(uids: Iterable<number>, options: { sure: boolean; now: () => number }) {
    this.uids = new Set(uids)
    this.#sure = options.sure
    this.#now = options.now
    this.#sinceMs = options.now()
  }

  /** True while no other client can be at the same message. */
  get excludesOthers(): boolean {
    return this.#sure && this.#now() - this.#sinceMs < leaseHoldsMs
  }
}

/** Marks messages of the open mailbox. What somebody changed since `facts` were fetched is not taken. */
export async function takeLease(
  { session, clock }: ReplaceContext,
  status: MailboxStatus,
  facts: readonly RemoteHeader[],
  stolen: boolean,
): Promise<Lease> {
  const uids = facts.map(each => each.uid)
  const now = () => clock.now()
  if (!mayStore(status.permanentFlags, leaseKeyword)) return new Lease(uids, { sure: false, now })
  const change = { add: [leaseKeyword], remove: [] }
  const modseq = highestModseq(facts)
  if (!session.capabilities.condstore || modseq === null) {
    await session.storeFlags(uids, change)
    return new Lease(uids, { sure: false, now })
  }
  const left = new Set(await session.storeFlagsIfUnchanged(uids, change, modseq))
  return new Lease(
    uids.filter(uid => !left.has(uid)),
    { sure: !stolen, now },
  )
}

/** Takes the mark off what stays as it is. */
export async function giveLeaseBack(
  { session }: ReplaceContext,
  status: MailboxStatus,
  uids: readonly number[],
): Promise<void> {
  if (uids.length === 0 || !mayStore(status.permanentFlags, leaseKeyword)) return
  await session.storeFlags(uids, { add: [], remove: [leaseKeyword] })
}

/** The highest mod-sequence among messages: what is above it was changed after they were fetched. Null without CONDSTORE. */
export function highestModseq(facts: readonly RemoteHeader[]): string | null {
  let highest = 0n
  for (const { modseq } of facts) {
    if (modseq === null) return null
    if (BigInt(modseq) > highest) highest = BigInt(modseq)
  }
  return highest > 0n ? highest.toString() : null
}
