import { useId, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { CalendarId } from '../../../shared/features/calendar/model'
import { quickFields, quickTitle } from '../../../shared/features/calendar/quick/quick-fields'
import { messageAddress } from '../../../shared/features/todos/message-address'
import { quickTodo } from '../../../shared/features/todos/quick-todo'
import { useHost } from '../../host/host-context'
import { useLiveQuery } from '../../state/live/use-live-query'
import { runCommand } from '../../state/run-command'
import { showToast } from '../../state/toasts'
import { type PlannedMessage, useUi } from '../../state/ui-store'
import { Button } from '../../ui/actions/button'
import { RadioGroup } from '../../ui/fields/radio-group'
import { Select } from '../../ui/fields/select'
import { TextField } from '../../ui/fields/text-field'
import { Dialog } from '../../ui/overlays/dialog'
import { useListName } from './list-name'
import { useClock } from './use-clock'

/** A message becomes a to-do or an event, with an address that leads back to it. */
export function PlanFront() {
  const planned = useUi(state => state.planned)
  return planned === null ? null : <PlanDialog key={planned.name} planned={planned} />
}

function PlanDialog({ planned }: Readonly<{ planned: PlannedMessage }>) {
  const { t } = useTranslation(['todos', 'common'])
  const { t: plain } = useTranslation('todos')
  const host = useHost()
  const clock = useClock()
  const nameOf = useListName()
  const formId = useId()
  const [kind, setKind] = useState(planned.kind)
  // Quoted, the subject stays the title whatever it says; what is typed behind it says when.
  const [text, setText] = useState(`"${planned.subject.replace(/["„“”«»]/gu, "'")}" ${planned.day ?? ''}`)
  const [chosen, setChosen] = useState<CalendarId | null>(null)
  const calendars = (useLiveQuery('calendars.list', {}).data ?? []).filter(({ isReadOnly }) => !isReadOnly)
  const usual = useLiveQuery('todos.usual', {}).data?.calendarId ?? null
  const calendarId = chosen ?? (kind === 'todo' ? usual : (calendars[0]?.id ?? null))
  const reading = clock.read(text)
  const todo = quickTodo(text, reading, clock.zone)
  const title = kind === 'todo' ? (todo.title ?? '') : quickTitle(reading, clock.language)
  const when =
    kind === 'todo'
      ? todo.due == null
        ? null
        : clock.when({ at: todo.due.at, zone: null }, new Date(todo.due.at).getTime())
      : clock.when({ at: reading.start, zone: null }, new Date(reading.start).getTime())
  const close = () => useUi.setState({ planned: null })
  const add = async () => {
    if (title === '' || calendarId === null) return
    if (kind === 'todo') {
      const done = await runCommand(host, 'todos.add', {
        calendarId,
        fields: { ...todo, message: planned.name },
      })
      if (done === null) return
      showToast({ kind: 'notice', text: plain('plan.addedTodo'), action: null })
    } else {
      const url = messageAddress(planned.name)
      const fields = { ...quickFields(reading, clock.zone, clock.language), url }
      const done = await runCommand(host, 'events.add', { calendarId, fields })
      if (done === null) return
      if (done.undoId !== null) showToast({ kind: 'undo', what: 'event-add', count: 1, undoId: done.undoId })
    }
    close()
  }
  return (
    <Dialog
      title={t('todos:plan.title')}
      isOpen
      onClose={close}
      size="medium"
      actions={
        <>
          <Button onPress={close}>{t('common:cancel')}</Button>
          <Button
            type="submit"
            form={formId}
            variant="primary"
            isDisabled={title === '' || calendarId === null}
          >
            {t('todos:plan.add')}
          </Button>
        </>
      }
    >
      <form
        id={formId}
        className="plan"
        onSubmit={event => {
          event.preventDefault()
          void add()
        }}
      >
        <RadioGroup<'todo' | 'event'>
          label={t('todos:plan.what')}
          options={[
            { id: 'todo', label: t('todos:plan.todo') },
            { id: 'event', label: t('todos:plan.event') },
          ]}
          value={kind}
          onChange={setKind}
        />
        <TextField
          label={t('todos:plan.field')}
          autoFocus
          value={text}
          maxLength={1000}
          onChange={setText}
          description={t('todos:plan.hint')}
        />
        <p className="plan-reading" role="status">
          {[title, ...(when === null ? [] : [when])].filter(each => each !== '').join(' · ')}
        </p>
        <Select<string>
          label={t('todos:plan.calendar')}
          options={calendars.map(each => ({ id: String(each.id), label: nameOf(each) }))}
          value={String(calendarId ?? '')}
          onChange={id => setChosen(calendars.find(each => String(each.id) === id)?.id ?? null)}
        />
      </form>
    </Dialog>
  )
}
