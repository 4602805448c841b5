import { KeyRound, Lock } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { KeyCustody } from '../../../shared/kit/status'
import { useHost } from '../../host/host-context'
import { useAppStore } from '../../state/app-store'
import { runCommand } from '../../state/run-command'
import { useSettings } from '../../state/use-settings'
import { Button } from '../../ui/actions/button'
import { Switch } from '../../ui/actions/switch'
import { Select } from '../../ui/fields/select'
import { SettingsPage } from '../../ui/layout/settings-page'
import { CustodyForm } from './custody-form'

const idleChoices = ['0', '1', '5', '15', '30', '60', '240'] as const

export function SecurityPage() {
  const { t } = useTranslation('settings')
  const host = useHost()
  const status = useAppStore(state => state.status)
  const { settings, set } = useSettings()
  const [changeTo, setChangeTo] = useState<KeyCustody | null>(null)
  if (status === null || settings === undefined) return null
  const { keychain } = status
  const byKeychain = status.custody === 'keychain'
  const minutes = settings.lockAfterIdleMinutes
  const idle = idleChoices.find(choice => Number(choice) >= minutes) ?? '240'
  return (
    <SettingsPage title={t('section.security')} text={t('security.text')}>
      <section className="settings-group">
        <h2 className="settings-group-title">{t('security.key')}</h2>
        <p>{byKeychain ? t('security.inKeychain', keychain) : t('security.underPassphrase')}</p>
        {changeTo === null ? (
          <div className="settings-buttons">
            <Button icon={KeyRound} onPress={() => setChangeTo('passphrase')}>
              {byKeychain ? t('security.toPassphrase') : t('security.newPassphrase')}
            </Button>
            {byKeychain ? null : (
              <Button
                icon={KeyRound}
                isDisabled={keychain.state === 'unavailable'}
                onPress={() => setChangeTo('keychain')}
              >
                {t('security.toKeychain')}
              </Button>
            )}
          </div>
        ) : (
          <CustodyForm status={status} to={changeTo} onDone={() => setChangeTo(null)} />
        )}
        {!byKeychain && keychain.state !== 'available' ? (
          <p className="ui-description">{t(`security.keychain-${keychain.state}`, keychain)}</p>
        ) : null}
      </section>
      <Select<string>
        label={t('security.idle')}
        options={idleChoices.map(id => ({
          id,
          label: id === '0' ? t('security.idleNever') : t('security.idleAfter', { count: Number(id) }),
        }))}
        value={idle}
        onChange={choice => set({ lockAfterIdleMinutes: Number(choice) })}
      />
      <Switch
        label={t('security.leaving')}
        isSelected={settings.lockOnLeaving}
        onChange={lockOnLeaving => set({ lockOnLeaving })}
      />
      <div className="settings-buttons">
        <Button icon={Lock} onPress={() => void runCommand(host, 'app.lock', {})}>
          {t('security.lockNow')}
        </Button>
      </div>
    </SettingsPage>
  )
}
