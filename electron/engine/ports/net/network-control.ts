import type { TorStatus } from '../../../../shared/features/network/model'
import type { AddressTransport, TransportLevel } from '../../../../shared/features/network/transport'
import type { AccountId } from '../../../../shared/kit/ids'
import type { GateRequest } from './gate'

/** What use cases need of transport security: `transport/transport-levels.ts` is the real one. */
export type TransportControl = {
  levels(addresses: readonly string[], accountId: AccountId | null): Promise<AddressTransport[]>
  /** What is known without asking anybody. */
  known(addresses: readonly string[]): AddressTransport[]
  accept(domain: string): TransportLevel
  /** What could not be told for want of a way is asked again. */
  wayOpened(): void
}

/** What use cases need of the ways out: `net/ways.ts`, `net/egress-policy.ts` and `tor/tor.ts` are the real ones. */
export type NetworkControl = {
  wayOf(
    request: GateRequest,
  ): Readonly<{ kind: 'direct' } | { kind: 'tor' | 'socks5'; onion: string | null } | { kind: 'refused' }>
  permitted(): readonly GateRequest[]
  newIdentity(accountId: AccountId | null): void
  torStatus(): TorStatus
  /** Looks for a running Tor; starts none. */
  lookForTor(): Promise<TorStatus>
  torSettingsChanged(): Promise<void>
}
