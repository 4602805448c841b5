import { dnsServerText } from '../../../shared/features/network/dns-servers'
import type { TransportLevel } from '../../../shared/features/network/transport'
import { asError, SiegelError } from '../../../shared/kit/result'
import type { CallEngine, MainHandlers } from '../answer-call'

/** What is given up; asked about in a window of main's own. */
export type LowerLevelQuestion = Pick<TransportLevel, 'domain' | 'level'> &
  Readonly<{ previous: NonNullable<TransportLevel['previous']> }>

/** True only when the user said yes. */
export type ConfirmLowerLevel = (question: LowerLevelQuestion) => Promise<boolean>

/** Places that look-ups did not go to before, as texts; none: back to the servers of the system. */
export type ConfirmDnsServers = (places: readonly string[]) => Promise<boolean>

/** What makes the way to recipients weaker, or shows look-ups to somebody else. The engine's own word counts, not the page's. */
export const transportHandlers = ({
  confirm,
  confirmServers,
  callEngine,
}: {
  confirm: ConfirmLowerLevel
  confirmServers: ConfirmDnsServers
  callEngine: CallEngine
}): Pick<MainHandlers, 'transport.acceptLower' | 'transport.chooseServers'> => ({
  async 'transport.acceptLower'({ domain, accountId }) {
    const result = await callEngine('transport.levels', { addresses: [`postmaster@${domain}`], accountId })
    const now = result.ok ? result.value[0] : undefined
    if (!result.ok || now === undefined || now.domain === '')
      throw new SiegelError('not-found', { what: 'domain' })
    const { level, previous, dropped } = now
    if (!dropped || previous === null) return { accepted: false }
    if (!(await confirm({ domain: now.domain, level, previous }))) return { accepted: false }
    const accepted = await callEngine('transport.accept', { domain: now.domain })
    if (accepted.ok) return { accepted: true }
    throw asError(accepted.error)
  },

  async 'transport.chooseServers'({ servers }) {
    const before = await callEngine('transport.servers', {})
    // A list that cannot be read holds nobody that was agreed to.
    const known = new Set(before.ok ? before.value.map(dnsServerText) : [])
    const places = servers.map(dnsServerText).filter(place => !known.has(place))
    const isOther = places.length > 0 || (servers.length === 0 && !(before.ok && known.size === 0))
    if (isOther && !(await confirmServers(places))) return { changed: false }
    const set = await callEngine('transport.setServers', { servers })
    if (set.ok) return { changed: true }
    throw asError(set.error)
  },
})
