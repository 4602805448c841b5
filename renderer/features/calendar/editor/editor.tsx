import './editor.css'
import { useId, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { CalendarId, CalendarSummary, EventDetail } from '../../../../shared/features/calendar/model'
import { useCommands } from '../../../state/keys/use-commands'
import { useLiveQuery } from '../../../state/live/use-live-query'
import { Button } from '../../../ui/actions/button'
import { Switch } from '../../../ui/actions/switch'
import { allPeople, badPerson, PeopleField } from '../../../ui/fields/people-field'
import { Select } from '../../../ui/fields/select'
import { TextField } from '../../../ui/fields/text-field'
import { ConfirmDialog } from '../../../ui/overlays/confirm-dialog'
import { Dialog } from '../../../ui/overlays/dialog'
import { BusyGrid } from '../busy/busy-grid'
import type { EventChanges } from '../event/changes'
import { lengthWords } from '../event/reminder-words'
import type { ShownEvent } from '../event/shown'
import type { CalendarFormat } from '../format'
import { calendarName } from '../side/name-of'
import { type Calendars, useOwnAddresses } from '../state/use-events'
import {
  type EventForm,
  fieldsOf,
  isEndBeforeStart,
  movedTo,
  type Reminder,
  reminders,
  travelTimes,
  withAllDay,
  withZone,
} from './form'
import { MoreFields } from './more-fields'
import { RepeatFields } from './repeat-fields'
import { TimeFields } from './time-fields'

/** What the editor is about: an event that is there, with all that is known of it, or a new one. */
export type EditorTarget = Readonly<{
  form: EventForm
  existing: Readonly<{ event: ShownEvent; detail: EventDetail }> | null
}>

const floating = 'floating'
const zones = (): readonly string[] => ['UTC', ...Intl.supportedValuesOf('timeZone')]

const mayWrite = ({ isReadOnly }: CalendarSummary) => !isReadOnly

export function Editor({
  target,
  calendars,
  today,
  format,
  changes,
  onClose,
}: Readonly<{
  target: EditorTarget
  calendars: Calendars
  today: number
  format: CalendarFormat
  changes: EventChanges
  onClose: (isSaved: boolean) => void
}>) {
  const { t } = useTranslation(['calendar', 'common'])
  const { t: plain } = useTranslation('calendar')
  const own = format.clock
  const { existing } = target
  const [form, setForm] = useState(target.form)
  const [unread, setUnread] = useState<ReadonlySet<string>>(new Set())
  const [isZoneShown, setZoneShown] = useState(form.zone !== null && form.zone !== own.zone)
  const [isBusyShown, setBusyShown] = useState(false)
  const [isLeaving, setLeaving] = useState(false)
  const [isSaving, setSaving] = useState(false)
  const formId = useId()
  const wrongPerson = badPerson(form.people)
  const prefix = form.people.typed.trim()
  const { data: suggestions } = useLiveQuery('addresses.suggest', prefix === '' ? null : { prefix })
  const ownAddresses = useOwnAddresses()
  const ownAddress = [...ownAddresses][0] ?? null
  // Who cannot be asked about yet, since the address is being typed, is no guest.
  const guests = form.people.list.filter(({ address }) => !ownAddresses.has(address.toLowerCase()))
  const canSave = unread.size === 0 && wrongPerson === null && !isEndBeforeStart(form)
  const isMoved = existing !== null && form.calendarId !== target.form.calendarId
  const fields = fieldsOf(form, existing === null ? null : target.form, own)
  const isChanged =
    existing === null
      ? form.title !== '' || form.notes !== '' || allPeople(form.people).length > 0
      : Object.keys(fields).length > 0 || isMoved
  const note = (field: string, isUnread: boolean) =>
    setUnread(before => {
      if (before.has(field) === isUnread) return before
      const next = new Set(before)
      if (isUnread) next.add(field)
      else next.delete(field)
      return next
    })
  const save = async () => {
    if (!canSave || isSaving) return
    setSaving(true)
    const isSaved =
      existing === null
        ? await changes.add(form.calendarId, fields)
        : await changes.save(existing.event, fields, isMoved ? form.calendarId : null)
    setSaving(false)
    if (isSaved) onClose(true)
  }
  const leave = () => (isChanged ? setLeaving(true) : onClose(false))
  useCommands({ send: () => void save() }, 'front')
  return (
    <>
      <Dialog
        title={existing === null ? t('calendar:editor.new') : t('calendar:editor.change')}
        isOpen
        onClose={leave}
        size="medium"
        actions={
          <>
            <Button onPress={leave}>{t('common:cancel')}</Button>
            <Button variant="primary" type="submit" form={formId} isDisabled={!canSave} busy={isSaving}>
              {t('calendar:editor.save')}
            </Button>
          </>
        }
      >
        <form
          id={formId}
          className="editor"
          onSubmit={event => {
            event.preventDefault()
            void save()
          }}
        >
          <TextField
            label={t('calendar:editor.name')}
            autoFocus
            value={form.title}
            onChange={title => setForm({ ...form, title })}
          />
          <TimeFields form={form} today={today} format={format} onChange={setForm} onUnread={note} />
          <p className="ui-description">{form.span.allDay ? null : t('calendar:editor.timeHint')}</p>
          <div className="editor-line">
            <Switch
              label={t('calendar:editor.allDay')}
              isSelected={form.span.allDay}
              onChange={isAllDay => {
                setUnread(new Set())
                setForm(withAllDay(form, isAllDay, own))
              }}
            />
            {form.span.allDay || isZoneShown ? null : (
              <Button variant="plain" onPress={() => setZoneShown(true)}>
                {t('calendar:editor.showZone')}
              </Button>
            )}
          </div>
          {form.span.allDay || !isZoneShown ? null : (
            <Select
              label={t('calendar:editor.zone')}
              value={form.zone ?? floating}
              onChange={zone => setForm(withZone(form, zone === floating ? null : zone, own))}
              options={[
                { id: floating, label: t('calendar:editor.floating') },
                ...[...new Set([own.zone, ...(form.zone === null ? [] : [form.zone]), ...zones()])].map(
                  id => ({ id, label: id.replaceAll('_', ' ') }),
                ),
              ]}
            />
          )}
          <RepeatFields
            form={form}
            rule={existing?.detail.rule ?? null}
            today={today}
            format={format}
            onChange={setForm}
            onUnread={note}
          />
          <div className="editor-pair">
            <Select
              label={t('calendar:editor.calendar')}
              value={String(form.calendarId)}
              onChange={id => setForm({ ...form, calendarId: Number(id) as CalendarId })}
              options={[...calendars.values()]
                .filter(each => mayWrite(each) || each.id === form.calendarId)
                .map(each => ({ id: String(each.id), label: calendarName(each, t) }))}
            />
            <Select<Reminder>
              label={t('calendar:editor.reminder')}
              value={form.reminder}
              onChange={reminder => setForm({ ...form, reminder })}
              options={[...reminders, ...(target.form.reminder === 'own' ? (['own'] as const) : [])].map(
                id => ({
                  id,
                  label:
                    id === 'own'
                      ? t('calendar:editor.ownReminders', { count: existing?.detail.alarms.length ?? 1 })
                      : t(`calendar:editor.reminders.${id}`),
                }),
              )}
            />
          </div>
          <div className="editor-place">
            <TextField
              label={t('calendar:editor.place')}
              value={form.location}
              onChange={location => setForm({ ...form, location })}
            />
            {form.span.allDay ? null : (
              <Select
                label={t('calendar:editor.travel')}
                value={String(form.travel)}
                onChange={travel => setForm({ ...form, travel: Number(travel) })}
                options={[...new Set([...travelTimes, target.form.travel])]
                  .toSorted((a, b) => a - b)
                  .map(minutes => ({
                    id: String(minutes),
                    label: minutes === 0 ? t('calendar:editor.noTravel') : lengthWords(minutes, plain),
                  }))}
              />
            )}
          </div>
          <PeopleField
            label={t('calendar:editor.people')}
            value={form.people}
            onChange={people => setForm({ ...form, people })}
            suggestions={suggestions ?? []}
            error={
              wrongPerson === null || prefix !== ''
                ? null
                : t('calendar:editor.badPeople', { address: wrongPerson })
            }
          />
          {guests.length === 0 || form.span.allDay ? null : isBusyShown ? (
            <BusyGrid
              {...{ own: ownAddress, guests, calendars, format }}
              event={form.span}
              calendarId={form.calendarId}
              exceptUid={existing?.event.instance.uid ?? null}
              onPick={startMs => setForm(movedTo(form, startMs))}
            />
          ) : (
            <div>
              <Button onPress={() => setBusyShown(true)}>{t('calendar:busy.show')}</Button>
            </div>
          )}
          <TextField
            label={t('calendar:editor.notes')}
            rows={4}
            value={form.notes}
            onChange={notes => setForm({ ...form, notes })}
          />
          <MoreFields form={form} onChange={setForm} />
        </form>
      </Dialog>
      <ConfirmDialog
        title={t('calendar:editor.discardTitle')}
        confirm={t('common:discard')}
        isOpen={isLeaving}
        onClose={() => setLeaving(false)}
        onConfirm={() => onClose(false)}
      >
        {t('calendar:editor.discardText')}
      </ConfirmDialog>
    </>
  )
}
