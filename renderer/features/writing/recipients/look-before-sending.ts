import type { AccountId, DraftId } from '../../../../shared/kit/ids'
import type { Host } from '../../../host/host'
import { domainOf, type Levels } from './level-asker'
import { droppedLevels } from './level-words'
import { lookForKeys } from './use-key-lookups'

/** A look-up that takes longer than this does not keep a message back; it goes as what is known by then says. */
const longestMs = 15_000

/**
 * Looks, before a message goes, for keys and levels of the people who were not asked about while it was written. True when a
 * domain turned out to be worse protected than it was: that is to be seen before the message goes.
 */
export async function lookBeforeSending(
  host: Host,
  draftId: DraftId,
  accountId: AccountId,
  addresses: readonly string[],
  askLevels: (addresses: readonly string[]) => Promise<Levels>,
): Promise<boolean> {
  if (addresses.length === 0) return false
  const keys = async () => {
    const plan = await host.call('keys.plan', { draftId })
    if (plan.ok) await lookForKeys(host, withOnly(plan.value, addresses), accountId)
  }
  let timer: ReturnType<typeof setTimeout> | undefined
  const late = new Promise<null>(resolve => {
    timer = setTimeout(() => resolve(null), longestMs)
  })
  const done = await Promise.race([Promise.all([askLevels(addresses), keys()]), late])
  clearTimeout(timer)
  const domains = new Set(addresses.map(domainOf))
  const [levels] = done ?? [new Map() as Levels]
  return droppedLevels([...levels.values()].filter(({ domain }) => domains.has(domain))).length > 0
}

/** A plan with only these of its recipients, by address. */
export function withOnly<P extends { recipients: readonly { address: string }[] }>(
  plan: P,
  addresses: readonly string[],
): P {
  const wanted = new Set(addresses.map(address => address.trim().toLowerCase()))
  return { ...plan, recipients: plan.recipients.filter(({ address }) => wanted.has(address)) }
}
