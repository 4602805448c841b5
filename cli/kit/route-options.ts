import { type AccountRoute, accountRoute } from '../../shared/features/network/model'
import type { Arguments } from './arguments'
import { UsageError } from './exit'
import { readTextFile } from './read-text-file'

/** Options that `routeFrom` reads. */
export const routeOptions = {
  direct: { type: 'boolean' },
  tor: { type: 'boolean' },
  socks5: { type: 'string' },
  'login-file': { type: 'string' },
} as const

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
export async function routeFrom(options: Arguments): Promise<AccountRoute | null> {
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
