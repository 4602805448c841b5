import { type AccountRoute, accountRoute, type ShownRoute } from '../../../../shared/features/network/model'

/** A way as it is typed. */
export type TypedWay = Readonly<{
  kind: ShownRoute['kind']
  host: string
  port: string
  user: string
  password: string
}>

export const directWay: TypedWay = { kind: 'direct', host: '', port: '1080', user: '', password: '' }

export const typedWay = ({ kind, proxy }: ShownRoute): TypedWay => ({
  ...directWay,
  kind,
  ...(proxy === null ? {} : { host: proxy.host, port: String(proxy.port), user: proxy.user ?? '' }),
})

/** Null while what is typed is no way. */
export function routeOf({ kind, host, port, user, password }: TypedWay): AccountRoute | null {
  if (kind === 'unreadable') return null
  if (kind !== 'socks5') return { kind }
  const login = user === '' ? null : { user, password }
  const route = { kind, host: host.trim(), port: Number(port), login }
  return accountRoute.safeParse(route).data ?? null
}
