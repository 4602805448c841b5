import './accounts.css'
import { Plus } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { AccountSummary } from '../../../shared/features/accounts/model'
import {
  davServiceOf,
  isLocal,
  isSwitchedOff,
  mailServiceOf,
  xmppServiceOf,
} from '../../../shared/features/accounts/services'
import type { AccountId } from '../../../shared/kit/ids'
import { useHost } from '../../host/host-context'
import { useAccountName } from '../../i18n/use-account-name'
import { useLiveQuery } from '../../state/live/use-live-query'
import { runCommand } from '../../state/run-command'
import { useUi } from '../../state/ui-store'
import { Button } from '../../ui/actions/button'
import { SettingsPage } from '../../ui/layout/settings-page'
import { ConfirmDialog } from '../../ui/overlays/confirm-dialog'
import { Dialog } from '../../ui/overlays/dialog'
import { AccountEditor } from './account-editor'
import { DavSetup } from './dav/dav-setup'
import { endpointText } from './servers/server-form'
import { AccountSetup } from './setup/account-setup'
import type { Provider } from './setup/use-account-setup'
import { SyncDefaults } from './sync-defaults'
import { XmppSetup } from './xmpp/xmpp-setup'

/** Folders on this computer only, for mail from archives. */
const localAccount = {
  config: { address: 'local', displayName: '', services: {} },
  password: null,
} as const

function AccountCard({
  account,
  isOpen,
  onToggle,
  onRemove,
  onAddDav,
  onAddXmpp,
}: Readonly<{
  account: AccountSummary
  isOpen: boolean
  onToggle: () => void
  onRemove: () => void
  onAddDav: () => void
  onAddXmpp: () => void
}>) {
  const { t } = useTranslation('accounts')
  const nameOf = useAccountName()
  const mail = mailServiceOf(account)
  const dav = davServiceOf(account)
  const xmpp = xmppServiceOf(account)
  const detail = account.sample
    ? t('section.sample')
    : mail === null
      ? dav === null
        ? xmpp === null
          ? t('section.local')
          : `${isSwitchedOff(account, 'xmpp') ? `${t('section.service.off')} · ` : ''}${t('section.service.xmpp')} · ${xmpp.userName}`
        : `${isSwitchedOff(account, 'dav') ? `${t('section.service.off')} · ` : ''}${t('section.service.dav')} · ${new URL(dav.url).host}`
      : `${isSwitchedOff(account, 'mail') ? `${t('section.service.off')} · ` : ''}${endpointText(mail.imap)} · ${endpointText(mail.smtp)}`
  return (
    <li className="account-card">
      <div className="account-card-head">
        <div className="account-card-text">
          <h3 className="account-legend">{nameOf(account)}</h3>
          <p className="ui-description">{detail}</p>
        </div>
        <div className="account-card-actions">
          {account.sample ? null : (
            <Button variant="plain" aria-expanded={isOpen} onPress={onToggle}>
              {t('section.edit')}
            </Button>
          )}
          <Button variant="plain" onPress={onRemove}>
            {t('section.remove')}
          </Button>
        </div>
      </div>
      {isOpen && !account.sample ? <AccountEditor {...{ account, onAddDav, onAddXmpp }} /> : null}
    </li>
  )
}

/** The accounts page of settings: edit, test, remove, and add another by the same way as at first start. */
export function AccountsPage() {
  const { t } = useTranslation(['accounts', 'settings'])
  const host = useHost()
  const nameOf = useAccountName()
  const accounts = useLiveQuery('accounts.list', {}).data ?? []
  const pointedAt = useUi(state => state.settingsAccountId)
  const [openId, setOpenId] = useState<AccountId | null>(pointedAt)
  const [adding, setAdding] = useState<Provider | null>(null)
  const [addingDav, setAddingDav] = useState<Readonly<{ to: AccountSummary | null }> | null>(null)
  const [addingXmpp, setAddingXmpp] = useState<Readonly<{ to: AccountSummary | null }> | null>(null)
  const [removing, setRemoving] = useState<AccountSummary | null>(null)
  return (
    <SettingsPage title={t('settings:section.accounts')} text={t('section.text')}>
      <div>
        <ul className="account-cards">
          {accounts.map(account => (
            <AccountCard
              key={account.id}
              account={account}
              isOpen={openId === account.id}
              onToggle={() => setOpenId(openId === account.id ? null : account.id)}
              onRemove={() => setRemoving(account)}
              onAddDav={() => setAddingDav({ to: account })}
              onAddXmpp={() => setAddingXmpp({ to: account })}
            />
          ))}
        </ul>
        {accounts.length === 0 ? <p className="ui-description">{t('section.none')}</p> : null}
        <div className="account-add">
          <Button icon={Plus} onPress={() => setAdding('any')}>
            {t('section.add')}
          </Button>
          <Button icon={Plus} onPress={() => setAdding('mailbox.org')}>
            {t('section.addMailboxOrg')}
          </Button>
          <Button icon={Plus} onPress={() => setAddingDav({ to: null })}>
            {t('dav.addAccount')}
          </Button>
          <Button icon={Plus} onPress={() => setAddingXmpp({ to: null })}>
            {t('xmpp.addAccount')}
          </Button>
          {accounts.some(each => each.config.address === 'local') ? null : (
            <Button icon={Plus} onPress={() => void runCommand(host, 'accounts.add', localAccount)}>
              {t('section.addLocal')}
            </Button>
          )}
          {accounts.some(each => each.sample) ? null : (
            <Button icon={Plus} onPress={() => void runCommand(host, 'accounts.addSample', {})}>
              {t('section.addSample')}
            </Button>
          )}
        </div>
        <SyncDefaults />
        {adding === null ? null : (
          <Dialog title={t('setup.title')} isOpen onClose={() => setAdding(null)} size="medium">
            <AccountSetup
              provider={adding}
              onDone={account => {
                useUi.setState({ keyOfferFor: account.id })
                setAdding(null)
              }}
              onLeave={() => setAdding(null)}
            />
          </Dialog>
        )}
        {addingDav === null ? null : (
          <Dialog title={t('dav.title')} isOpen onClose={() => setAddingDav(null)} size="medium">
            <DavSetup
              account={addingDav.to}
              onDone={() => setAddingDav(null)}
              onLeave={() => setAddingDav(null)}
            />
          </Dialog>
        )}
        {addingXmpp === null ? null : (
          <Dialog title={t('xmpp.title')} isOpen onClose={() => setAddingXmpp(null)} size="medium">
            <XmppSetup
              account={addingXmpp.to}
              onDone={() => setAddingXmpp(null)}
              onLeave={() => setAddingXmpp(null)}
            />
          </Dialog>
        )}
        {removing === null ? null : (
          <ConfirmDialog
            title={t('section.removeTitle', { account: nameOf(removing) })}
            confirm={t('section.removeConfirm')}
            isOpen
            onConfirm={() => void runCommand(host, 'accounts.remove', { accountId: removing.id })}
            onClose={() => setRemoving(null)}
          >
            {isLocal(removing) ? t('section.removeLocalText') : t('section.removeText')}
          </ConfirmDialog>
        )}
      </div>
    </SettingsPage>
  )
}
