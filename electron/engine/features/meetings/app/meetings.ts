import type { ServiceKind } from '../../../../../shared/features/accounts/model'
import { servicesOf } from '../../../../../shared/features/accounts/services'
import { meetingPlacesOf } from '../../../../../shared/features/meetings/places'
import type { AccountId } from '../../../../../shared/kit/ids'
import { SiegelError } from '../../../../../shared/kit/result'
import type { GateRequest } from '../../../ports/net/gate'
import type { Needs } from '../../../ports/parts'
import type { UseCases } from '../../../ports/use-cases'

type Asked = Readonly<{ url: string; accountId: AccountId | null; service: ServiceKind | null }>
type Kind = ReturnType<Needs<'network'>['network']['wayOf']>['kind']

/** From what hides nothing to what lets nothing through. */
const strictness: readonly Kind[] = ['direct', 'socks5', 'tor', 'refused']

/** Where TURN is spoken beside the port of the pages (RFC 8656 §3.1, and 443 to come through walls). */
const turnPorts = [443, 3478, 5349]

/** Meetings in a window of their own: what they may reach, by whose way, and the door to it. */
export function meetingUseCases(
  context: Needs<'network' | 'meetingDoors', 'accounts' | 'settings'>,
): Pick<UseCases, 'meetings.look' | 'meetings.begin' | 'meetings.end'> {
  const { store, network, meetingDoors } = context

  /** Whose way it goes: the asking service's; of nobody the strictest of all, as a set-up does. */
  const wayFor = ({ accountId, service }: Asked): Readonly<{ kind: Kind; marks: Partial<GateRequest> }> => {
    const kindOf = (marks: Partial<GateRequest>): Kind =>
      network.wayOf({ accountId, purpose: 'meeting', host: '', port: 0, ...marks }).kind
    if (accountId !== null) {
      const account = store.accounts.list().find(({ id }) => id === accountId)
      if (account === undefined) throw new SiegelError('not-found', { what: 'account' })
      const has = service !== null && servicesOf(account).includes(service)
      const marks = has ? { service } : {}
      return { kind: kindOf(marks), marks }
    }
    const choices: Partial<GateRequest>[] = store.accounts
      .list()
      .flatMap(account =>
        servicesOf(account).map(each => ({ likeAccount: account.id, service: each }) as const),
      )
    return [{}, ...choices]
      .map(marks => ({ kind: kindOf(marks), marks }))
      .reduce((best, each) => (strictness.indexOf(each.kind) > strictness.indexOf(best.kind) ? each : best))
  }

  const look = (asked: Asked) => {
    const { meetingPlaces, offline } = store.settings.get()
    const found = meetingPlacesOf(asked.url, meetingPlaces)
    if (found === null) throw new SiegelError('meeting-bad-address')
    const { kind, marks } = wayFor(asked)
    return { ...found, way: kind, isOffline: offline, marks }
  }

  return {
    'meetings.look': asked => {
      const { marks: _, ...seen } = look(asked)
      return seen
    },
    'meetings.begin': async asked => {
      const { url, host, hosts, isOwn, isOffline, marks } = look(asked)
      const name = new URL(url).hostname
      const check = () => {
        if (['tor', 'refused'].includes(wayFor(asked).kind)) throw new SiegelError('meeting-hidden', { name })
      }
      check()
      if (isOffline) throw new SiegelError('offline', { host: name, port: 443 })
      const places = [host, ...hosts].flatMap(each => {
        const { hostname, port } = new URL(`https://${each}`)
        return [...new Set([port === '' ? 443 : Number(port), ...turnPorts])].map(
          (port): GateRequest => ({
            ...{ accountId: asked.accountId, purpose: 'meeting', host: hostname, port },
            ...marks,
            // A place that the person set up may lie in the network around this machine; what a mail names may not.
            ...(isOwn ? {} : { publicOnly: true as const }),
          }),
        )
      })
      const door = await meetingDoors.open({ places, check })
      return { url, host, hosts, ...door }
    },
    'meetings.end': ({ id }) => {
      meetingDoors.close(id)
      return {}
    },
  }
}
