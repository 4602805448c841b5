import './quick-dialog.css'
import { useId, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { CalendarId, CalendarSummary, EventFields } from '../../../../shared/features/calendar/model'
import { quickFields, quickTitle } from '../../../../shared/features/calendar/quick/quick-fields'
import { type QuickReading, readQuick } from '../../../../shared/features/calendar/quick/read-quick'
import { foldText } from '../../../../shared/kit/fold-text'
import { Button } from '../../../ui/actions/button'
import { TextField } from '../../../ui/fields/text-field'
import { Dialog } from '../../../ui/overlays/dialog'
import { reminderWords } from '../event/reminder-words'
import { readRepeat } from '../event/repeat'
import { repeatWords } from '../event/repeat-words'
import type { CalendarFormat } from '../format'
import { calendarName } from '../side/name-of'
import type { Calendars } from '../state/use-events'
import { isoOf } from '../time/day'
import { timeText } from '../time/typed-time'
import { MarkedText } from './marked-text'
import { quickSpan } from './quick-span'

/** The calendar whose name begins with what was typed behind a slash. */
function named(
  calendars: readonly CalendarSummary[],
  name: string | null,
  nameOf: (calendar: CalendarSummary) => string,
): CalendarSummary | undefined {
  return name === null ? undefined : calendars.find(each => foldText(nameOf(each)).startsWith(foldText(name)))
}

export type QuickResult = Readonly<{ calendarId: CalendarId; reading: QuickReading; fields: EventFields }>

/** A new event in one line, with what is understood of it read back while it is typed. */
export function QuickDialog({
  text: begun,
  calendars,
  usual,
  nowMs,
  format,
  onAdd,
  onEdit,
  onClose,
}: Readonly<{
  /** What was typed before the field was there. */
  text: string
  calendars: Calendars
  /** The calendar where none is named. */
  usual: CalendarId
  nowMs: number
  format: CalendarFormat
  onAdd: (result: QuickResult) => void
  onEdit: (result: QuickResult) => void
  onClose: () => void
}>) {
  const { t, i18n } = useTranslation(['calendar', 'common'])
  const { t: plain } = useTranslation('calendar')
  const [text, setText] = useState(begun)
  const [scrolledPx, setScrolled] = useState(0)
  const formId = useId()
  const language = i18n.language === 'de' ? 'de' : 'en'
  const { clock } = format
  const reading = readQuick(text, {
    now: `${isoOf(clock.dayAt(nowMs))}T${timeText(clock.minuteAt(nowMs))}`,
    language,
  })
  const writable = [...calendars.values()].filter(({ isReadOnly }) => !isReadOnly)
  const calendar = named(writable, reading.calendar, each => calendarName(each, t)) ?? calendars.get(usual)
  const fields = quickFields(reading, clock.zone, language)
  const result: QuickResult = { calendarId: calendar?.id ?? usual, reading, fields }
  const span = quickSpan(reading, clock)
  const day = span.allDay ? span.first : clock.dayAt(span.startMs)
  const title = quickTitle(reading, language)
  const isEmpty = text.trim() === ''
  const lines: readonly (readonly [string, string])[] = [
    [t('calendar:quick.parts.title'), title || t('calendar:quick.noTitle')],
    [t('calendar:quick.parts.when'), format.when(span)],
    ...(reading.rule === null
      ? []
      : [
          [
            t('calendar:quick.parts.repeat'),
            repeatWords(readRepeat(reading.rule, day), day, reading.rule, format, plain),
          ] as const,
        ]),
    ...(reading.location === '' ? [] : [[t('calendar:quick.parts.place'), reading.location] as const]),
    ...(fields.attendees === undefined
      ? []
      : [
          [
            t('calendar:quick.parts.people'),
            fields.attendees.map(({ address }) => address).join(', '),
          ] as const,
        ]),
    ...(reading.alarms.length === 0
      ? []
      : [
          [
            t('calendar:quick.parts.alarm'),
            reading.alarms.map(each => reminderWords(each, plain)).join(', '),
          ] as const,
        ]),
    [t('calendar:quick.parts.calendar'), calendar === undefined ? '' : calendarName(calendar, t)],
  ]
  return (
    <Dialog
      title={t('calendar:quick.title')}
      isOpen
      onClose={onClose}
      size="medium"
      actions={
        <>
          <Button onPress={() => onEdit(result)}>{t('calendar:quick.edit')}</Button>
          <Button type="submit" form={formId} variant="primary" isDisabled={title === ''}>
            {t('calendar:quick.add')}
          </Button>
        </>
      }
    >
      <form
        id={formId}
        onSubmit={event => {
          event.preventDefault()
          if (title !== '') onAdd(result)
        }}
      >
        <div
          className="quick-field"
          onScrollCapture={event => setScrolled((event.target as HTMLElement).scrollLeft)}
        >
          <TextField
            label={t('calendar:quick.field')}
            autoFocus
            value={text}
            onChange={setText}
            description={t('calendar:quick.hint')}
          />
          <MarkedText text={text} tokens={reading.tokens} scrolledPx={scrolledPx} />
        </div>
      </form>
      <div role="status">
        <dl className="quick-reading">
          {isEmpty
            ? null
            : lines.map(([name, words]) => (
                <div key={name} className="quick-line">
                  <dt>{name}</dt>
                  <dd dir="auto">{words}</dd>
                </div>
              ))}
        </dl>
      </div>
    </Dialog>
  )
}
