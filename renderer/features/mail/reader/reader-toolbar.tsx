import {
  Archive,
  ArrowLeft,
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
import type { MailboxRole, MailboxSummary } from '../../../../shared/features/mail/model'
import type { MessageId } from '../../../../shared/kit/ids'
import { useHost } from '../../../host/host-context'
import { useCommands } from '../../../state/keys/use-commands'
import { useUi } from '../../../state/ui-store'
import { IconButton } from '../../../ui/actions/icon-button'
import { Menu } from '../../../ui/actions/menu'
import { useMessageActions } from '../actions/message-actions'
import { showList } from '../panes/move-between-panes'
import { saveMessage } from './attachments/save-files'
import { useSavedWords } from './attachments/use-saved-words'
import { useMaybeRow } from './use-maybe-row'

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

  /** What a narrow toolbar leaves to the menu at its end. */
  const spare = [
    {
      id: 'junk',
      label: inJunk ? t('reader.notJunk') : t('reader.junk'),
      icon: Ban,
      shortcut: '!',
      isOn: false,
      run: () => actions.toggleJunk(),
    },
    {
      id: 'flag',
      label: isFlagged ? t('reader.unflag') : t('reader.flag'),
      icon: Star,
      shortcut: 's',
      isOn: isFlagged,
      run: () => actions.toggleFlag(),
    },
    {
      id: 'seen',
      label: isSeen ? t('reader.markUnread') : t('reader.markRead'),
      icon: isSeen ? Mail : MailOpen,
      shortcut: isSeen ? 'u' : 'shift+u',
      isOn: false,
      run: () => actions.markSeen(!isSeen),
    },
  ] as const
  const [junk, ...marks] = spare
  const spareButton = ({ id: key, label, icon, shortcut, isOn, run }: (typeof spare)[number]) => (
    <IconButton
      key={key}
      {...{ label, icon, shortcut, isOn }}
      className="reader-tool-spare"
      isDisabled={isNone}
      onPress={run}
    />
  )

  return (
    <Toolbar aria-label={t('reader.toolbar')} className="reader-toolbar">
      <IconButton
        label={t('reader.back')}
        icon={ArrowLeft}
        shortcut="Escape"
        className="for-one-pane"
        onPress={showList}
      />
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
      {spareButton(junk)}
      <IconButton
        label={t('reader.move')}
        icon={FolderInput}
        shortcut="v"
        isDisabled={isNone}
        onPress={() => actions.move()}
      />
      <span className="reader-toolbar-line reader-tool-spare" />
      {marks.map(spareButton)}
      <span className="reader-toolbar-space" />
      <Menu
        label={t('reader.more')}
        entries={[
          ...spare.map(({ isOn, ...entry }) => entry),
          ...(id === null
            ? []
            : ([
                'line',
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
              ] as const)),
        ]}
      >
        <IconButton label={t('reader.more')} icon={Ellipsis} isDisabled={isNone} />
      </Menu>
    </Toolbar>
  )
}
