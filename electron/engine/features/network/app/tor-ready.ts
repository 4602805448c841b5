import { isServiceOn } from '../../../../../shared/features/accounts/services'
import type { Needs } from '../../../ports/parts'

/**
 * To be called whenever Tor's state may be new. A Tor that became ready wakes what waited for it: the accounts that go
 * through it, their outbox, and the levels of recipients that could not be told. Without this only the clock would.
 */
export function createTorReadiness(
  context: Needs<'network' | 'outbox' | 'sync' | 'transport', 'accounts'>,
): () => void {
  const { store, network } = context
  let wasReady = network.torStatus().state === 'ready'
  return () => {
    const isReady = network.torStatus().state === 'ready'
    const becameReady = isReady && !wasReady
    wasReady = isReady
    if (!becameReady) return
    for (const { id } of store.accounts.list().filter(account => isServiceOn(account, 'mail'))) {
      const { kind } = network.wayOf({ accountId: id, purpose: 'imap', host: '', port: 0 })
      if (kind !== 'tor') continue
      context.sync.wayOpened(id)
      context.outbox.wake(id)
    }
    context.transport.wayOpened()
  }
}
