import type { TFunction } from 'i18next'
import {
  CheckCheck,
  Download,
  FolderCheck,
  FolderPlus,
  HardDrive,
  Pencil,
  RefreshCw,
  Settings,
  Trash2,
  Upload,
} from 'lucide-react'
import { useTranslation } from 'react-i18next'
import type { AccountSummary } from '../../../../shared/features/accounts/model'
import { isLocal, isSwitchedOff } from '../../../../shared/features/accounts/services'
import type { ImportReport } from '../../../../shared/features/mail/archive'
import { chosenRole, type MailboxSummary, type SyncWindow } from '../../../../shared/features/mail/model'
import { useHost } from '../../../host/host-context'
import { runCommand, runUndoable } from '../../../state/run-command'
import { endProgress, showToast } from '../../../state/toasts'
import { openSettings } from '../../../state/ui-store'
import type { MenuEntry } from '../../../ui/actions/menu'
import type { FolderQuestion } from './folder-dialogs'
import type { FolderLine } from './folder-lines'

const monthChoices = [1, 3, 6, 12, 24] as const

/** A toast holds so many names; the words say how many more there are. */
const namesShown = 4

/** Words for what an import left out, and why. */
function notImported(t: TFunction<['mail', 'app', 'common']>, report: ImportReport): string[] {
  const { notTaken, notTakenCount } = report
  if (notTakenCount === 0) return []
  const names = notTaken
    .slice(0, namesShown)
    .map(({ name, reason }) => t('app:toast.notImportedOne', { name, reason: t(`app:notTaken.${reason}`) }))
  const more = notTakenCount - names.length
  return [
    t('app:toast.notImported', { count: notTakenCount, names: names.join(', ') }),
    ...(more > 0 ? [t('app:toast.notImportedMore', { count: more })] : []),
  ]
}

