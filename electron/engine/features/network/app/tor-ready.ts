import type { ServiceKind } from '../../../../../shared/features/accounts/model'
import { isServiceOn } from '../../../../../shared/features/accounts/services'
import type { ConnectionPurpose } from '../../../../../shared/kit/status'
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
    for (const account of store.accounts.list()) {
      const isByTor = (service: ServiceKind, purpose: ConnectionPurpose) =>
        isServiceOn(account, service) &&
        network.wayOf({ accountId: account.id, purpose, host: '', port: 0 }).kind === 'tor'
      const hasMail = isByTor('mail', 'imap')
      if (hasMail || isByTor('dav', 'dav') || isByTor('xmpp', 'xmpp')) context.sync.wayOpened(account.id)
      if (hasMail) context.outbox.wake(account.id)
    }
    context.transport.wayOpened()
  }
}
