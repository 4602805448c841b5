import { type ServiceKind, serviceKind } from '../../../shared/features/accounts/model'
import { servicesOf } from '../../../shared/features/accounts/services'
import { type AccountRoute, accountRoute } from '../../../shared/features/network/model'
import type { Arguments } from '../../kit/arguments'
import { UsageError } from '../../kit/exit'
import { loadFolders } from '../../kit/folders'
import { readTextFile } from '../../kit/read-text-file'
import { withSession } from '../../kit/session'
import type { Verb } from '../../kit/verb'

/** `HOST:PORT` or `[IPv6]:PORT`. */
function placeOf(text: string): { host: string; port: number } {
  const [, six, name, port] = /^(?:\[([0-9a-fA-F:.]+)\]|([^:\s]+)):(\d{1,5})$/.exec(text) ?? []
  if (port === undefined) throw new UsageError(`--socks5 takes HOST:PORT, not "${text}"`)
  return { host: six ?? name ?? '', port: Number(port) }
}

/** User name in the first line of the file, password in the second; a password stands on no command line. */
async function loginFrom(path: string | undefined) {
  if (path === undefined) return null
  const [user = '', password = '', ...rest] = (await readTextFile(path)).split(/\r?\n/)
  if (user === '' || password === '' || rest.some(line => line !== ''))
    throw new UsageError('--login-file holds two lines: the user name, then the password')
  return { user, password }
}

/** Exactly one of the ways; null when none was asked for. */
async function routeFrom(options: Arguments): Promise<AccountRoute | null> {
  const socks5 = options.text('socks5')
  const chosen = [options.flag('direct'), options.flag('tor'), socks5 !== undefined].filter(Boolean)
  if (chosen.length > 1) throw new UsageError('give one of --direct, --tor and --socks5')
  if (options.text('login-file') !== undefined && socks5 === undefined)
    throw new UsageError('--login-file belongs to --socks5')
  if (chosen.length === 0) return null
  if (socks5 === undefined) return { kind: options.flag('tor') ? 'tor' : 'direct' }
  const login = await loginFrom(options.text('login-file'))
  const route = accountRoute.safeParse({ kind: 'socks5', ...placeOf(socks5), login })
  if (!route.success) throw new UsageError('--socks5 takes a host and a port from 1 to 65535')
  return route.data
}

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
      direct: { type: 'boolean' },
      tor: { type: 'boolean' },
      socks5: { type: 'string' },
      'login-file': { type: 'string' },
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
