import type { Arguments } from '../../kit/arguments'
import { UsageError } from '../../kit/exit'

/** The way that was asked for; nothing: the strictest in use. */
export function routeFrom(options: Arguments) {
  if (options.flag('tor') && options.flag('direct')) throw new UsageError('give one of --tor and --direct')
  if (options.flag('tor')) return { route: { kind: 'tor' as const } }
  return options.flag('direct') ? { route: { kind: 'direct' as const } } : {}
}
