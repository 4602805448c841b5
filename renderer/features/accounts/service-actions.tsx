import { useTranslation } from 'react-i18next'
import type { AccountSummary, ServiceKind } from '../../../shared/features/accounts/model'
import { isSwitchedOff, servicesOf } from '../../../shared/features/accounts/services'
import { useHost } from '../../host/host-context'
import { runCommand } from '../../state/run-command'
import { Button } from '../../ui/actions/button'

/** The last row of a service's form: try it, take it from its account, save. */
export function ServiceActions({
  account,
  service,
  words,
  busy,
  isSaved,
  canSave,
  onTest,
}: Readonly<{
  account: AccountSummary
  service: ServiceKind
  words: Readonly<{ test: string; remove: string }>
  busy: 'testing' | 'saving' | null
  isSaved: boolean
  canSave: boolean
  onTest: () => void
}>) {
  const { t } = useTranslation(['accounts', 'common'])
  const host = useHost()
  return (
    <div className="account-actions">
      <Button busy={busy === 'testing'} isDisabled={isSwitchedOff(account, service)} onPress={onTest}>
        {busy === 'testing' ? t('accounts:test.running') : words.test}
      </Button>
      {servicesOf(account).length === 1 ? null : (
        <Button
          onPress={() =>
            // Main asks, in a window of its own, what is lost by it.
            void runCommand(host, 'accounts.removeService', {
              ...{ accountId: account.id, service, losesChanges: true },
            })
          }
        >
          {words.remove}
        </Button>
      )}
      <span className="account-space" />
      <span className="account-saved" role="status">
        {isSaved ? t('accounts:section.saved') : ''}
      </span>
      <Button type="submit" variant="primary" busy={busy === 'saving'} isDisabled={!canSave}>
        {t('common:save')}
      </Button>
    </div>
  )
}
