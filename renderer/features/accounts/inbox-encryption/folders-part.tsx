import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { InboxEncryptionStatus } from '../../../../shared/features/inbox-encryption/model'
import type { CallInput } from '../../../../shared/ipc/contract'
import type { MailboxId } from '../../../../shared/kit/ids'
import { useHost } from '../../../host/host-context'
import { useFormat } from '../../../i18n/use-format'
import { useLiveQuery } from '../../../state/live/use-live-query'
import { runCommand } from '../../../state/run-command'
import { Button } from '../../../ui/actions/button'
import { Switch } from '../../../ui/actions/switch'
import { Select } from '../../../ui/fields/select'

type Kind = CallInput<'inboxEncryption.run'>['kind']
const speeds = ['0', '10', '60', '300'] as const

/** Mail that is there already: one folder, what would be looked at, and the ways to encrypt it, decrypt it, undo. */
export function FoldersPart({
  status,
  onSet,
  onStarted,
}: Readonly<{
  status: InboxEncryptionStatus
  onSet: (change: Omit<CallInput<'inboxEncryption.set'>, 'accountId'>) => void
  onStarted: () => void
}>) {
  const { t } = useTranslation(['accounts', 'common'])
  const host = useHost()
  const format = useFormat()
  const { accountId } = status
  const mailboxes = (useLiveQuery('mailboxes.list', {}).data ?? []).filter(
    each => each.accountId === accountId && each.selectable,
  )
  const [chosen, setChosen] = useState<MailboxId | null>(null)
  const mailbox = mailboxes.find(each => each.id === chosen) ?? mailboxes.find(each => each.role === 'inbox')
  const mailboxIds = mailbox ? [mailbox.id] : []
  const preview = useLiveQuery(
    'inboxEncryption.preview',
    mailbox ? { accountId, kind: 'back-catalogue', mailboxIds } : null,
  ).data
  const busy = status.job?.state === 'running'
  const start = async (kind: Kind) => {
    await runCommand(host, 'inboxEncryption.run', { accountId, kind, mailboxIds, limit: null })
    onStarted()
  }
  const undo = async () => {
    await runCommand(host, 'inboxEncryption.undo', { accountId })
    onStarted()
  }
  const isWatched = mailbox !== undefined && status.mailboxIds.includes(mailbox.id)
  return (
    <div className="inbox-encryption-folders">
      {mailbox === undefined ? null : (
        <>
          <Select
            label={t('accounts:inbox.folder')}
            options={mailboxes.map(each => ({
              id: String(each.id),
              label: each.role === 'none' ? each.path : t(`common:role.${each.role}`),
            }))}
            value={String(mailbox.id)}
            onChange={id => setChosen(mailboxes.find(each => String(each.id) === id)?.id ?? null)}
          />
          {mailbox.role === 'inbox' || !status.on ? null : (
            <Switch
              label={t('accounts:inbox.watch')}
              isSelected={isWatched}
              onChange={on =>
                onSet({
                  mailboxIds: on
                    ? [...status.mailboxIds, mailbox.id]
                    : status.mailboxIds.filter(each => each !== mailbox.id),
                })
              }
            />
          )}
          <p className="ui-description">
            {preview === undefined
              ? ''
              : t('accounts:inbox.preview', { count: preview.count, size: format.byteSize(preview.bytes) })}
          </p>
        </>
      )}
      <Select
        label={t('accounts:inbox.speed')}
        options={speeds.map(id => ({
          id,
          label:
            id === '0'
              ? t('accounts:inbox.speedFull')
              : t('accounts:inbox.speedLimit', { count: Number(id) }),
        }))}
        value={speeds.find(id => Number(id) === (status.messagesPerMinute ?? 0)) ?? '0'}
        onChange={id => onSet({ messagesPerMinute: id === '0' ? null : Number(id) })}
      />
      <div className="settings-buttons">
        <Button
          isDisabled={busy || !status.on || mailbox === undefined || preview?.count === 0}
          onPress={() => void start('back-catalogue')}
        >
          {t('accounts:inbox.encryptFolder')}
        </Button>
        <Button isDisabled={busy || mailbox === undefined} onPress={() => void start('decrypt')}>
          {t('accounts:inbox.decryptFolder')}
        </Button>
        {status.undoable > 0 ? (
          <Button variant="plain" isDisabled={busy} onPress={() => void undo()}>
            {t('accounts:inbox.undo', { count: status.undoable })}
          </Button>
        ) : null}
      </div>
    </div>
  )
}
