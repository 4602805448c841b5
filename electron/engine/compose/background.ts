import { goOnUnlocked } from '../features/inbox-encryption/app/go-on-unlocked'
import { startRenewalReminder } from '../features/keys/app/own/remind-renewal'
import { startRenewingSearch } from '../features/mail/app/list/renew-search'
import { forgetUnwanted, startIndexingDecrypted } from '../features/mail/app/read/index-decrypted'
import { createTorReadiness } from '../features/network/app/tor-ready'
import { startDraftUploads } from '../features/writing/app/draft/upload-drafts'
import type { EngineParts } from '../ports/parts'
import type { Network } from './compose-network'

/** Starts what goes on without being asked. Returns a function that stops it. */
export function startBackground(
  parts: EngineParts,
  { onTorChange }: Pick<Network, 'onTorChange'>,
): () => void {
  const stops = [
    onTorChange(createTorReadiness(parts)),
    parts.store.onChange(entity => {
      if (entity !== 'key') return
      parts.opened.clear()
      forgetUnwanted(parts)
    }),
    startRenewingSearch(parts),
  ]
  if (parts.background)
    stops.push(
      startRenewalReminder(parts),
      startDraftUploads(parts),
      startIndexingDecrypted(parts, () => goOnUnlocked(parts)),
    )
  return () => {
    for (const stop of stops) stop()
  }
}
