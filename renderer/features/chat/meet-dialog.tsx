import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import {
  isFixedMeeting,
  type MeetingPlace,
  meetingLink,
  meetingRoomBytes,
} from '../../../shared/features/chat/meetings'
import type { ConversationId } from '../../../shared/features/chat/model'
import { useHost } from '../../host/host-context'
import { useLiveQuery } from '../../state/live/use-live-query'
import { runCommand } from '../../state/run-command'
import { openSettings } from '../../state/ui-store'
import { Button } from '../../ui/actions/button'
import { Select } from '../../ui/fields/select'
import { Dialog } from '../../ui/overlays/dialog'

/** Makes the link of a meeting and writes it into a conversation. Nothing is dialled, and nothing opens. */
export function MeetDialog({ id, onClose }: Readonly<{ id: ConversationId; onClose: () => void }>) {
  const { t } = useTranslation(['chat', 'common'])
  const host = useHost()
  const places = useLiveQuery('settings.get', {}).data?.meetingPlaces ?? []
  const [at, setAt] = useState('0')
  const [random] = useState(() => crypto.getRandomValues(new Uint8Array(meetingRoomBytes)))
  const place = places[Number(at)]
  const link = place === undefined ? null : meetingLink(place, random)
  const post = async () => {
    if (link === null) return
    const sent = await runCommand(host, 'chat.send', {
      conversationId: id,
      text: link,
      replyTo: null,
      inClear: false,
    })
    if (sent !== null) onClose()
  }
  const nameOf = ({ kind, address }: MeetingPlace) =>
    `${t(`meet.providers.${kind}`)} · ${URL.parse(address.replaceAll('{room}', 'room'))?.host ?? address}`
  return (
    <Dialog
      title={t('meet.title')}
      isOpen
      onClose={onClose}
      actions={
        place === undefined ? (
          <Button
            variant="primary"
            onPress={() => {
              onClose()
              openSettings('chat')
            }}
          >
            {t('meet.setUp')}
          </Button>
        ) : (
          <>
            <Button onPress={onClose}>{t('common:cancel')}</Button>
            <Button variant="primary" isDisabled={link === null} onPress={() => void post()}>
              {t('meet.post')}
            </Button>
          </>
        )
      }
    >
      {place === undefined ? (
        <p>{t('meet.noProvider')}</p>
      ) : (
        <div className="chat-form">
          <p>{t('meet.text')}</p>
          {places.length > 1 ? (
            <Select
              label={t('meet.provider')}
              options={places.map((each, index) => ({ id: String(index), label: nameOf(each) }))}
              value={at}
              onChange={setAt}
            />
          ) : null}
          <p className="selectable chat-meet-link" dir="ltr">
            {link ?? t('meet.bad')}
          </p>
          <p className="ui-description">{t(isFixedMeeting(place) ? 'meet.fixedAdvice' : 'meet.advice')}</p>
        </div>
      )}
    </Dialog>
  )
}
