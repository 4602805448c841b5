import { ArrowLeft, Mail, Plus, Trash2 } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { CalendarSummary, EventId } from '../../../shared/features/calendar/model'
import type { Todo, TodoDetail, TodoFields } from '../../../shared/features/todos/model'
import { quickTodo } from '../../../shared/features/todos/quick-todo'
import { useLiveQuery } from '../../state/live/use-live-query'
import { Button } from '../../ui/actions/button'
import { IconButton } from '../../ui/actions/icon-button'
import { Select } from '../../ui/fields/select'
import { withoutControls } from '../../ui/fields/text-direction'
import { TextField } from '../../ui/fields/text-field'
import { useShowMessage } from '../../ui/layout/feature'
import { priorityName } from './lines'
import { useListName } from './list-name'
import { DoneBox } from './todo-list'
import { useTodoChanges } from './use-changes'
import type { TodoClock } from './use-clock'

const rules = {
  daily: 'FREQ=DAILY',
  weekdays: 'FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR',
  weekly: 'FREQ=WEEKLY',
  monthly: 'FREQ=MONTHLY',
  yearly: 'FREQ=YEARLY',
} as const
type RuleName = keyof typeof rules
const ruleNames = Object.keys(rules) as RuleName[]
const reminders = ['PT0S', 'PT15M', 'PT1H', 'P1D'] as const
const priorities = { none: 0, high: 1, medium: 5, low: 9 } as const
type PriorityName = keyof typeof priorities
const percents = [0, 25, 50, 75] as const

type PageProps = Readonly<{
  id: EventId
  all: readonly Todo[]
  calendars: readonly CalendarSummary[]
  clock: TodoClock
  onShow: (id: EventId) => void
  onLeave: () => void
}>

/** All of a to-do. What is changed here is kept at once. */
export function TodoPage(props: PageProps) {
  const { data } = useLiveQuery('todos.get', { id: props.id, zone: props.clock.zone })
  return data === undefined ? null : <Page {...props} todo={data} />
}

