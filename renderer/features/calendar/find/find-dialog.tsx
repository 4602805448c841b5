import './find-dialog.css'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useLiveQuery } from '../../../state/live/use-live-query'
import { TextField } from '../../../ui/fields/text-field'
import { Dialog } from '../../../ui/overlays/dialog'
import { titleOf } from '../event/event-name'
import { type ShownEvent, toShown } from '../event/shown'
import type { CalendarFormat } from '../format'
import { type Calendars, useOwnAddresses } from '../state/use-events'

const mostShown = 50

/** Finds events by words in their title, place and people. */
export function FindDialog({
  format,
  calendars,
  onGo,
  onClose,
}: Readonly<{
  format: CalendarFormat
  calendars: Calendars
  onGo: (event: ShownEvent) => void
  onClose: () => void
}>) {
  const { t } = useTranslation('calendar')
  const [text, setText] = useState('')
  const own = useOwnAddresses()
  const words = text.trim()
  const { data } = useLiveQuery(
    'events.find',
    words === '' ? null : { text: words, zone: format.clock.zone, limit: mostShown + 1 },
  )
  const found = (data ?? []).map(each => toShown(each, calendars, own))
  return (
    <Dialog title={t('find.title')} isOpen onClose={onClose} size="medium">
      <form
        onSubmit={event => {
          event.preventDefault()
          const [first] = found
          if (first !== undefined) onGo(first)
        }}
      >
        <TextField label={t('find.field')} autoFocus value={text} onChange={setText} />
      </form>
      <ul className="find-list">
        {found.slice(0, mostShown).map(event => (
          <li key={event.key}>
            <button type="button" className="find-line" onClick={() => onGo(event)}>
              <span className="find-dot" style={{ background: event.colour }} />
              <span className="find-title clip" dir="auto">
                {titleOf(event, t)}
              </span>
              <span className="find-when">{format.when(event.span)}</span>
            </button>
          </li>
        ))}
      </ul>
      <p role="status" className="ui-description">
        {words === ''
          ? ''
          : data !== undefined && found.length === 0
            ? t('find.none')
            : found.length > mostShown
              ? t('find.first', { count: mostShown })
              : t('events', { count: found.length })}
      </p>
    </Dialog>
  )
}
