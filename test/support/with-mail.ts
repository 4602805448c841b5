import type { AccountConfig, MailService } from '../../shared/features/accounts/model'
import { mailServiceOf } from '../../shared/features/accounts/services'

/** The mail service that a test gave to its account. */
export function mailOf(config: AccountConfig): MailService {
  const mail = mailServiceOf({ config })
  if (mail === null) throw new Error('the account has no mail')
  return mail
}

/** The same account with something of its mail service changed. */
export const withMail = (config: AccountConfig, change: Partial<MailService>): AccountConfig => ({
  ...config,
  services: { ...config.services, mail: { ...mailOf(config), ...change } },
})
