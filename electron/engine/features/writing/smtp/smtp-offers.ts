import type { AccountId } from '../../../../../shared/kit/ids'
import type { SendingOffers } from '../../../ports/mail/mail-backend'

/** What submission servers offered when they were last met behind TLS; lives as long as the engine. */
export function createSmtpOffers(): SendingOffers {
  const known = new Map<AccountId, ReadonlySet<string>>()
  return {
    note: (accountId, keywords) => void known.set(accountId, new Set(keywords)),
    requireTls(accountId) {
      const offered = known.get(accountId)
      if (offered === undefined) return 'unknown'
      return offered.has('REQUIRETLS') ? 'offered' : 'missing'
    },
  }
}
