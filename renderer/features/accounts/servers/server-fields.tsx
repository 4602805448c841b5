import { useTranslation } from 'react-i18next'
import type { ConnectionSecurity } from '../../../../shared/features/accounts/model'
import { Select } from '../../../ui/fields/select'
import { TextField } from '../../../ui/fields/text-field'
import { isHost, isOnion, isPort, type Protocol, type ServersForm, withSecurity } from './server-form'

/** Every field of both servers, by hand; `withOnion`: also the onion service of each; `beginsHere`: the first is where the
 * keyboard goes when they appear. */
export function ServerFields({
  servers,
  onChange,
  withOnion = false,
  beginsHere = false,
}: Readonly<{
  servers: ServersForm
  onChange: (servers: ServersForm) => void
  withOnion?: boolean
  beginsHere?: boolean
}>) {
  const { t } = useTranslation('accounts')
  const securities = (['tls', 'starttls'] as const).map(id => ({ id, label: t(`security.${id}`) }))
  const fields = (protocol: Protocol) => {
    const form = servers[protocol]
    const change = (next: Partial<typeof form>) => onChange({ ...servers, [protocol]: { ...form, ...next } })
    return (
      <fieldset className="account-server">
        <legend className="account-legend">{t(`protocol.${protocol}`)}</legend>
        <TextField
          label={t('fields.host')}
          value={form.host}
          onChange={host => change({ host })}
          maxLength={253}
          spellCheck="false"
          error={form.host === '' || isHost(form.host) ? null : t('fields.hostBad')}
          autoFocus={beginsHere && protocol === 'imap'}
        />
        <Select<ConnectionSecurity>
          label={t('fields.security')}
          options={securities}
          value={form.security}
          onChange={security => onChange({ ...servers, [protocol]: withSecurity(form, protocol, security) })}
        />
        <TextField
          label={t('fields.port')}
          value={form.port}
          onChange={port => change({ port })}
          inputMode="numeric"
          maxLength={5}
          error={form.port === '' || isPort(form.port) ? null : t('fields.portBad')}
        />
        {withOnion ? (
          <TextField
            className="account-onion"
            label={t('fields.onion')}
            description={t('fields.onionHint')}
            value={form.onion}
            onChange={onion => change({ onion })}
            maxLength={253}
            spellCheck="false"
            error={isOnion(form.onion) ? null : t('fields.onionBad')}
          />
        ) : null}
      </fieldset>
    )
  }
  return (
    <div className="account-servers">
      <TextField
        label={t('fields.userName')}
        description={t('fields.userNameHint')}
        value={servers.userName}
        onChange={userName => onChange({ ...servers, userName })}
        maxLength={320}
        spellCheck="false"
      />
      {fields('imap')}
      {fields('smtp')}
    </div>
  )
}
