import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useLiveQuery } from '../../../state/live/use-live-query'
import { Button } from '../../../ui/actions/button'
import { Switch } from '../../../ui/actions/switch'
import { Spinner } from '../../../ui/feedback/spinner'
import { TextField } from '../../../ui/fields/text-field'
import { isAddress } from '../servers/server-form'
import { LookUpQuestion } from './look-up-question'
import { ProviderHint } from './provider-hint'
import type { AccountSetupState, Provider } from './use-account-setup'

const places = ['ispdb-snapshot', 'provider-autoconfig', 'srv', 'guess'] as const

/** Who writes: address, name and the way out, which counts from the first look-up on. Leads to the search, or past it. */
export function PersonForm({
  setup,
  provider,
  onLeave,
}: Readonly<{ setup: AccountSetupState; provider: Provider; onLeave: () => void }>) {
  const { t } = useTranslation(['accounts', 'common'])
  const [asked, setAsked] = useState(false)
  const { address, step, unasked } = setup
  const everything = useLiveQuery('net.status', {}).data?.settings.forEverything === true
  const looking = step === 'looking'
  return (
    <form
      className="account-form"
      onSubmit={event => {
        event.preventDefault()
        setAsked(true)
        // Return in a field never answers the question below.
        if (!looking && unasked === null) void setup.discover('nobody')
      }}
    >
      {provider === 'mailbox.org' ? <ProviderHint hint="mailbox.org-app-password" provider={null} /> : null}
      <TextField
        label={t('accounts:fields.displayName')}
        description={t('accounts:fields.displayNameHint')}
        value={setup.displayName}
        onChange={setup.setDisplayName}
        maxLength={200}
        autoFocus
        isDisabled={looking}
      />
      <TextField
        label={t('accounts:fields.address')}
        placeholder={provider === 'mailbox.org' ? 'name@mailbox.org' : 'name@example.org'}
        value={address}
        onChange={setup.setAddress}
        maxLength={320}
        inputMode="email"
        spellCheck="false"
        isDisabled={looking}
        error={asked && !isAddress(address) ? t('accounts:fields.addressBad') : null}
      />
      <Switch
        label={t('accounts:discovery.overTor')}
        description={t('accounts:discovery.overTorText')}
        isSelected={setup.overTor || everything}
        isDisabled={looking || everything}
        onChange={setup.setOverTor}
      />
      {looking ? (
        <div className="account-looking" role="status">
          <p>
            <Spinner /> {t('accounts:discovery.looking')}
          </p>
          <ol className="account-places">
            {places.map(place => (
              <li key={place}>{t(`accounts:source.${place}`)}</li>
            ))}
          </ol>
        </div>
      ) : unasked === null ? (
        <p className="ui-description">{t('accounts:discovery.promise')}</p>
      ) : (
        <LookUpQuestion places={unasked} onAsk={() => void setup.discover('those named')} />
      )}
      <div className="account-actions">
        <Button variant="plain" onPress={onLeave}>
          {t('accounts:back')}
        </Button>
        <span className="account-space" />
        {looking ? (
          <Button onPress={setup.back}>{t('common:cancel')}</Button>
        ) : (
          <>
            <Button
              onPress={() => {
                setAsked(true)
                if (isAddress(address)) setup.skipDiscovery()
              }}
            >
              {t('accounts:byHand')}
            </Button>
            {unasked === null ? (
              <Button type="submit" variant="primary">
                {t('accounts:discovery.start')}
              </Button>
            ) : null}
          </>
        )}
      </div>
    </form>
  )
}
