import { ArrowLeft, Ellipsis, Save, Video } from 'lucide-react'
import { useState } from 'react'
import { Toolbar } from 'react-aria-components'
import { useTranslation } from 'react-i18next'
import type { MessageId } from '../../../../shared/kit/ids'
import { useHost } from '../../../host/host-context'
import { answerWithLink } from '../../../state/drafts/answer-with-link'
import { IconButton } from '../../../ui/actions/icon-button'
import { Menu } from '../../../ui/actions/menu'
import { useMeetings } from '../../../ui/layout/feature'
import {
  type ActionTarget,
  type MessageAction,
  messageActions,
  seenAction,
} from '../actions/message-action-list'
import { useMessageActions } from '../actions/message-actions'
import { menuEntry } from '../actions/use-message-menu'
import { showList } from '../panes/move-between-panes'
import { saveMessage } from './attachments/save-files'
import { useSavedWords } from './attachments/use-saved-words'
import { useMaybeRow } from './use-maybe-row'

/** What can be done with the message being read, or with all that are selected. */
export function ReaderToolbar({
  id,
  count,
}: Readonly<{
  id: MessageId | null
  /** Selected messages. */
  count: number
}>) {
  const { t } = useTranslation('mail')
  const host = useHost()
  const actions = useMessageActions()
  const row = useMaybeRow(id)
  const savedWords = useSavedWords()
  const { MeetDialog } = useMeetings()
  const [meetsWith, setMeetsWith] = useState<MessageId | null>(null)
  const chosen = id === null ? (count < 2 ? 0 : count) : 1
  const target: ActionTarget = { count: chosen, row, role: actions.roleOf(id) }
  const button = (action: MessageAction, className?: string) => (
    <IconButton
      key={action.command}
      label={action.label(t, target)}
      icon={action.icon}
      command={action.command}
      isOn={action.isOn?.(target) ?? false}
      isDisabled={!action.when(target)}
      onPress={() => action.run(actions)}
      {...(className === undefined ? {} : { className })}
    />
  )
  const inMenu = (action: MessageAction) =>
    menuEntry(action, action.label(t, target), () => action.run(actions))
  const { reply, replyAll, forward, archive, delete: remove, junk, move, flag, source } = messageActions
  const seen = seenAction(target)
  const spare = 'reader-tool-spare'

  return (
    <Toolbar aria-label={t('reader.toolbar')} className="reader-toolbar">
      <IconButton
        label={t('reader.back')}
        icon={ArrowLeft}
        command="back"
        className="for-one-pane"
        onPress={showList}
      />
      {[reply, replyAll, forward].map(action => button(action))}
      <span className="reader-toolbar-line" />
      {button(archive)}
      {button(remove)}
      {button(junk, spare)}
      {button(move)}
      <span className="reader-toolbar-line reader-tool-spare" />
      {button(flag, spare)}
      {button(seen, spare)}
      <span className="reader-toolbar-space" />
      <Menu
        label={t('reader.more')}
        entries={[
          // What a narrow toolbar leaves out.
          ...[junk, flag, seen].map(inMenu),
          ...(id === null
            ? []
            : ([
                'line',
                {
                  id: 'meet',
                  label: t('reader.answerWithMeeting'),
                  icon: Video,
                  run: () => setMeetsWith(id),
                },
                inMenu(source),
                {
                  id: 'save',
                  label: t('reader.saveMessage'),
                  icon: Save,
                  run: () => void saveMessage(host, id, savedWords),
                },
              ] as const)),
        ]}
      >
        <IconButton label={t('reader.more')} icon={Ellipsis} isDisabled={chosen === 0} />
      </Menu>
      {MeetDialog === undefined || meetsWith === null ? null : (
        <MeetDialog
          into="mail"
          onLink={link => answerWithLink(host, meetsWith, link)}
          onClose={() => setMeetsWith(null)}
        />
      )}
    </Toolbar>
  )
}
