import { Plus } from 'lucide-react'
import { type RefObject, useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { CalendarId, CalendarSummary } from '../../../shared/features/calendar/model'
import { quickTodo } from '../../../shared/features/todos/quick-todo'
import { foldText } from '../../../shared/kit/fold-text'
import { Icon } from '../../ui/actions/icon'
import { priorityName } from './lines'
import { useListName } from './list-name'
import { useTodoChanges } from './use-changes'
import type { TodoClock } from './use-clock'

/** A line that becomes a to-do with Enter; what is understood of it stands below while it is typed. */
export function QuickAdd({
  target,
  calendars,
  clock,
  day,
  inputRef,
}: Readonly<{
  /** Where it goes unless another list is named; null where none can be written, undefined until that is known. */
  target: CalendarId | null | undefined
  calendars: readonly CalendarSummary[]
  clock: TodoClock
  /** On which it is due where nothing is said. */
  day: string | null
  inputRef: RefObject<HTMLInputElement | null>
}>) {
  const { t } = useTranslation('todos')
  const nameOf = useListName()
  const changes = useTodoChanges()
  const [text, setText] = useState('')
  // Enter came before it was known where to: it is added then.
  const [waits, setWaits] = useState(false)
  const reading = clock.read(text)
  const fields = quickTodo(text, reading, clock.zone)
  const named = reading.calendar
  const into =
    named === null
      ? undefined
      : calendars.find(each => !each.isReadOnly && foldText(nameOf(each)).startsWith(foldText(named)))
  const calendarId = into?.id ?? target
  const due = fields.due ?? (day === null ? null : { at: day, zone: null })
  const title = fields.title ?? ''
  const add = async () => {
    if (calendarId === undefined) setWaits(title !== '')
    if (title === '' || calendarId === null || calendarId === undefined) return
    setText('')
    const id = await changes.add(calendarId, { ...fields, ...(due === null ? {} : { due }) })
    // What could not be kept is not lost.
    if (id === null) setText(now => (now === '' ? text : now))
  }
  useEffect(() => {
    if (!waits || calendarId === undefined) return
    setWaits(false)
    void add()
  })
  const whenWords = due === null ? '' : dueWords(due, clock)
  const list = calendars.find(({ id }) => id === calendarId)
  return (
    <form
      className="todos-add"
      onSubmit={event => {
        event.preventDefault()
        void add()
      }}
    >
      <Icon of={Plus} />
      <input
        ref={inputRef}
        autoComplete="off"
        dir="auto"
        className="ui-input"
        aria-label={t('add')}
        placeholder={t('addHint')}
        aria-describedby="todos-reading"
        maxLength={1000}
        disabled={target === null}
        value={text}
        onChange={event => setText(event.target.value)}
        onKeyDown={event => {
          if (event.key !== 'Escape') return
          setText('')
          event.currentTarget.blur()
        }}
      />
      <p id="todos-reading" className="todos-reading" role="status">
        {target === null
          ? t('noList')
          : text.trim() === ''
            ? ''
            : [
                title,
                ...(due === null
                  ? []
                  : [t(fields.rule === undefined ? 'understood' : 'understoodRule', { when: whenWords })]),
                ...(fields.priority === undefined ? [] : [t(`priority.${priorityName(fields.priority)}`)]),
                ...(list === undefined ? [] : [nameOf(list)]),
              ]
                .filter(each => each !== '')
                .join(' · ')}
      </p>
    </form>
  )
}

/** A time that was typed is one of this clock. */
const dueWords = (due: { at: string }, clock: TodoClock): string =>
  clock.when({ at: due.at, zone: null }, due.at.includes('T') ? new Date(due.at).getTime() : null)
