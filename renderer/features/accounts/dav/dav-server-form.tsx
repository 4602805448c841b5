import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Button } from '../../../ui/actions/button'
import { Banner } from '../../../ui/feedback/banner'
import { RadioGroup } from '../../../ui/fields/radio-group'
import { TextField } from '../../../ui/fields/text-field'
import { DavFields } from './dav-fields'
import { DavSteps } from './dav-steps'
import type { DavSetupState } from './use-dav-setup'

/** What was found, with where; the password goes there only from here. */
export function DavServerForm({ setup }: Readonly<{ setup: DavSetupState }>) {
  const { t } = useTranslation('accounts')
  const [stepsShown, setStepsShown] = useState(false)
  const { found, url, dav } = setup
  const testing = setup.step === 'testing'
  const places = found?.places ?? []
  return (
    <form
      className="account-form"
      onSubmit={event => {
        event.preventDefault()
        if (!testing) void setup.test()
      }}
    >
      {places.length === 0 ? <Banner tone="notice">{t('dav.nothingFound')}</Banner> : null}
      {places.length === 0 ? null : (
        <div className="account-found">
          <RadioGroup
            label={t('dav.found')}
            value={places.some(each => each.url === url) ? url : null}
            onChange={setup.setUrl}
            options={places.map(each => ({
              id: each.url,
              label: each.url,
              description: t('found.origin', {
                source: t(`dav.source.${each.source}`),
                evidence: each.evidence,
              }),
            }))}
          />
        </div>
      )}
      {(found?.steps.length ?? 0) === 0 ? null : (
        <div className="account-links">
          <Button variant="plain" aria-expanded={stepsShown} onPress={() => setStepsShown(!stepsShown)}>
            {stepsShown ? t('discovery.hideSteps') : t('discovery.showSteps')}
          </Button>
        </div>
      )}
      {stepsShown && found !== null ? <DavSteps steps={found.steps} /> : null}
      <DavFields
        fields={{ url, userName: setup.userName, caPem: setup.caPem }}
        isDisabled={testing}
        onChange={next => {
          if (next.url !== undefined) setup.setUrl(next.url)
          if (next.userName !== undefined) setup.setUserName(next.userName)
          if (next.caPem !== undefined) setup.setCaPem(next.caPem)
        }}
      />
      {setup.isMailboxOrg ? <Banner tone="notice">{t('dav.mailboxOrg')}</Banner> : null}
      <TextField
        label={t('fields.password')}
        description={t('fields.passwordHint')}
        type="password"
        value={setup.password}
        onChange={setup.setPassword}
        maxLength={4096}
        isDisabled={testing}
      />
      <div className="account-actions">
        <Button variant="plain" onPress={setup.back}>
          {t('back')}
        </Button>
        <span className="account-space" />
        <Button
          type="submit"
          variant="primary"
          busy={testing}
          isDisabled={dav === null || setup.password === ''}
        >
          {testing ? t('test.running') : t('dav.signIn')}
        </Button>
      </div>
    </form>
  )
}
