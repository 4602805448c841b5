import type { ServiceKind } from '../../../../shared/features/accounts/model'
import type { AccountRoute } from '../../../../shared/features/network/model'
import type { AccountId } from '../../../../shared/kit/ids'
import type { ConnectionPurpose } from '../../../../shared/kit/status'

/** Who wants to go where, for what. The whole policy is made of these. */
export type GateRequest = Readonly<{
  accountId: AccountId | null
  purpose: ConnectionPurpose
  host: string
  port: number
  /** A stranger named the host (a recipient's domain did): never into the network around this machine. */
  publicOnly?: true
  /** Through Tor whatever the configuration says: for set-up, before an account has a route. Never the other way. */
  overTor?: true
  /** An answer of DNS that nothing proves named the host: what its zone says of its certificates is then worth nothing. */
  namedUnproved?: true
  /** By the way of this account, which is not the one that asks: for set-up while everything else goes through a proxy. */
  likeAccount?: AccountId
  /** By a way of its own, for what belongs to no account; requests with another `circuit` never share one in Tor. */
  ownWay?: Readonly<{ route: AccountRoute; circuit: string }>
  /** For which service of that account, where the purpose does not say: a look-up goes the way of what it is for. */
  service?: ServiceKind
}>
