import { useTranslation } from 'react-i18next'
import { Select } from '../../../ui/fields/select'
import { type RepeatEnd, repeats } from '../event/repeat'
import { repeatWords } from '../event/repeat-words'
import type { CalendarFormat } from '../format'
import { addMonths } from '../time/day'
import { dateText, readDate } from '../time/typed-date'
import { type EventForm, startDay } from './form'
import { TypedField } from './typed-field'

const mostTimes = 999

/** How an event repeats and when that ends. */
export function RepeatFields({
  form,
  rule,
  today,
  format,
  onChange,
  onUnread,
}: Readonly<{
  form: EventForm
  /** The rule the event has now. */
  rule: string | null
  today: number
  format: CalendarFormat
  onChange: (form: EventForm) => void
  onUnread: (field: string, isUnread: boolean) => void
}>) {
  const { t } = useTranslation('calendar')
  const day = startDay(form, format.clock)
  const { repeat, repeatEnd } = form
  const reading = { today, weeks: format.weeks, locale: format.locale }
  const setEnd = (end: RepeatEnd) => onChange({ ...form, repeatEnd: end })
  const setEndKind = (kind: RepeatEnd['kind']) => {
    onUnread('until', false)
    onUnread('count', false)
    if (kind === 'never') setEnd({ kind })
    else if (kind === 'count') setEnd({ kind, count: 10 })
    else setEnd({ kind, day: addMonths(day, 3) })
  }
  return (
    <div className="editor-pair">
      <Select
        label={t('editor.repeat')}
        value={repeat}
        onChange={next => onChange({ ...form, repeat: next })}
        options={[...repeats, ...(form.repeat === 'own' ? (['own'] as const) : [])].map(id => ({
          id,
          label: repeatWords(id, day, rule, format, t),
        }))}
      />
      {repeat === 'none' || repeat === 'own' ? null : (
        <Select
          label={t('editor.ends')}
          value={repeatEnd.kind}
          onChange={setEndKind}
          options={(['never', 'until', 'count'] as const).map(id => ({
            id,
            label: t(`editor.endsHow.${id}`),
          }))}
        />
      )}
      {repeat === 'none' || repeat === 'own' || repeatEnd.kind !== 'until' ? null : (
        <TypedField
          label={t('editor.until')}
          value={dateText(repeatEnd.day, reading)}
          read={text => readDate(text, reading)}
          error={t('editor.badDate')}
          onUnread={() => onUnread('until', true)}
          onRead={until => {
            onUnread('until', false)
            setEnd({ kind: 'until', day: until })
          }}
        />
      )}
      {repeat === 'none' || repeat === 'own' || repeatEnd.kind !== 'count' ? null : (
        <TypedField
          label={t('editor.count')}
          value={String(repeatEnd.count)}
          read={text => {
            const count = /^\d{1,3}$/.test(text.trim()) ? Number(text) : 0
            return count >= 1 && count <= mostTimes ? count : null
          }}
          error={t('editor.badCount')}
          onUnread={() => onUnread('count', true)}
          onRead={count => {
            onUnread('count', false)
            setEnd({ kind: 'count', count })
          }}
        />
      )}
    </div>
  )
}
