import type { ProtectionPlan } from '../../../../shared/features/writing/protection'
import type { AccountId } from '../../../../shared/kit/ids'
import type { Host } from '../../../host/host'

/** An address without a key is asked about once in this time, whoever writes to it. */
const askAgainMs = 24 * 60 * 60 * 1000

/** As often as this where nobody could be reached. */
const failedAgainMs = 60_000

/**
 * Asks the engine to look for keys of recipients who have none. It asks nobody unless the account's settings say
 * "automatic"; a key that is found arrives as a change.
 */
export function createKeyLookups(now: () => number = Date.now) {
  const askedAtMs = new Map<string, number>()
  /** Those where nobody could be reached. */
  const unreached = new Set<string>()

  const look = async (host: Pick<Host, 'call'>, accountId: AccountId, address: string): Promise<void> => {
    const what = `${accountId} ${address}`
    const before = askedAtMs.get(what)
    if (before !== undefined && now() - before < askAgainMs) return
    askedAtMs.set(what, now())
    unreached.delete(what)
    const answer = await host.call('keys.find', { address, accountId, by: 'addressing' })
    const outside = answer.ok ? answer.value.steps.filter(({ source }) => source !== 'local') : []
    // Nobody was asked: should the settings change, it is tried again.
    if (!answer.ok || outside.every(({ outcome }) => outcome === 'off')) askedAtMs.delete(what)
    // Nobody could be reached: that says nothing for a day.
    else if (outside.every(({ outcome }) => outcome === 'failed' || outcome === 'off')) {
      askedAtMs.set(what, now() - askAgainMs + failedAgainMs)
      unreached.add(what)
    }
  }

  /** `wayOpened`: Tor became ready since the last time, so who could not be reached is asked again at once. */
  return async (
    host: Pick<Host, 'call'>,
    plan: ProtectionPlan,
    accountId: AccountId,
    { wayOpened = false } = {},
  ): Promise<void> => {
    if (wayOpened) {
      for (const what of unreached) askedAtMs.delete(what)
      unreached.clear()
    }
    // Without a key of one's own nothing can be encrypted, so nobody needs to know whom one writes to.
    if (plan.reason === 'no-own-key') return
    for (const { address, state, problems } of plan.recipients)
      if (state === 'missing' && problems.length === 0) await look(host, accountId, address)
  }
}
