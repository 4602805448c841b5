import type { Needs } from '../../../ports/parts'
import { clearProblem } from '../sync/keep-books'

/** The encrypted inbox that stood still for a locked key goes on; also a job that was stopped for it. */
export function goOnUnlocked({
  store,
  inboxEncryption,
}: Needs<'inboxEncryption', 'accounts' | 'inboxEncryption'>): void {
  for (const { id } of store.accounts.list()) {
    if (store.inboxEncryption.settings(id).problem?.code !== 'key-locked') continue
    clearProblem(store, id)
    const job = store.inboxEncryption.job(id)
    if (job?.state === 'paused') store.inboxEncryption.saveJob(id, { ...job, state: 'running' })
    inboxEncryption.kick(id)
  }
}
