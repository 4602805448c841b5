import { createDavControl } from '../dav/dav-control'
import { discoverAccount } from '../features/accounts/app/discover-account'
import { testConnection } from '../features/accounts/app/test-connection'
import { imapProbe } from '../features/accounts/discovery/imap-probe'
import { knownProvider } from '../features/accounts/discovery/known-providers'
import { parseAutoconfig } from '../features/accounts/discovery/parse-autoconfig'
import { createEncryptedCollections } from '../features/collection-encryption/collections/encrypted-collections'
import { smtpProbe } from '../features/writing/smtp/smtp-probe'
import { setUpGate } from '../net/set-up-gate'
import type { EngineParts } from '../ports/parts'
import type { Base } from './base'
import type { Network } from './compose-network'

/** Finding and trying servers of accounts. */
export function composeAccounts(
  base: Base,
  { gate, policy, txt }: Network,
): Pick<EngineParts, 'setup' | 'dav' | 'encryptedCollections'> {
  const { store } = base
  const sources = { knownProvider, parseAutoconfig }
  const probes = { imap: imapProbe, smtp: smtpProbe }
  const dav = createDavControl({
    ...{ store, gate, txt, permitDuring: policy.permitDuring },
    gateFor: (way, publicOnly) => setUpGate(gate, way, publicOnly),
  })
  return {
    dav,
    encryptedCollections: createEncryptedCollections({ ...base, dav, kept: store.encryptedCollections }),
    setup: {
      discover: ({ address, way, publicOnly, localOnly }) =>
        discoverAccount(
          { gate: setUpGate(gate, way, publicOnly), policy, sources },
          address,
          localOnly ? { localOnly, way } : { localOnly },
        ),
      test: input =>
        testConnection({ gate: setUpGate(gate, input.way, input.publicOnly), policy, probes }, input),
    },
  }
}
