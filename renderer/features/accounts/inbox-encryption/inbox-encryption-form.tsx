import './inbox-encryption.css'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { InboxEncryptionStatus } from '../../../../shared/features/inbox-encryption/model'
import type { CallInput } from '../../../../shared/ipc/contract'
import type { AccountId } from '../../../../shared/kit/ids'
import { useHost } from '../../../host/host-context'
import { useLiveQuery } from '../../../state/live/use-live-query'
import { runCommand } from '../../../state/run-command'
import { Switch } from '../../../ui/actions/switch'
import { Select } from '../../../ui/fields/select'
import { FoldersPart } from './folders-part'
import { JobPart } from './job-part'
import { KeysPart } from './keys-part'
import { SkipsPart } from './skips-part'
import { Standstill } from './standstill'
import { SwitchOnDialog } from './switch-on-dialog'

type Change = Omit<CallInput<'inboxEncryption.set'>, 'accountId'>

const keptDays = ['0', '7', '14', '30', '90', '365'] as const

function Fields({ status, refresh }: Readonly<{ status: InboxEncryptionStatus; refresh: () => void }>) {
  const { t } = useTranslation('accounts')
  const host = useHost()
  const [asking, setAsking] = useState(false)
  const { accountId } = status
  const set = async (change: Change) => {
    await runCommand(host, 'inboxEncryption.set', { accountId, ...change })
    refresh()
  }
  const days = String(status.keepOriginalsDays)
  return (
    <section className="inbox-encryption">
      <h3 className="account-legend">{t('inbox.title')}</h3>
      <Switch
        label={t('inbox.switch')}
        description={t('inbox.switchText')}
        isSelected={status.on}
        onChange={on => (on ? setAsking(true) : void set({ on: false }))}
      />
      {asking ? (
        <SwitchOnDialog
          status={status}
          onSwitchOn={() => void set({ on: true })}
          onBackedUp={refresh}
          onClose={() => setAsking(false)}
        />
      ) : null}
      <Standstill status={status} onChanged={refresh} />
      <JobPart status={status} onChanged={refresh} />
      {status.on ? (
        <>
          <KeysPart status={status} onChange={extraKeys => void set({ extraKeys })} />
          <Switch
            label={t('inbox.hideSubject')}
            description={t('inbox.hideSubjectText')}
            isSelected={status.hideSubject}
            onChange={hideSubject => void set({ hideSubject })}
          />
          <Select
            label={t('inbox.keep')}
            options={[...new Set([...keptDays, days])].map(id => ({
              id,
              label: id === '0' ? t('inbox.keepNone') : t('inbox.keepDays', { count: Number(id) }),
            }))}
            value={days}
            onChange={id => void set({ keepOriginalsDays: Number(id) })}
          />
        </>
      ) : null}
      {status.on || status.undoable > 0 ? (
        <FoldersPart status={status} onSet={change => void set(change)} onStarted={refresh} />
      ) : null}
      <SkipsPart accountId={accountId} />
    </section>
  )
}

/** The encrypted inbox of one account: switch, what is hidden, folders with preview and progress, what was skipped, undo. */
export function InboxEncryptionForm({ accountId }: Readonly<{ accountId: AccountId }>) {
  const { data, refresh } = useLiveQuery('inboxEncryption.status', { accountId })
  return data === undefined ? null : <Fields status={data} refresh={refresh} />
}
