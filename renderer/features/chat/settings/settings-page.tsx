import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { ChatSettings } from '../../../../shared/features/chat/model'
import { useHost } from '../../../host/host-context'
import { useLiveQuery } from '../../../state/live/use-live-query'
import { runCommand } from '../../../state/run-command'
import { openSettings } from '../../../state/ui-store'
import { useSettings } from '../../../state/use-settings'
import { Button } from '../../../ui/actions/button'
import { Switch } from '../../../ui/actions/switch'
import { ListRow } from '../../../ui/layout/list-row'
import { SettingsPage } from '../../../ui/layout/settings-page'
import { AccountField, type ChatAccounts } from '../account-field'
import { OwnDevicesDialog } from '../devices/devices-dialog'
import { Fingerprint } from '../devices/fingerprint-view'

const told = ['receipts', 'markers', 'typing', 'toStrangers', 'encryptByDefault'] as const

/** Settings of chat: what others are told, for each account; keys; who is blocked. */
export function ChatSettingsPage() {
  const { t } = useTranslation('chat')
  const { settings, set } = useSettings()
  const accounts = useLiveQuery('chat.accounts', {}).data?.accounts
  const [first, ...others] = accounts ?? []
  return (
    <SettingsPage title={t('settings')} text={t('page.text')}>
      {accounts?.length === 0 ? (
        <p>
          {t('page.none')} <Button onPress={() => openSettings('accounts')}>{t('setUp.add')}</Button>
        </p>
      ) : null}
      {first === undefined ? null : <OfAccount accounts={[first, ...others]} />}
      {settings === undefined ? null : (
        <Switch
          label={t('page.enterSends')}
          description={t('page.enterSendsText')}
          isSelected={settings.chatEnterSends}
          onChange={chatEnterSends => set({ chatEnterSends })}
        />
      )}
    </SettingsPage>
  )
}

function OfAccount({ accounts }: Readonly<{ accounts: ChatAccounts }>) {
  const { t } = useTranslation('chat')
  const host = useHost()
  const [accountId, setAccountId] = useState(accounts[0].accountId)
  const [isOpen, setOpen] = useState(false)
  const account = accounts.find(each => each.accountId === accountId) ?? accounts[0]
  const { data: settings } = useLiveQuery('chat.settings', { accountId: account.accountId })
  const { data: blocked } = useLiveQuery('chat.blocked', { accountId: account.accountId })
  const set = (change: Partial<ChatSettings>) =>
    void runCommand(host, 'chat.changeSettings', { accountId: account.accountId, settings: change })
  return (
    <>
      <AccountField accounts={accounts} value={account.accountId} onChange={setAccountId} />
      {settings === undefined
        ? null
        : told.map(each => (
            <Switch
              key={each}
              label={t(`page.${each}`)}
              isSelected={settings[each]}
              onChange={on => set({ [each]: on })}
            />
          ))}
      <section aria-label={t('page.own')}>
        <h2>{t('page.own')}</h2>
        {account.fingerprint === null ? null : <Fingerprint fingerprint={account.fingerprint} />}
        <Button onPress={() => setOpen(true)}>{t('page.ownOpen')}</Button>
      </section>
      <section aria-label={t('page.blocked')}>
        <h2>{t('page.blocked')}</h2>
        {blocked?.addresses.length === 0 ? <p className="ui-description">{t('page.noBlocked')}</p> : null}
        <ul>
          {(blocked?.addresses ?? []).map(address => (
            <ListRow
              key={address}
              title={<bdi>{address}</bdi>}
              actions={
                <Button
                  variant="plain"
                  aria-label={t('page.unblock', { name: address })}
                  onPress={() =>
                    void runCommand(host, 'chat.block', {
                      accountId: account.accountId,
                      address,
                      isBlocked: false,
                      report: null,
                    })
                  }
                >
                  {t('composer.unblock')}
                </Button>
              }
            />
          ))}
        </ul>
      </section>
      {isOpen ? <OwnDevicesDialog accounts={[account]} onClose={() => setOpen(false)} /> : null}
    </>
  )
}
