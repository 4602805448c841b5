import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { AccountSummary } from '../../../../shared/features/accounts/model'
import type { Fingerprint, OwnKey } from '../../../../shared/features/keys/model'
import type {
  EncryptionPolicy,
  LookupMode,
  OpenpgpSettings,
} from '../../../../shared/features/writing/protection'
import { useHost } from '../../../host/host-context'
import { useLiveQuery } from '../../../state/live/use-live-query'
import { runCommand } from '../../../state/run-command'
import { Button } from '../../../ui/actions/button'
import { Switch } from '../../../ui/actions/switch'
import { Select } from '../../../ui/fields/select'
import { TextField } from '../../../ui/fields/text-field'

const policies = ['automatic', 'when-replying', 'ask', 'always', 'never'] as const
const modes = ['off', 'ask', 'automatic'] as const

/** How one account encrypts, signs and looks for keys. Every change takes effect at once. */
export function AccountOpenpgp({
  account,
  ownKeys,
}: Readonly<{ account: AccountSummary; ownKeys: readonly OwnKey[] }>) {
  const { t } = useTranslation('openpgp')
  const host = useHost()
  const [servers, setServers] = useState<string | null>(null)
  const settings = useLiveQuery('keys.settings', { accountId: account.id }).data
  if (settings === undefined) return null
  const set = (change: Partial<OpenpgpSettings>) =>
    runCommand(host, 'keys.setSettings', { accountId: account.id, change })
  const saveServers = async (text: string) => {
    const keyservers = text
      .split('\n')
      .map(line => line.trim().toLowerCase())
      .filter(line => line !== '')
    if ((await set({ keyservers })) !== null) setServers(null)
  }
  const lookup = (name: 'wkd' | 'keyserver') => (
    <Select<LookupMode>
      label={t(`account.${name}`)}
      options={modes.map(id => ({ id, label: t(`account.modes.${id}`) }))}
      value={settings[name]}
      onChange={mode => void set({ [name]: mode })}
    />
  )
  return (
    <section className="key-account" aria-label={account.config.address}>
      <h3 className="key-card-name">{account.config.address}</h3>
      <Select
        label={t('account.key')}
        options={[
          { id: 'none', label: t('account.noKey') },
          ...ownKeys.map(({ facts }) => ({
            id: facts.fingerprint as string,
            label: `${facts.userIds[0]?.address ?? ''} · ${facts.fingerprint.slice(-8).toUpperCase()}`,
          })),
        ]}
        value={settings.key ?? 'none'}
        onChange={key => void set({ key: key === 'none' ? null : (key as Fingerprint) })}
      />
      <Select<EncryptionPolicy>
        label={t('account.policy')}
        options={policies.map(id => ({ id, label: t(`account.policies.${id}`) }))}
        value={settings.policy}
        onChange={policy => void set({ policy })}
      />
      <Select<OpenpgpSettings['headerProtection']>
        label={t('account.header')}
        options={(['baseline', 'shy'] as const).map(id => ({ id, label: t(`account.headers.${id}`) }))}
        value={settings.headerProtection}
        onChange={headerProtection => void set({ headerProtection })}
      />
      <Switch
        label={t('account.sign')}
        description={t('account.signText')}
        isSelected={settings.signAlways}
        onChange={signAlways => void set({ signAlways })}
      />
      <Switch
        label={t('account.autocrypt')}
        description={t('account.autocryptText')}
        isSelected={settings.autocryptHeader}
        onChange={autocryptHeader => void set({ autocryptHeader })}
      />
      <Switch
        label={t('account.index')}
        description={t('account.indexText')}
        isSelected={settings.indexDecrypted}
        onChange={indexDecrypted => void set({ indexDecrypted })}
      />
      {lookup('wkd')}
      {lookup('keyserver')}
      {settings.keyserver === 'off' ? null : (
        <TextField
          label={t('account.servers')}
          description={t('account.serversText')}
          rows={2}
          spellCheck="false"
          value={servers ?? settings.keyservers.join('\n')}
          onChange={setServers}
        />
      )}
      {servers === null ? null : (
        <div className="settings-actions">
          <Button variant="primary" onPress={() => void saveServers(servers)}>
            {t('account.serversSave')}
          </Button>
        </div>
      )}
    </section>
  )
}
