import { type ServiceKind, serviceKind } from '../../../shared/features/accounts/model'
import { servicesOf } from '../../../shared/features/accounts/services'
import type { Arguments } from '../../kit/arguments'
import { UsageError } from '../../kit/exit'
import { loadFolders } from '../../kit/folders'
import { routeFrom, routeOptions } from '../../kit/route-options'
import { withSession } from '../../kit/session'
import type { Verb } from '../../kit/verb'

function kindOf(options: Arguments): ServiceKind | null {
  const text = options.text('kind')
  if (text === undefined) return null
  const kind = serviceKind.safeParse(text)
  if (!kind.success) throw new UsageError(`--kind takes ${serviceKind.options.join(', ')}`)
  return kind.data
}

export const accountRouteVerbs: readonly Verb[] = [
  {
    name: 'account route',
    usage:
      'account route --account A [--kind mail|dav|xmpp] [--direct | --tor | --socks5 HOST:PORT [--login-file F]] [--yes]',
    about:
      'Show or set how an account connects, or one service of it. Leaving Tor or a proxy for something that shows more needs --yes',
    options: {
      account: { type: 'string' },
      kind: { type: 'string' },
      ...routeOptions,
      yes: { type: 'boolean' },
    },
    positionals: [0, 0],
    async run(options, output) {
      const address = options.required('account')
      const route = await routeFrom(options)
      const shown = await withSession(options, async session => {
        const account = (await loadFolders(session)).account(address)
        const { id } = account
        const service = kindOf(options) ?? servicesOf(account)[0] ?? 'mail'
        const routeNow = async () =>
          (await session.call('net.status', {})).accounts.find(
            each => each.accountId === id && each.service === service,
          )
        const before = await routeNow()
        if (!before) throw new UsageError('a local account goes nowhere')
        if (route === null) return before
        // As in the window, where main asks.
        const isWeaker = route.kind !== 'tor' && before.route.kind !== 'direct'
        if (isWeaker && !options.flag('yes'))
          throw new UsageError(
            'the servers and the network will see more than now; add --yes if that is wanted',
          )
        await session.call('net.setRoute', { accountId: id, service, route })
        return (await routeNow()) ?? before
      })
      const { proxy, kind } = shown.route
      output.result({ account: shown.address, route: shown.route, way: shown.way }, () => [
        `${shown.address}  ${shown.way}${shown.way === kind ? '' : ` (own: ${kind})`}${proxy === null ? '' : `  ${proxy.host}:${proxy.port}${proxy.user === null ? '' : ` as ${proxy.user}`}`}`,
      ])
    },
  },
]