/** What can be done with a line of the folder tree. */
export function useFolderMenu(
  accounts: readonly AccountSummary[],
  ask: (question: FolderQuestion) => void,
): (line: FolderLine) => readonly MenuEntry[] {
  const { t } = useTranslation(['mail', 'app', 'common'])
  const host = useHost()
  const isLocalAccount = (id: string) => accounts.some(account => account.id === id && isLocal(account))

  const importFrom = async (mailbox: MailboxSummary, from: 'file' | 'directory') => {
    const done = await runCommand(host, 'files.import', { mailboxId: mailbox.id, from })
    endProgress('import')
    if (done === null) return
    const text = [t('app:toast.imported', { count: done.imported }), ...notImported(t, done)].join(' ')
    showToast({
      kind: 'notice',
      text,
      action: null,
      ...(done.notTakenCount > 0 ? { shownForMs: 30_000 } : {}),
    })
  }
  const exportAll = async (mailbox: MailboxSummary) => {
    const done = await runCommand(host, 'files.export', { mailboxId: mailbox.id })
    endProgress('export')
    if (done !== null && done.exported > 0)
      showToast({ kind: 'notice', text: t('app:toast.exported', { count: done.exported }), action: null })
  }

  const windowEntries = (mailbox: MailboxSummary): readonly MenuEntry[] => {
    const { window } = mailbox
    const set = (next: SyncWindow) => () =>
      void runCommand(host, 'mailboxes.setWindow', { mailboxId: mailbox.id, window: next })
    return [
      {
        id: 'all',
        label: t('mail:folders.windowAll'),
        isChecked: window.kind === 'all',
        run: set({ kind: 'all' }),
      },
      ...monthChoices.map(months => ({
        id: `months ${months}`,
        label: t('mail:folders.windowMonths', { count: months }),
        isChecked: window.kind === 'months' && window.months === months,
        run: set({ kind: 'months', months }),
      })),
      {
        id: 'headers',
        label: t('mail:folders.windowHeaders'),
        isChecked: window.kind === 'headers',
        run: set({ kind: 'headers' }),
      },
    ]
  }

  const roleEntries = (mailbox: MailboxSummary): readonly MenuEntry[] =>
    chosenRole.options.map(role => ({
      id: `use ${role}`,
      label: t(`common:role.${role}`),
      isChecked: mailbox.role === role,
      run: () => void runCommand(host, 'mailboxes.useAs', { mailboxId: mailbox.id, role }),
    }))

  const mailboxEntries = (mailbox: MailboxSummary, isLocal: boolean): readonly MenuEntry[] => {
    const isOrdinary = mailbox.role === 'none'
    // Nothing is made or renamed among the folders of others.
    const isOwn = mailbox.namespace === 'personal'
    const canEmpty = mailbox.role === 'trash' || mailbox.role === 'junk'
    return [
      {
        id: 'read',
        label: t('mail:folders.markAllRead'),
        icon: CheckCheck,
        isDisabled: mailbox.unread === 0,
        run: () => void runUndoable(host, 'seen', 'mailboxes.markAllSeen', { mailboxId: mailbox.id }),
      },
      'line',
      ...(isOwn
        ? ([
            {
              id: 'new',
              label: t('mail:folders.newFolder'),
              icon: FolderPlus,
              run: () =>
                ask({ kind: 'new', accountId: mailbox.accountId, parent: isOrdinary ? mailbox : null }),
            },
          ] as const)
        : []),
      ...(isOrdinary && isOwn
        ? ([
            {
              id: 'rename',
              label: t('mail:folders.rename'),
              icon: Pencil,
              run: () => ask({ kind: 'rename', mailbox }),
            },
            {
              id: 'delete',
              label: t('mail:folders.delete'),
              icon: Trash2,
              isDanger: true,
              run: () => ask({ kind: 'delete', mailbox, isLocal }),
            },
          ] as const)
        : []),
      ...(canEmpty
        ? ([
            {
              id: 'empty',
              label: t('mail:folders.empty'),
              icon: Trash2,
              isDanger: true,
              isDisabled: mailbox.total === 0,
              run: () => ask({ kind: 'empty', mailbox }),
            },
          ] as const)
        : []),
      'line',
      ...(mailbox.role === 'inbox' || !mailbox.selectable
        ? []
        : ([
            {
              id: 'use-as',
              label: t('mail:folders.useAs'),
              icon: FolderCheck,
              entries: roleEntries(mailbox),
            },
          ] as const)),
      ...(isLocal
        ? []
        : ([
            {
              id: 'window',
              label: t('mail:folders.window'),
              icon: HardDrive,
              entries: windowEntries(mailbox),
            },
          ] as const)),
      {
        id: 'import',
        label: t('mail:folders.import'),
        icon: Download,
        entries: [
          { id: 'file', label: t('mail:folders.importFile'), run: () => void importFrom(mailbox, 'file') },
          {
            id: 'directory',
            label: t('mail:folders.importDirectory'),
            run: () => void importFrom(mailbox, 'directory'),
          },
        ],
      },
      {
        id: 'export',
        label: t('mail:folders.export'),
        icon: Upload,
        isDisabled: mailbox.total === 0,
        run: () => void exportAll(mailbox),
      },
    ]
  }

  return line => {
    if (line.kind === 'unified') return []
    if (line.kind === 'mailbox') return mailboxEntries(line.mailbox, isLocalAccount(line.mailbox.accountId))
    const { account } = line
    return [
      {
        id: 'new',
        label: t('mail:folders.newFolder'),
        icon: FolderPlus,
        run: () => ask({ kind: 'new', accountId: account.id, parent: null }),
      },
      ...(isLocal(account)
        ? []
        : ([
            {
              id: 'sync',
              label: t('app:sync.now'),
              icon: RefreshCw,
              isDisabled: isSwitchedOff(account, 'mail'),
              run: () => void runCommand(host, 'sync.now', { accountId: account.id }),
            },
          ] as const)),
      'line',
      {
        id: 'settings',
        label: t('app:connection.openAccount'),
        icon: Settings,
        run: () => openSettings('accounts', account.id),
      },
    ]
  }
}
