import { type AccountSummary, type ServiceKind, serviceKind } from '../../../shared/features/accounts/model'
import { servicesOf } from '../../../shared/features/accounts/services'
import { SiegelError } from '../../../shared/kit/result'
import type { Arguments } from '../../kit/arguments'
import { UsageError } from '../../kit/exit'

/** The kind of service that `--kind` names. */
export function kindFrom(options: Arguments): ServiceKind {
  const kind = serviceKind.safeParse(options.required('kind'))
  if (!kind.success) throw new UsageError(`--kind takes ${serviceKind.options.join(', ')}`)
  return kind.data
}

/** The kind that is named; without a word the one service that an account has. */
export function kindOfAccount(options: Arguments, account: AccountSummary): ServiceKind {
  if (options.text('kind') !== undefined) return kindFrom(options)
  const [kind, ...others] = servicesOf(account)
  if (kind === undefined) throw new SiegelError('account-is-local', {})
  if (others.length > 0)
    throw new UsageError(`--kind is missing: ${account.config.address} has ${[kind, ...others].join(', ')}`)
  return kind
}