function Page({ todo, all, calendars, clock, onShow, onLeave }: PageProps & Readonly<{ todo: TodoDetail }>) {
  const { t } = useTranslation('todos')
  const changes = useTodoChanges()
  const nameOf = useListName()
  const calendar = calendars.find(({ id }) => id === todo.calendarId)
  const isFixed = calendar?.isReadOnly ?? false
  const change = (fields: TodoFields) => void changes.change(todo.id, fields)
  const ruleName =
    todo.rule === null ? 'none' : (ruleNames.find(name => rules[name] === todo.rule) ?? 'other')
  const [alarm, ...others] = todo.alarms
  const reminder =
    alarm === undefined ? 'none' : (others.length === 0 && reminders.find(each => each === alarm)) || 'other'
  const hasTime = todo.due !== null || todo.start !== null
  return (
    <div className="todo-page">
      <header className="todo-head">
        <IconButton label={t('back')} icon={ArrowLeft} className="todo-back" onPress={onLeave} />
        <DoneBox todo={todo} onToggle={() => void changes.toggle(todo)} />
        <Kept
          key={`title ${todo.title}`}
          label={t('field.title')}
          isHidden
          value={todo.title}
          isDisabled={isFixed}
          onKeep={title => change({ title })}
        />
        {isFixed ? null : (
          <IconButton label={t('delete')} icon={Trash2} onPress={() => void changes.remove(todo.id)} />
        )}
      </header>
      <div className="todo-form">
        <WhenField
          key={`due ${todo.due?.at ?? ''}`}
          label={t('field.due')}
          when={todo.due}
          ms={todo.dueMs}
          clock={clock}
          isDisabled={isFixed}
          onKeep={due => change({ due })}
        />
        <WhenField
          key={`start ${todo.start?.at ?? ''}`}
          label={t('field.start')}
          when={todo.start}
          ms={todo.startMs}
          clock={clock}
          isDisabled={isFixed}
          onKeep={start => change({ start })}
        />
        <Select<string>
          label={t('priority.label')}
          options={(Object.keys(priorities) as PriorityName[]).map(id => ({
            id,
            label: t(`priority.${id}`),
          }))}
          value={priorityName(todo.priority)}
          isDisabled={isFixed}
          onChange={name => change({ priority: priorities[name as PriorityName] })}
        />
        <Select<string>
          label={t('field.percent')}
          options={[...new Set([...percents, todo.percent])]
            .filter(each => each < 100)
            .sort((left, right) => left - right)
            .map(each => ({ id: String(each), label: `${String(each)} %` }))}
          value={String(todo.percent)}
          isDisabled={isFixed || todo.percent === 100}
          onChange={percent => change({ percent: Number(percent) })}
        />
        <Select<string>
          label={t('field.repeat')}
          options={[
            { id: 'none', label: t('repeat.none') },
            ...ruleNames.map(id => ({ id, label: t(`repeat.${id}`) })),
            ...(ruleName === 'other' ? [{ id: 'other', label: t('repeat.other') }] : []),
          ]}
          value={ruleName}
          isDisabled={isFixed || !hasTime}
          onChange={name => {
            if (name === 'none') change({ rule: null })
            else if (name !== 'other') change({ rule: rules[name as RuleName] })
          }}
        />
        <Select<string>
          label={t('field.reminder')}
          options={[
            { id: 'none', label: t('reminder.none') },
            ...reminders.map(id => ({ id, label: t(`reminder.${id}`) })),
            ...(reminder === 'other' ? [{ id: 'other', label: t('reminder.other') }] : []),
          ]}
          value={reminder}
          isDisabled={isFixed || !hasTime}
          onChange={name => {
            if (name !== 'other') change({ alarms: name === 'none' ? [] : [name] })
          }}
        />
        {isFixed ? null : (
          <Select<string>
            label={t('field.list')}
            options={calendars
              .filter(({ isReadOnly }) => !isReadOnly)
              .map(each => ({ id: String(each.id), label: nameOf(each) }))}
            value={String(todo.calendarId)}
            onChange={id => {
              const into = calendars.find(each => String(each.id) === id)
              if (into !== undefined && into.id !== todo.calendarId)
                void changes.move(todo.id, into.id).then(moved => {
                  if (moved !== null) onShow(moved)
                })
            }}
          />
        )}
      </div>
      <Kept
        key={`notes ${todo.notes}`}
        label={t('field.notes')}
        value={todo.notes}
        rows={6}
        isDisabled={isFixed || todo.isCut}
        onKeep={notes => change({ notes })}
      />
      {todo.isCut ? <p className="todos-note">{t('field.isCut')}</p> : null}
      <Parts todo={todo} all={all} clock={clock} isFixed={isFixed} onShow={onShow} />
      {todo.message === null ? null : <MessageLink name={todo.message} />}
      <dl className="todo-facts">
        {todo.categories.length === 0 ? null : (
          <div>
            <dt>{t('field.categories')}</dt>
            <dd dir="auto">{todo.categories.join(', ')}</dd>
          </div>
        )}
        {calendar === undefined || !isFixed ? null : (
          <div>
            <dt>{t('field.list')}</dt>
            <dd dir="auto">
              <span className="todos-dot" style={{ background: calendar.colour }} /> {nameOf(calendar)}
            </dd>
          </div>
        )}
        {todo.doneMs === null ? null : (
          <div>
            <dt>{t('view.done')}</dt>
            <dd>{clock.dayWords(clock.dayAt(todo.doneMs))}</dd>
          </div>
        )}
      </dl>
    </div>
  )
}

/** A text that is kept when it is left, or with Enter where it has one line. Escape takes back what was typed. */
function Kept({
  label,
  value,
  isHidden = false,
  rows,
  isDisabled,
  onKeep,
}: Readonly<{
  label: string
  value: string
  isHidden?: boolean
  rows?: number
  isDisabled: boolean
  onKeep: (text: string) => void
}>) {
  const [text, setText] = useState(value)
  const keep = () => {
    if (text !== value) onKeep(text)
  }
  return (
    <TextField
      label={label}
      hideLabel={isHidden}
      className={isHidden ? 'todo-title' : 'todo-text'}
      value={text}
      maxLength={rows === undefined ? 5000 : 100_000}
      isDisabled={isDisabled}
      {...(rows === undefined ? {} : { rows })}
      onChange={setText}
      onBlur={keep}
      onKeyDown={event => {
        if (event.key === 'Enter' && rows === undefined) keep()
        else if (event.key === 'Escape' && text !== value) setText(value)
        else event.continuePropagation()
      }}
    />
  )
}

