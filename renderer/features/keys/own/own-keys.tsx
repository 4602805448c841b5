import { KeyRound, Plus } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import type { AccountSummary } from '../../../../shared/features/accounts/model'
import type { OwnKey } from '../../../../shared/features/keys/model'
import { useUi } from '../../../state/ui-store'
import { Button } from '../../../ui/actions/button'
import { EmptyState } from '../../../ui/feedback/empty-state'
import { ImportKeyDialog } from '../import-key-dialog'
import { CreateKeyDialog } from './create-key-dialog'
import { OwnKeyCard } from './own-key-card'

/** The user's own keys, those in use first. */
export function OwnKeys({
  keys,
  accounts,
}: Readonly<{ keys: readonly OwnKey[]; accounts: readonly AccountSummary[] }>) {
  const { t } = useTranslation('openpgp')
  const open = useUi(state => state.keysDialog)
  const setOpen = (keysDialog: typeof open) => useUi.setState({ keysDialog })
  const inOrder = [...keys].sort(
    (one, other) => Number(other.defaultFor.length > 0) - Number(one.defaultFor.length > 0),
  )
  const buttons = (
    <>
      <Button
        {...(keys.length === 0 ? { variant: 'primary' as const } : {})}
        icon={Plus}
        isDisabled={accounts.length === 0}
        onPress={() => setOpen('create')}
      >
        {t('own.create')}
      </Button>
      <Button onPress={() => setOpen('import')}>{t('own.import')}</Button>
    </>
  )
  return (
    <section className="settings-group" aria-labelledby="own-keys">
      <h2 id="own-keys" className="settings-group-title">
        {t('own.title')}
      </h2>
      {keys.length === 0 ? (
        <EmptyState icon={KeyRound} title={t('own.none')} actions={buttons}>
          {accounts.length === 0 ? t('own.noAccountText') : t('own.noneText')}
        </EmptyState>
      ) : (
        <>
          <ul className="key-cards">
            {inOrder.map(key => (
              <OwnKeyCard key={key.facts.fingerprint} ownKey={key} accounts={accounts} />
            ))}
          </ul>
          <div className="settings-buttons">{buttons}</div>
        </>
      )}
      {open === 'create' && accounts.length > 0 ? (
        <CreateKeyDialog accounts={accounts} onClose={() => setOpen(null)} />
      ) : null}
      {open === 'import' ? <ImportKeyDialog onClose={() => setOpen(null)} /> : null}
    </section>
  )
}
