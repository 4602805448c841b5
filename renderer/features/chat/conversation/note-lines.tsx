import { memo } from 'react'
import { useTranslation } from 'react-i18next'
import type { ChatRow, Conversation } from '../../../../shared/features/chat/model'
import { Button } from '../../../ui/actions/button'
import { classNames } from '../../../ui/tokens/class-names'
import { openDialog } from '../state'
import { tameName } from '../text/tame'

type Hole = Extract<ChatRow, { kind: 'hole' }>
type Note = Extract<ChatRow, { kind: 'note' }>

/** Where messages are missing. */
export const HoleLine = memo(function HoleLine({ hole }: Readonly<{ hole: Hole }>) {
  const { t } = useTranslation('chat')
  return (
    <p data-row={hole.key} className="chat-note chat-hole">
      {t(`log.hole.${hole.state}`)}
    </p>
  )
})

const aboutDevices: ReadonlySet<Note['about']> = new Set(['new-device', 'identity-changed'])

/** What is said in the conversation by nobody. */
export function NoteLine({ note, conversation }: Readonly<{ note: Note; conversation: Conversation }>) {
  const { t } = useTranslation('chat')
  const { about } = note
  const isAlarm = about === 'identity-changed' || about === 'room-opened' || about === 'clear-from-here'
  return (
    <p data-row={note.key} className={classNames('chat-note', isAlarm && 'chat-note-alarm')}>
      <span>{t(`log.note.${about}`, { name: tameName(note.name), detail: tameName(note.detail) })}</span>
      {aboutDevices.has(about) ? (
        <Button variant="plain" onPress={() => openDialog({ kind: 'devices', id: conversation.id })}>
          {t('log.lookAtDevices')}
        </Button>
      ) : null}
    </p>
  )
}