/** A day or a day and a time, typed as people say it. */
function WhenField({
  label,
  when,
  ms,
  clock,
  isDisabled,
  onKeep,
}: Readonly<{
  label: string
  when: Todo['due']
  ms: number | null
  clock: TodoClock
  isDisabled: boolean
  onKeep: (when: Todo['due']) => void
}>) {
  const { t } = useTranslation('todos')
  const shown = when === null ? '' : clock.when(when, ms)
  const [text, setText] = useState<string | null>(null)
  const reading = text === null ? null : clock.read(text)
  const isRead = reading?.tokens.some(({ kind }) => kind === 'date' || kind === 'time') ?? false
  const isEmpty = text?.trim() === ''
  const isUnread = text !== null && !isEmpty && !isRead && text !== shown
  const keep = () => {
    if (text === null || text === shown || isUnread) return
    setText(null)
    if (isEmpty) onKeep(null)
    else if (reading !== null)
      onKeep({ at: reading.start, zone: reading.allDay ? null : (reading.zone ?? clock.zone) })
  }
  const understood =
    reading !== null && isRead && text !== shown
      ? clock.when(
          { at: reading.start, zone: null },
          reading.allDay ? null : new Date(reading.start).getTime(),
        )
      : null
  return (
    <TextField
      label={label}
      value={text ?? shown}
      placeholder={t('field.whenHint')}
      maxLength={200}
      isDisabled={isDisabled}
      error={isUnread ? t('field.unread') : null}
      {...(understood === null ? {} : { description: understood })}
      onChange={setText}
      onBlur={keep}
      onKeyDown={event => {
        if (event.key === 'Enter') keep()
        else if (event.key === 'Escape' && text !== null) setText(null)
        else event.continuePropagation()
      }}
    />
  )
}

/** What it consists of, and a line for one more. */
function Parts({
  todo,
  all,
  clock,
  isFixed,
  onShow,
}: Readonly<{
  todo: Todo
  all: readonly Todo[]
  clock: TodoClock
  isFixed: boolean
  onShow: (id: EventId) => void
}>) {
  const { t } = useTranslation('todos')
  const changes = useTodoChanges()
  const [text, setText] = useState('')
  const parts = all.filter(({ parent }) => parent === todo.id).toSorted((left, right) => left.id - right.id)
  const add = async () => {
    const fields = quickTodo(text, clock.read(text), clock.zone)
    if ((fields.title ?? '') === '') return
    if ((await changes.add(todo.calendarId, { ...fields, parent: todo.id })) !== null) setText('')
  }
  return (
    <section className="todo-parts" aria-label={t('field.parts')}>
      <h2 className="ui-label">{t('field.parts')}</h2>
      {parts.length === 0 ? null : (
        <ul>
          {parts.map(part => (
            <li key={part.id} className="todo-part" data-done={part.status === 'done'}>
              <DoneBox todo={part} onToggle={() => void changes.toggle(part)} />
              <Button variant="plain" className="todo-part-title" onPress={() => onShow(part.id)}>
                {withoutControls(part.title) || t('untitled')}
              </Button>
            </li>
          ))}
        </ul>
      )}
      {isFixed ? null : (
        <form
          className="todo-part-add"
          onSubmit={event => {
            event.preventDefault()
            void add()
          }}
        >
          <TextField
            label={t('field.addPart')}
            hideLabel
            placeholder={t('field.addPart')}
            value={text}
            maxLength={1000}
            onChange={setText}
          />
          <IconButton label={t('field.addPart')} icon={Plus} type="submit" isDisabled={text.trim() === ''} />
        </form>
      )}
    </section>
  )
}

function MessageLink({ name }: Readonly<{ name: string }>) {
  const { t } = useTranslation('todos')
  const show = useShowMessage()
  const { data } = useLiveQuery('messages.named', { name })
  if (data === undefined) return null
  const { message } = data
  if (message === null) return <p className="todos-note">{t('field.messageGone')}</p>
  return (
    <Button icon={Mail} onPress={() => show(message)}>
      {t('field.openMessage')}
    </Button>
  )
}
