import { isRenewalDue } from '../../../../../../shared/features/keys/key-facts-at'
import type { Needs } from '../../../../ports/parts'

const dayMs = 86_400_000
/** How often it is looked whether a reminder is due; the program may run for weeks. */
const checkMs = 3_600_000

/** Tells once a day which own key in use expires soon. Answers how to stop. */
export function startRenewalReminder(context: Needs<'clock' | 'emit', 'accounts' | 'openpgp'>): () => void {
  const check = () => remindOfRenewal(context)
  const timer = setInterval(check, checkMs)
  timer.unref()
  check()
  return () => clearInterval(timer)
}

export function remindOfRenewal({
  store,
  clock,
  emit,
}: Needs<'clock' | 'emit', 'accounts' | 'openpgp'>): void {
  const nowMs = clock.now()
  const inUse = new Set(store.accounts.list().map(({ id }) => store.openpgp.settings(id).key))
  for (const { facts } of store.openpgp.ownKeys()) {
    const { fingerprint } = facts
    if (!inUse.has(fingerprint) || !isRenewalDue(facts, nowMs)) continue
    const lastMs = store.openpgp.remindedAtMs(fingerprint)
    if (lastMs !== null && nowMs - lastMs < dayMs) continue
    store.openpgp.markReminded(fingerprint)
    const endsAtMs = Math.min(facts.expiresAtMs ?? Infinity, facts.encryptionExpiresAtMs ?? Infinity)
    emit('notice', {
      code: endsAtMs <= nowMs ? 'key-expired' : 'key-expires',
      params: {
        address: facts.userIds[0]?.address ?? '',
        days: Math.max(0, Math.ceil((endsAtMs - nowMs) / dayMs)),
      },
      undoId: null,
    })
  }
}
