import {
  Archive,
  Ban,
  Code,
  Ellipsis,
  FolderInput,
  Forward,
  Mail,
  MailOpen,
  Reply,
  ReplyAll,
  Save,
  Star,
  Trash2,
} from 'lucide-react'
import { Toolbar } from 'react-aria-components'
import { useTranslation } from 'react-i18next'
import type { MessageId } from '../../../../shared/model/ids'
import type { MailboxRole, MailboxSummary } from '../../../../shared/model/mail'
import { useHost } from '../../../host/host-context'
import { useCommands } from '../../../state/keys/use-commands'
import { useUi } from '../../../state/ui-store'
import { IconButton } from '../../../ui/icon-button'
import { Menu } from '../../../ui/menu'
import { useMessageActions } from '../actions/message-actions'
import { saveMessage } from './save-files'
import { useMaybeRow } from './use-maybe-row'
import { useSavedWords } from './use-saved-words'

/** What can be done with the message being read, or with all that are selected. */
export function ReaderToolbar({
  id,
  count,
  role,
  mailboxes,
}: Readonly<{
  id: MessageId | null
  /** Selected messages. */
  count: number
  role: MailboxRole
  mailboxes: readonly MailboxSummary[]
}>) {
  const { t } = useTranslation('mail')
  const host = useHost()
  const actions = useMessageActions()
  const row = useMaybeRow(id)
  const savedWords = useSavedWords()
  const isSingle = id !== null
  const isNone = id === null && count < 2
  const isSeen = row?.flags.includes('seen') ?? true
  const isFlagged = row?.flags.includes('flagged') ?? false
  const rowRole = mailboxes.find(mailbox => mailbox.id === row?.mailboxId)?.role ?? role
  const inJunk = rowRole === 'junk'
  useCommands({
    source: () => {
      if (id !== null) useUi.setState({ sourceId: id })
    },
  })

  return (
    <Toolbar aria-label={t('reader.toolbar')} className="reader-toolbar">
      <IconButton
        label={t('reader.reply')}
        icon={Reply}
        shortcut="r"
        isDisabled={!isSingle}
        onPress={() => actions.reply('reply')}
      />
      <IconButton
        label={t('reader.replyAll')}
        icon={ReplyAll}
        shortcut="a"
        isDisabled={!isSingle}
        onPress={() => actions.reply('reply-all')}
      />
      <IconButton
        label={t('reader.forward')}
        icon={Forward}
        shortcut="f"
        isDisabled={!isSingle}
        onPress={() => actions.reply('forward')}
      />
      <span className="reader-toolbar-line" />
      <IconButton
        label={t('reader.archive')}
        icon={Archive}
        shortcut="e"
        isDisabled={isNone}
        onPress={() => actions.archive()}
      />
      <IconButton
        label={rowRole === 'trash' ? t('reader.deleteForGood') : t('reader.delete')}
        icon={Trash2}
        shortcut="#"
        isDisabled={isNone}
        onPress={() => actions.remove()}
      />
      <IconButton
        label={inJunk ? t('reader.notJunk') : t('reader.junk')}
        icon={Ban}
        shortcut="!"
        isDisabled={isNone}
        onPress={() => actions.toggleJunk()}
      />
      <IconButton
        label={t('reader.move')}
        icon={FolderInput}
        shortcut="v"
        isDisabled={isNone}
        onPress={() => actions.move()}
      />
      <span className="reader-toolbar-line" />
      <IconButton
        label={isFlagged ? t('reader.unflag') : t('reader.flag')}
        icon={Star}
        shortcut="s"
        isOn={isFlagged}
        isDisabled={isNone}
        onPress={() => actions.toggleFlag()}
      />
      <IconButton
        label={isSeen ? t('reader.markUnread') : t('reader.markRead')}
        icon={isSeen ? Mail : MailOpen}
        shortcut={isSeen ? 'u' : 'shift+u'}
        isDisabled={isNone}
        onPress={() => actions.markSeen(!isSeen)}
      />
      <span className="reader-toolbar-space" />
      <Menu
        label={t('reader.more')}
        entries={
          id === null
            ? []
            : [
                {
                  id: 'source',
                  label: t('reader.source'),
                  icon: Code,
                  shortcut: 'mod+u',
                  run: () => useUi.setState({ sourceId: id }),
                },
                {
                  id: 'save',
                  label: t('reader.saveMessage'),
                  icon: Save,
                  run: () => void saveMessage(host, id, savedWords),
                },
              ]
        }
      >
        <IconButton label={t('reader.more')} icon={Ellipsis} isDisabled={!isSingle} />
      </Menu>
    </Toolbar>
  )
}
