import '../accounts.css'
import { useTranslation } from 'react-i18next'
import type { AccountSummary } from '../../../../shared/features/accounts/model'
import { useFailureWords } from '../../../i18n/use-failure-words'
import { Banner } from '../../../ui/feedback/banner'
import { ServersForm } from '../servers/servers-form'
import { PersonForm } from './person-form'
import { type Provider, useAccountSetup } from './use-account-setup'

export type AccountSetupProps = Readonly<{
  provider: Provider
  onDone: (account: AccountSummary) => void
  onLeave: () => void
}>

/** Sets up an account: who, which servers and how they were found, then a test, then it is added. */
export function AccountSetup({ provider, onDone, onLeave }: AccountSetupProps) {
  const { t } = useTranslation('accounts')
  const words = useFailureWords()
  const setup = useAccountSetup(provider, onDone)
  const atPerson = setup.step === 'person' || setup.step === 'looking'
  const problem = setup.failure === null ? null : words(setup.failure)
  return (
    <div className="account-setup">
      <p className="account-setup-text">
        {atPerson
          ? provider === 'mailbox.org'
            ? t('setup.mailboxOrgText')
            : t('setup.personText')
          : t(setup.byHand === null ? 'setup.serversText' : 'setup.byHandText', {
              address: setup.address.trim(),
            })}
      </p>
      {problem === null ? null : (
        <Banner tone="danger" title={problem.what}>
          {problem.why} {problem.fix} {problem.facts.join(' ')}
        </Banner>
      )}
      {atPerson ? (
        <PersonForm setup={setup} provider={provider} onLeave={onLeave} />
      ) : (
        <ServersForm setup={setup} />
      )}
    </div>
  )
}
