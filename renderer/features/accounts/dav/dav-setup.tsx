import '../accounts.css'
import { useTranslation } from 'react-i18next'
import type { AccountSummary } from '../../../../shared/features/accounts/model'
import { useLiveQuery } from '../../../state/live/use-live-query'
import { Button } from '../../../ui/actions/button'
import { Switch } from '../../../ui/actions/switch'
import { Spinner } from '../../../ui/feedback/spinner'
import { TextField } from '../../../ui/fields/text-field'
import { CollectionChoice } from './collection-choice'
import { DavFailure } from './dav-failure'
import { DavServerForm } from './dav-server-form'
import { type DavSetupState, useDavSetup } from './use-dav-setup'

function PlaceForm({ setup, onLeave }: Readonly<{ setup: DavSetupState; onLeave: () => void }>) {
  const { t } = useTranslation(['accounts', 'common'])
  const everything = useLiveQuery('net.status', {}).data?.settings.forEverything === true
  const looking = setup.step === 'looking'
  const domain = /^[^\s@]+@([^\s@/]+)$/.exec(setup.place.trim())?.[1]
  return (
    <form
      className="account-form"
      onSubmit={event => {
        event.preventDefault()
        if (!looking && setup.place.trim() !== '') void setup.find()
      }}
    >
      <TextField
        label={t('accounts:dav.place')}
        description={domain === undefined ? t('accounts:dav.placeHint') : t('accounts:dav.asked', { domain })}
        placeholder="name@example.org"
        value={setup.place}
        onChange={setup.setPlace}
        maxLength={2000}
        spellCheck="false"
        isDisabled={looking}
        autoFocus
      />
      <Switch
        label={t('accounts:discovery.overTor')}
        description={t('accounts:discovery.overTorText')}
        isSelected={setup.overTor || everything}
        isDisabled={looking || everything}
        onChange={setup.setOverTor}
      />
      {looking ? (
        <p className="account-looking" role="status">
          <Spinner /> {t('accounts:discovery.looking')}
        </p>
      ) : null}
      <div className="account-actions">
        <Button variant="plain" onPress={onLeave}>
          {t('common:cancel')}
        </Button>
        <span className="account-space" />
        {looking ? (
          <Button onPress={setup.back}>{t('common:cancel')}</Button>
        ) : (
          <Button type="submit" variant="primary" isDisabled={setup.place.trim() === ''}>
            {t('accounts:dav.find')}
          </Button>
        )}
      </div>
    </form>
  )
}

function ChoiceForm({ setup }: Readonly<{ setup: DavSetupState }>) {
  const { t } = useTranslation(['accounts', 'common'])
  const adding = setup.step === 'adding'
  return (
    <form
      className="account-form"
      onSubmit={event => {
        event.preventDefault()
        if (!adding) void setup.add()
      }}
    >
      <CollectionChoice
        collections={setup.report?.collections ?? []}
        leftOut={setup.leftOut}
        onChange={setup.setLeftOut}
      />
      {setup.account === null ? (
        <TextField
          label={t('accounts:dav.name')}
          value={setup.displayName}
          onChange={setup.setDisplayName}
          maxLength={200}
        />
      ) : null}
      <div className="account-actions">
        <Button variant="plain" onPress={setup.back}>
          {t('accounts:back')}
        </Button>
        <span className="account-space" />
        <Button type="submit" variant="primary" busy={adding}>
          {t('accounts:dav.add')}
        </Button>
      </div>
    </form>
  )
}

/** Adds calendars and contacts on a server: where, which was found how, then the password, then which of them. */
export function DavSetup({
  account,
  onDone,
  onLeave,
}: Readonly<{ account: AccountSummary | null; onDone: () => void; onLeave: () => void }>) {
  const { t } = useTranslation('accounts')
  const setup = useDavSetup(account, onDone)
  const { step } = setup
  const text =
    step === 'place' || step === 'looking'
      ? t('dav.placeText')
      : step === 'server' || step === 'testing'
        ? t('dav.serverText')
        : t('dav.chooseText')
  return (
    <div className="account-setup">
      <p className="account-setup-text">{text}</p>
      <DavFailure
        failure={setup.failure}
        isMailboxOrg={setup.isMailboxOrg}
        onPinned={() => void setup.test()}
      />
      {step === 'place' || step === 'looking' ? (
        <PlaceForm setup={setup} onLeave={onLeave} />
      ) : step === 'server' || step === 'testing' ? (
        <DavServerForm setup={setup} />
      ) : (
        <ChoiceForm setup={setup} />
      )}
    </div>
  )
}
