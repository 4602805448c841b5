import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { EventWhen } from '../../../../shared/features/calendar/model'
import { Button } from '../../../ui/actions/button'
import { TextField } from '../../../ui/fields/text-field'
import { Dialog } from '../../../ui/overlays/dialog'
import type { CalendarFormat } from '../format'
import { isoOf } from '../time/day'

const two = (number: number): string => String(number).padStart(2, '0')

/** A moment as it is typed here. */
const typed = (ms: number, { clock }: CalendarFormat): string => {
  const minute = clock.minuteAt(ms)
  return `${isoOf(clock.dayAt(ms))} ${two(Math.floor(minute / 60))}:${two(minute % 60)}`
}

const read = (text: string, zone: string): EventWhen | null => {
  const [, day, time] = /^\s*(\d{4}-\d\d-\d\d)[ T]+(\d\d:\d\d)\s*$/.exec(text) ?? []
  return day === undefined || time === undefined || Number.isNaN(Date.parse(`${day}T${time}Z`))
    ? null
    : { at: `${day}T${time}`, zone }
}

/** Another time for an invitation: nothing changes here before who invites agrees. */
export function ProposeDialog({
  event,
  who,
  format,
  onSend,
  onClose,
}: Readonly<{
  event: { startMs: number; endMs: number }
  who: string
  format: CalendarFormat
  onSend: (start: EventWhen, end: EventWhen, comment: string) => void
  onClose: () => void
}>) {
  const { t } = useTranslation(['invitation', 'common'])
  const [start, setStart] = useState(typed(event.startMs, format))
  const [end, setEnd] = useState(typed(event.endMs, format))
  const [comment, setComment] = useState('')
  const { zone } = format.clock
  const [from, to] = [read(start, zone), read(end, zone)]
  const isUsable = from !== null && to !== null && to.at > from.at
  const field = (label: string, value: string, onChange: (text: string) => void, isRead: boolean) => (
    <TextField
      label={label}
      value={value}
      onChange={onChange}
      description={t('invitation:proposeHint')}
      error={isRead ? null : t('invitation:proposeUnread')}
    />
  )
  return (
    <Dialog
      title={t('invitation:proposeTitle')}
      isOpen
      onClose={onClose}
      actions={
        <>
          <Button onPress={onClose}>{t('common:cancel')}</Button>
          <Button
            variant="primary"
            isDisabled={!isUsable}
            onPress={() => {
              if (from === null || to === null) return
              onClose()
              onSend(from, to, comment)
            }}
          >
            {t('invitation:proposeSend')}
          </Button>
        </>
      }
    >
      <div className="invitation-propose">
        {field(t('invitation:proposeStart'), start, setStart, from !== null)}
        {field(t('invitation:proposeEnd'), end, setEnd, to !== null && (from === null || to.at > from.at))}
        <TextField
          label={t('invitation:commentLabel', { who })}
          rows={3}
          value={comment}
          onChange={setComment}
        />
      </div>
    </Dialog>
  )
}
