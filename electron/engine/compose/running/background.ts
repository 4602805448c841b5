import { goOnUnlocked } from '../../features/inbox-encryption/app/go-on-unlocked'
import { forgetUnwanted, startIndexingDecrypted } from '../../features/mail/app/read/index-decrypted'
import { createTorReadiness } from '../../features/network/app/tor-ready'
import type { EngineParts } from '../../ports/parts'
import type { Network } from '../compose-network'

/** Starts what goes on without being asked and is of more than one feature. Returns a function that stops it. */
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
  ]
  if (parts.background)
    stops.push(
      parts.store.onChange(entity => {
        if (entity === 'event' || entity === 'contact') parts.davSync.changed()
      }),
      startIndexingDecrypted(parts, () => goOnUnlocked(parts)),
    )
  return () => {
    for (const stop of stops) stop()
  }
}
