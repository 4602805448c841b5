import type { FeatureCarrying } from '../../../kit/feature'
import type { CarryRow } from '../../../store/keep/carry-over'

/** Drafts let go of mail that is downloaded again, and of a lost account; what was to be sent waits in another one. */
export function writingCarryOver({
  insert,
  shelterAccount,
}: FeatureCarrying): Readonly<Record<string, CarryRow>> {
  return {
    drafts: row => {
      const kept = { ...row, relation_message: null, server_message: null, uploaded_revision: null }
      return insert('drafts', kept) || insert('drafts', { ...kept, account: null })
    },
    outbox: row => insert('outbox', { ...row, account: shelterAccount(row['account']) }),
  }
}
