import { useTranslation } from 'react-i18next'
import type { MailboxSummary } from '../../../../shared/features/mail/model'
import { assertNever } from '../../../../shared/kit/assert-never'
import type { AccountId } from '../../../../shared/kit/ids'
import { useHost } from '../../../host/host-context'
import { runCommand, runUndoable } from '../../../state/run-command'
import { ConfirmDialog } from '../../../ui/overlays/confirm-dialog'
import { NameDialog } from '../../../ui/overlays/name-dialog'
import { useMailboxName } from './mailbox-name'

/** What the folder tree asks before it acts. */
export type FolderQuestion = Readonly<
  | { kind: 'new'; accountId: AccountId; parent: MailboxSummary | null }
  | { kind: 'rename'; mailbox: MailboxSummary }
  | { kind: 'delete'; mailbox: MailboxSummary; isLocal: boolean }
  | { kind: 'empty'; mailbox: MailboxSummary }
>

export function FolderDialogs({
  question,
  onClose,
}: Readonly<{ question: FolderQuestion | null; onClose: () => void }>) {
  const { t } = useTranslation(['mail', 'common'])
  const host = useHost()
  const nameOf = useMailboxName()
  if (question === null) return null
  switch (question.kind) {
    case 'new': {
      const { accountId, parent } = question
      return (
        <NameDialog
          title={
            parent === null
              ? t('mail:folders.newFolderTitle')
              : t('mail:folders.newFolderIn', { name: nameOf(parent) })
          }
          label={t('mail:folders.nameLabel')}
          confirm={t('mail:folders.create')}
          initial=""
          onClose={onClose}
          onConfirm={name =>
            runCommand(host, 'mailboxes.create', { accountId, parentId: parent?.id ?? null, name })
          }
        />
      )
    }
    case 'rename': {
      const { mailbox } = question
      return (
        <NameDialog
          title={t('mail:folders.renameTitle', { name: nameOf(mailbox) })}
          label={t('mail:folders.nameLabel')}
          confirm={t('common:rename')}
          initial={mailbox.name}
          onClose={onClose}
          onConfirm={name => runCommand(host, 'mailboxes.rename', { mailboxId: mailbox.id, name })}
        />
      )
    }
    case 'delete': {
      const { mailbox, isLocal } = question
      return (
        <ConfirmDialog
          isOpen
          title={t('mail:folders.deleteTitle', { name: nameOf(mailbox) })}
          confirm={t('common:delete')}
          onClose={onClose}
          onConfirm={() => void runCommand(host, 'mailboxes.delete', { mailboxId: mailbox.id })}
        >
          {isLocal ? t('mail:folders.localText') : t('mail:folders.deleteText')}
        </ConfirmDialog>
      )
    }
    case 'empty': {
      const { mailbox } = question
      return (
        <ConfirmDialog
          isOpen
          title={t('mail:folders.emptyTitle', { name: nameOf(mailbox) })}
          confirm={t('mail:folders.emptyConfirm')}
          onClose={onClose}
          onConfirm={() => void runUndoable(host, 'empty', 'mailboxes.empty', { mailboxId: mailbox.id })}
        >
          {t('mail:folders.emptyText')}
        </ConfirmDialog>
      )
    }
    default:
      return assertNever(question)
  }
}
