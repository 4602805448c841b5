import type { AccountSummary } from '../../../shared/features/accounts/model'
import type { OwnKey } from '../../../shared/features/keys/model'
import type { Host } from '../../host/host'
import { runCommand } from '../run-command'

const yearsOfFirstKey = 2

/** That many years from now, in ms since 1970: when a key made now is to end. */
export const inYears = (years: number): number => new Date().setFullYear(new Date().getFullYear() + years)

/** A first key for an account, as it is offered without further questions. Null after a failure, which is said. */
export function makeFirstKey(host: Host, { id, config }: AccountSummary): Promise<OwnKey | null> {
  return runCommand(host, 'keys.generate', {
    name: config.displayName,
    address: config.address,
    accountId: id,
    version: 4,
    expiresAtMs: inYears(yearsOfFirstKey),
  })
}
