import { type AccountRoute, accountRoute, type ShownRoute } from '../../../../shared/features/network/model'

/** The way of an account as it stands in fields. The password is empty until it is typed: it is never shown. */
export type RouteFields = Readonly<{
  kind: AccountRoute['kind'] | null
  host: string
  port: string
  user: string
  password: string
}>

export const fieldsOf = ({ kind, proxy }: ShownRoute): RouteFields => ({
  kind: kind === 'unreadable' ? null : kind,
  host: proxy?.host ?? '',
  port: String(proxy?.port ?? 1080),
  user: proxy?.user ?? '',
  password: '',
})

/** The way the fields describe, or null while something is missing: a user without password counts as that. */
export function routeOf({ kind, host, port, user, password }: RouteFields): AccountRoute | null {
  const login = user === '' && password === '' ? null : { user, password }
  const route = kind === 'socks5' ? { kind, host: host.trim(), port: Number(port), login } : { kind }
  return accountRoute.safeParse(route).data ?? null
}
