import type { AccountSummary } from '../../../shared/features/accounts/model'
import { isServiceOn, placesOf, servicesOf } from '../../../shared/features/accounts/services'
import type { EgressPolicy, GateRequest } from '../ports/net/gate'
import { normalHost } from './host-name'

/** The policy with a door for set-up, where places are tried before an account exists. */
export type ConfiguredEgressPolicy = EgressPolicy & {
  /** Permits exactly these requests until `work` is settled. */
  permitDuring<T>(requests: readonly GateRequest[], work: () => Promise<T>): Promise<T>
  /** What the configuration permits now, for showing. */
  list(): readonly GateRequest[]
}

/**
 * Permits what the configuration names: the servers of each account's services that are on, for their own purpose, what belongs to no
 * account and is named (`others`), and nothing else.
 */
export function createEgressPolicy(deps: {
  accounts: () => readonly AccountSummary[]
  others?: () => readonly GateRequest[]
}): ConfiguredEgressPolicy {
  /** Counted, because two tries of the same place may overlap. */
  const temporary = new Map<string, number>()
  const others = () => deps.others?.() ?? []

  return {
    permits(request) {
      const key = keyOf(request)
      return (
        temporary.has(key) ||
        deps.accounts().some(account => requestsOf(account).some(each => keyOf(each) === key)) ||
        others().some(each => keyOf(each) === key)
      )
    },
    list: () => [...deps.accounts().flatMap(requestsOf), ...others()],
    async permitDuring(requests, work) {
      const keys = requests.map(keyOf)
      for (const key of keys) temporary.set(key, (temporary.get(key) ?? 0) + 1)
      try {
        return await work()
      } finally {
        for (const key of keys) {
          const left = (temporary.get(key) ?? 1) - 1
          if (left > 0) temporary.set(key, left)
          else temporary.delete(key)
        }
      }
    },
  }
}

/** The places one account may be reached at: those of its services that are on. */
const requestsOf = (account: AccountSummary): readonly GateRequest[] =>
  servicesOf(account)
    .filter(kind => isServiceOn(account, kind))
    .flatMap(kind =>
      placesOf(account, kind).map(({ purpose, server: { host, port } }) => ({
        ...{ accountId: account.id, purpose, host, port },
      })),
    )

const keyOf = (request: GateRequest) =>
  `${request.accountId ?? ''} ${request.purpose} ${normalHost(request.host)} ${request.port}`
