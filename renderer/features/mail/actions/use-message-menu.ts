import {
  Archive,
  Ban,
  Code,
  FolderInput,
  Forward,
  Mail,
  MailOpen,
  Reply,
  ReplyAll,
  Star,
  Trash2,
} from 'lucide-react'
import { useTranslation } from 'react-i18next'
import type { MessageSummary } from '../../../../shared/features/mail/model'
import type { MessageId } from '../../../../shared/kit/ids'
import { useUi } from '../../../state/ui-store'
import type { MenuEntry } from '../../../ui/actions/menu'
import { useMessageActions } from './message-actions'

/** The right-button menu of messages. */
export function useMessageMenu(): (
  row: MessageSummary | undefined,
  ids: readonly MessageId[],
) => readonly MenuEntry[] {
  const { t } = useTranslation('mail')
  const actions = useMessageActions()
  return (row, ids) => {
    const isSeen = row?.flags.includes('seen') ?? true
    const isFlagged = row?.flags.includes('flagged') ?? false
    const single: readonly MenuEntry[] =
      ids.length !== 1
        ? []
        : [
            {
              id: 'reply',
              label: t('reader.reply'),
              icon: Reply,
              shortcut: 'r',
              run: () => actions.reply('reply'),
            },
            {
              id: 'all',
              label: t('reader.replyAll'),
              icon: ReplyAll,
              shortcut: 'a',
              run: () => actions.reply('reply-all'),
            },
            {
              id: 'forward',
              label: t('reader.forward'),
              icon: Forward,
              shortcut: 'f',
              run: () => actions.reply('forward'),
            },
            'line',
          ]
    return [
      ...single,
      {
        id: 'archive',
        label: t('reader.archive'),
        icon: Archive,
        shortcut: 'e',
        run: () => actions.archive(ids),
      },
      { id: 'move', label: t('reader.move'), icon: FolderInput, shortcut: 'v', run: () => actions.move(ids) },
      {
        id: 'flag',
        label: isFlagged ? t('reader.unflag') : t('reader.flag'),
        icon: Star,
        shortcut: 's',
        run: () => actions.toggleFlag(ids),
      },
      {
        id: 'seen',
        label: isSeen ? t('reader.markUnread') : t('reader.markRead'),
        icon: isSeen ? Mail : MailOpen,
        shortcut: isSeen ? 'u' : 'shift+u',
        run: () => actions.markSeen(!isSeen, ids),
      },
      { id: 'junk', label: t('reader.junk'), icon: Ban, shortcut: '!', run: () => actions.toggleJunk(ids) },
      'line',
      ...(ids.length === 1
        ? ([
            {
              id: 'source',
              label: t('reader.source'),
              icon: Code,
              shortcut: 'mod+u',
              run: () => useUi.setState({ sourceId: ids[0] ?? null }),
            },
          ] as const)
        : []),
      {
        id: 'delete',
        label: t('reader.delete'),
        icon: Trash2,
        shortcut: 'Delete',
        isDanger: true,
        run: () => actions.remove(ids),
      },
    ]
  }
}
