import './activity-panel.css'
import { RefreshCw } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { isSwitchedOff, servicesOf } from '../../../shared/features/accounts/services'
import type { OutboxItem, TaskSummary } from '../../../shared/features/writing/model'
import { useHost } from '../../host/host-context'
import { useAccountName } from '../../i18n/use-account-name'
import { serviceKey, useAppStore } from '../../state/app-store'
import { useLiveQuery } from '../../state/live/use-live-query'
import { runCommand } from '../../state/run-command'
import { Button } from '../../ui/actions/button'
import { AccountActivity } from './account-activity'
import { CollectionWaitRow, useCollectionWaits } from './collection-waits'
import { OutboxRow } from './outbox-row'
import { TaskRow } from './task-row'

/** What goes on and what waits: each account, messages to be sent, changes not yet on the server. */
export function ActivityPanel({
  outbox,
  tasks,
}: Readonly<{ outbox: readonly OutboxItem[]; tasks: readonly TaskSummary[] }>) {
  const { t } = useTranslation('app')
  const accountName = useAccountName()
  const host = useHost()
  const accounts = useLiveQuery('accounts.list', {})
  const sync = useAppStore(state => state.sync)
  const waits = useCollectionWaits()
  const waiting = tasks.filter(task => task.state !== 'done')
  const served = (accounts.data ?? []).flatMap(account =>
    servicesOf(account).map((service, _at, all) => ({
      account,
      service,
      // Where an account has one service only, its name says all.
      name: all.length > 1 ? `${accountName(account)} · ${t(`service.${service}`)}` : accountName(account),
      isOff: isSwitchedOff(account, service),
      key: serviceKey(account.id, service),
    })),
  )
  const isAccountOff = (id: string) =>
    served.some(({ account, service, isOff }) => account.id === id && service === 'mail' && isOff)
  return (
    <div className="activity">
      <h2 className="activity-title">{t('activity.title')}</h2>
      {served.length === 0 ? null : (
        <section>
          <h3 className="activity-head">{t('activity.connections')}</h3>
          <ul>
            {served.map(({ key, name, isOff }) => (
              <AccountActivity key={key} {...{ name, isOff }} status={sync.get(key) ?? null} />
            ))}
          </ul>
          {served.every(({ isOff }) => isOff) ? null : (
            <Button
              variant="plain"
              icon={RefreshCw}
              onPress={() => void runCommand(host, 'sync.now', { accountId: null })}
            >
              {t('sync.now')}
            </Button>
          )}
        </section>
      )}
      {outbox.length === 0 ? null : (
        <section>
          <h3 className="activity-head">{t('activity.outbox')}</h3>
          <ul>
            {outbox.map(item => (
              <OutboxRow key={item.id} item={item} isOff={isAccountOff(item.accountId)} />
            ))}
          </ul>
        </section>
      )}
      {waiting.length === 0 ? null : (
        <section>
          <h3 className="activity-head">{t('activity.changes')}</h3>
          <ul>
            {waiting.map(task => (
              <TaskRow key={task.id} task={task} isOff={isAccountOff(task.accountId)} />
            ))}
          </ul>
          {waiting.some(task => task.state === 'failed') ? (
            <p className="activity-hint">{t('activity.discardHint')}</p>
          ) : null}
        </section>
      )}
      {waits.length === 0 ? null : (
        <section>
          <h3 className="activity-head">{t('service.dav')}</h3>
          <ul>
            {waits.map(wait => (
              <CollectionWaitRow key={wait.id} wait={wait} />
            ))}
          </ul>
        </section>
      )}
      {outbox.length === 0 && waiting.length === 0 && waits.length === 0 ? (
        <p className="activity-hint">
          {t('activity.nothing')}. {t('activity.nothingText')}
        </p>
      ) : null}
    </div>
  )
}
