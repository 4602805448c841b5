import { isSwitchedOff } from '../../../shared/features/accounts/services'
import type { AccountId } from '../../../shared/kit/ids'
import type { Session } from '../../kit/session'

/** What waits, each with `switchedOff: true` where mail of its account is switched off and so nothing brings it away. */
export async function withSwitchedOff<Item extends Readonly<{ accountId: AccountId; state: string }>>(
  session: Session,
  items: readonly Item[],
): Promise<(Item & { switchedOff?: true })[]> {
  const accounts = await session.call('accounts.list', {})
  const off = new Set(accounts.flatMap(each => (isSwitchedOff(each, 'mail') ? [each.id] : [])))
  const waits = ({ state }: Item) => state === 'queued' || state === 'waiting' || state === 'blocked'
  return items.map(item => (off.has(item.accountId) && waits(item) ? { ...item, switchedOff: true } : item))
}
