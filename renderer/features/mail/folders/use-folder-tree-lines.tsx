import { CloudOff, Inbox, PowerOff, TriangleAlert } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { isLocal, isSwitchedOff } from '../../../../shared/features/accounts/services'
import type { SyncStatus } from '../../../../shared/kit/status'
import { useAccountName } from '../../../i18n/use-account-name'
import { useFormat } from '../../../i18n/use-format'
import { serviceKey, useAppStore } from '../../../state/app-store'
import { Icon } from '../../../ui/actions/icon'
import { Spinner } from '../../../ui/feedback/spinner'
import type { TreeLine } from '../../../ui/layout/tree'
import { classNames } from '../../../ui/tokens/class-names'
import { folderIcon } from './folder-icon'
import type { FolderLine } from './folder-lines'
import { useMailboxName } from './mailbox-name'

function AccountState({ status }: Readonly<{ status: SyncStatus | undefined }>) {
  if (status === undefined) return null
  if (status.state === 'syncing' || status.state === 'connecting') return <Spinner size={12} />
  if (status.state === 'error')
    return <Icon of={TriangleAlert} size={14} className="folder-account-trouble" />
  if (status.state === 'offline' || status.state === 'waiting') return <Icon of={CloudOff} size={14} />
  if (status.state === 'off') return <Icon of={PowerOff} size={14} />
  return null
}

/** Puts words and icons on the lines of the folder tree. */
export function useFolderTreeLines(lines: readonly FolderLine[]): readonly TreeLine[] {
  const { t } = useTranslation(['mail', 'app'])
  const accountName = useAccountName()
  const mailboxName = useMailboxName()
  const format = useFormat()
  const sync = useAppStore(state => state.sync)

  const count = (unread: number) =>
    unread === 0 ? null : (
      <>
        {' '}
        <span className="folder-count numerals">{format.wholeNumber(unread)}</span>
      </>
    )

  return lines.map((line): TreeLine => {
    if (line.kind === 'account') {
      const name = accountName(line.account)
      const status = sync.get(serviceKey(line.account.id, 'mail'))
      const checkedAtMs = status?.lastCheckedAtMs ?? null
      const checked = isLocal(line.account)
        ? undefined
        : isSwitchedOff(line.account, 'mail')
          ? t('app:sync.off')
          : checkedAtMs === null
            ? t('mail:folders.neverChecked')
            : t('mail:folders.checked', { when: format.relativeTime(checkedAtMs) })
      return {
        id: line.id,
        level: line.level,
        name,
        isExpanded: line.isExpanded,
        isGroup: true,
        ...(checked === undefined ? {} : { description: checked }),
        content: (
          <>
            <span className="folder-name clip" dir="auto" title={[name, checked].filter(Boolean).join('\n')}>
              {name}
            </span>
            <span className="folder-account-state">
              <AccountState status={status} />
            </span>
          </>
        ),
      }
    }
    const name = line.kind === 'unified' ? t('mail:folders.unified') : mailboxName(line.mailbox)
    const unread = line.unread
    const facts =
      line.kind === 'unified'
        ? []
        : [
            ...(line.mailbox.namespace === 'personal' ? [] : [t(`mail:folders.${line.mailbox.namespace}`)]),
            t('mail:folders.total', { count: line.mailbox.total }),
            ...(line.mailbox.bodiesMissing > 0
              ? [t('mail:folders.bodiesMissing', { count: line.mailbox.bodiesMissing })]
              : []),
            ...(line.mailbox.lastSyncedAtMs === null
              ? []
              : [t('mail:folders.checked', { when: format.relativeTime(line.mailbox.lastSyncedAtMs) })]),
          ]
    const spoken = [
      ...(line.kind === 'unified' || line.mailbox.namespace === 'personal'
        ? []
        : [t(`mail:folders.${line.mailbox.namespace}`)]),
      ...(unread === 0 ? [] : [t('mail:folders.unread', { count: unread })]),
    ]
    return {
      id: line.id,
      level: line.level,
      name,
      isExpanded: line.kind === 'mailbox' ? line.isExpanded : null,
      ...(spoken.length === 0 ? {} : { description: spoken.join(', ') }),
      content: (
        <>
          <span className="folder-icon">
            <Icon of={line.kind === 'unified' ? Inbox : folderIcon(line.mailbox)} />
          </span>
          <span
            className={classNames(
              'folder-name clip',
              unread > 0 && 'folder-name-unread',
              line.kind === 'mailbox' && !line.mailbox.selectable && 'folder-gone',
            )}
            dir="auto"
            title={facts.join('\n')}
          >
            {name}
          </span>
          {count(unread)}
        </>
      ),
    }
  })
}
