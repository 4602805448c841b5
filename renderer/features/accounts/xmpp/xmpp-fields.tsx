import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { domainOf } from '../../../../shared/features/accounts/services'
import { Button } from '../../../ui/actions/button'
import { Switch } from '../../../ui/actions/switch'
import { RadioGroup } from '../../../ui/fields/radio-group'
import { Select } from '../../../ui/fields/select'
import { TextField } from '../../../ui/fields/text-field'
import { isPort } from '../servers/server-form'
import { addressIn, usualPort, type XmppFormFields } from './xmpp-service'

/** Address, server, and what only few servers need. */
export function XmppFields({
  fields,
  isDisabled = false,
  onChange,
}: Readonly<{
  fields: XmppFormFields
  isDisabled?: boolean
  onChange: (change: Partial<XmppFormFields>) => void
}>) {
  const { t } = useTranslation('accounts')
  const [hasAuthority, setHasAuthority] = useState(fields.caPem !== '')
  const address = addressIn(fields.address)
  const domain = address === null ? '…' : domainOf(address)
  const isBad = fields.address.trim() !== '' && address === null
  return (
    <>
      <TextField
        label={t('xmpp.address')}
        placeholder="name@example.org"
        value={fields.address}
        onChange={next => onChange({ address: next })}
        maxLength={320}
        spellCheck="false"
        isDisabled={isDisabled}
        error={isBad ? t('xmpp.addressBad') : null}
      />
      <RadioGroup
        label={t('xmpp.where')}
        value={fields.isByHand ? 'hand' : 'automatic'}
        isDisabled={isDisabled}
        onChange={where => onChange({ isByHand: where === 'hand' })}
        options={[
          {
            id: 'automatic',
            label: t('xmpp.automatic'),
            description: t('xmpp.automaticText', { domain }),
          },
          { id: 'hand', label: t('xmpp.byHand'), description: t('xmpp.certificateHint', { domain }) },
        ]}
      />
      {fields.isByHand ? (
        <fieldset className="account-server">
          <legend className="account-legend">{t('xmpp.where')}</legend>
          <TextField
            label={t('xmpp.host')}
            value={fields.host}
            onChange={host => onChange({ host })}
            maxLength={253}
            spellCheck="false"
            isDisabled={isDisabled}
          />
          <Select
            label={t('fields.security')}
            options={(['tls', 'starttls'] as const).map(id => ({ id, label: t(`security.${id}`) }))}
            value={fields.security}
            onChange={security =>
              onChange({
                security,
                ...(fields.port === usualPort[fields.security] ? { port: usualPort[security] } : {}),
              })
            }
          />
          <TextField
            label={t('fields.port')}
            value={fields.port}
            onChange={port => onChange({ port })}
            inputMode="numeric"
            maxLength={5}
            isDisabled={isDisabled}
            error={fields.port === '' || isPort(fields.port) ? null : t('fields.portBad')}
          />
        </fieldset>
      ) : null}
      {hasAuthority ? (
        <>
          <TextField
            label={t('xmpp.authority')}
            description={t('xmpp.authorityHint')}
            rows={4}
            value={fields.caPem}
            onChange={caPem => onChange({ caPem })}
            maxLength={200_000}
            spellCheck="false"
            isDisabled={isDisabled}
          />
          <Switch
            label={t('xmpp.plain')}
            description={t('xmpp.plainText')}
            isSelected={fields.allowsPlain}
            isDisabled={isDisabled}
            onChange={allowsPlain => onChange({ allowsPlain })}
          />
        </>
      ) : (
        <div className="account-links">
          <Button variant="plain" onPress={() => setHasAuthority(true)}>
            {t('xmpp.ownAuthority')}
          </Button>
        </div>
      )}
    </>
  )
}
