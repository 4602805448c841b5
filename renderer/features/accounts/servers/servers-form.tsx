import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Button } from '../../../ui/actions/button'
import { Banner } from '../../../ui/feedback/banner'
import { TextField } from '../../../ui/fields/text-field'
import { DiscoverySteps } from '../setup/discovery-steps'
import { FoundServers } from '../setup/found-servers'
import { ProviderHint } from '../setup/provider-hint'
import { TestReport } from '../setup/test-report'
import type { AccountSetupState } from '../setup/use-account-setup'
import { ServerFields } from './server-fields'
import { emptyServers, type Protocol } from './server-form'

/** The servers that were found or entered; the password goes to them only from here. */
export function ServersForm({ setup }: Readonly<{ setup: AccountSetupState }>) {
  const { t } = useTranslation(['accounts', 'common'])
  const [stepsShown, setStepsShown] = useState(false)
  const { discovery, chosen, byHand, servers, mail, step, report } = setup
  const testing = step === 'testing'
  const found = (protocol: Protocol) => {
    const one = chosen[protocol]
    if (one === undefined) return null
    return (
      <FoundServers
        protocol={protocol}
        servers={discovery?.[protocol] ?? []}
        chosen={one}
        onChoose={server => setup.setChosen({ ...chosen, [protocol]: server })}
      />
    )
  }
  const nothingFound = discovery !== null && (chosen.imap === undefined || chosen.smtp === undefined)
  return (
    <form
      className="account-form"
      onSubmit={event => {
        event.preventDefault()
        if (!testing) void setup.testAndAdd()
      }}
    >
      {nothingFound ? <Banner tone="notice">{t('accounts:discovery.nothingFound')}</Banner> : null}
      {byHand !== null ? (
        <ServerFields servers={byHand} onChange={setup.setByHand} beginsHere={byHand.imap.host === ''} />
      ) : (
        <div className="account-servers">
          {found('imap')}
          {found('smtp')}
        </div>
      )}
      <div className="account-links">
        {discovery === null ? null : (
          <Button variant="plain" aria-expanded={stepsShown} onPress={() => setStepsShown(!stepsShown)}>
            {stepsShown ? t('accounts:discovery.hideSteps') : t('accounts:discovery.showSteps')}
          </Button>
        )}
        {byHand === null ? (
          <Button variant="plain" onPress={() => setup.setByHand(servers ?? emptyServers(setup.address))}>
            {t('accounts:change')}
          </Button>
        ) : discovery === null || nothingFound ? null : (
          <Button variant="plain" onPress={() => setup.setByHand(null)}>
            {t('accounts:useFound')}
          </Button>
        )}
      </div>
      {stepsShown && discovery !== null ? <DiscoverySteps steps={discovery.steps} /> : null}
      {discovery === null ? null : <ProviderHint hint={discovery.hint} provider={discovery.providerName} />}
      <TextField
        label={t('accounts:fields.password')}
        description={t('accounts:fields.passwordHint')}
        type="password"
        autoComplete="off"
        value={setup.password}
        onChange={setup.setPassword}
        maxLength={4096}
        isDisabled={testing}
        autoFocus={byHand === null}
      />
      {report === null || report.ok ? null : (
        <TestReport
          report={report}
          title={<h3 className="account-report-title">{t('accounts:test.failed')}</h3>}
          onPinned={() => void setup.testAndAdd()}
          onSecurity={setup.changeSecurity}
        />
      )}
      <div className="account-actions">
        <Button variant="plain" onPress={setup.back}>
          {t('accounts:back')}
        </Button>
        <span className="account-space" />
        <Button
          type="submit"
          variant="primary"
          busy={testing}
          isDisabled={mail === null || setup.password === ''}
        >
          {testing
            ? t('accounts:test.running')
            : report !== null && !report.ok
              ? t('accounts:test.again')
              : t('accounts:test.andAdd')}
        </Button>
      </div>
    </form>
  )
}
