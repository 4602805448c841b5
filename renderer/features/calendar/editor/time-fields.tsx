import { useTranslation } from 'react-i18next'
import type { CalendarFormat } from '../format'
import { dateText, readDate } from '../time/typed-date'
import { readLength, readTime, timeText } from '../time/typed-time'
import { clockOf, type EventForm, isEndBeforeStart, withEnd, withLength, withStart } from './form'
import { TypedField } from './typed-field'

type EndTime = Readonly<{ length: number; minute: 0 }> | Readonly<{ length: null; minute: number }>

/** A time, or after a plus how long it takes. */
function readEndTime(text: string): EndTime | null {
  const length = readLength(text)
  if (length !== null) return { length, minute: 0 }
  const minute = readTime(text)
  return minute === null ? null : { length: null, minute }
}

/** Start and end, typed freely. The end follows the start. */
export function TimeFields({
  form,
  today,
  format,
  onChange,
  onUnread,
}: Readonly<{
  form: EventForm
  today: number
  format: CalendarFormat
  onChange: (form: EventForm) => void
  /** A field holds something that is no date or time, or does not any more. */
  onUnread: (field: string, isUnread: boolean) => void
}>) {
  const { t } = useTranslation('calendar')
  const own = format.clock
  const clock = clockOf(form.zone, own)
  const { span } = form
  const startDay = span.allDay ? span.first : clock.dayAt(span.startMs)
  const endDay = span.allDay ? span.last : clock.dayAt(span.endMs)
  const startMinute = span.allDay ? 0 : clock.minuteAt(span.startMs)
  const endMinute = span.allDay ? 0 : clock.minuteAt(span.endMs)
  const reading = { today, weeks: format.weeks, locale: format.locale }
  const readDay = (text: string) => readDate(text, reading)
  const field = (name: string, change: (form: EventForm) => void) => ({
    onUnread: () => onUnread(name, true),
    onRead: (next: EventForm) => {
      onUnread(name, false)
      change(next)
    },
  })
  const start = field('start', onChange)
  const startTime = field('startTime', onChange)
  const end = field('end', onChange)
  const endTime = field('endTime', onChange)
  /** A time before the start is one of the next day where the end was on the same. */
  const endAt = (minute: number): EventForm => {
    const isOvernight = endDay === startDay + 1 && endMinute < startMinute
    const day = endDay === startDay || isOvernight ? startDay + (minute < startMinute ? 1 : 0) : endDay
    return withEnd(form, day, minute, own)
  }
  return (
    <>
      <div className="editor-times">
        <TypedField
          label={t('editor.startDate')}
          value={dateText(startDay, reading)}
          read={readDay}
          error={t('editor.badDate')}
          onUnread={start.onUnread}
          onRead={day => start.onRead(withStart(form, day, null, own))}
        />
        {span.allDay ? null : (
          <TypedField
            label={t('editor.startTime')}
            value={timeText(startMinute)}
            read={readTime}
            error={t('editor.badTime')}
            onUnread={startTime.onUnread}
            onRead={minute => startTime.onRead(withStart(form, startDay, minute, own))}
          />
        )}
        <TypedField
          label={t('editor.endDate')}
          value={dateText(endDay, reading)}
          read={readDay}
          error={t('editor.badDate')}
          onUnread={end.onUnread}
          onRead={day => end.onRead(withEnd(form, day, null, own))}
        />
        {span.allDay ? null : (
          <TypedField
            label={t('editor.endTime')}
            value={timeText(endMinute)}
            read={readEndTime}
            error={t('editor.badTime')}
            onUnread={endTime.onUnread}
            onRead={({ length, minute }) =>
              endTime.onRead(length === null ? endAt(minute) : withLength(form, length))
            }
          />
        )}
      </div>
      <p className="editor-reading" role={isEndBeforeStart(form) ? 'alert' : undefined}>
        {isEndBeforeStart(form) ? t('editor.endBeforeStart') : format.when(span)}
      </p>
    </>
  )
}
