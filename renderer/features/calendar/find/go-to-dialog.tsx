import './find-dialog.css'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Button } from '../../../ui/actions/button'
import { TextField } from '../../../ui/fields/text-field'
import { Dialog } from '../../../ui/overlays/dialog'
import type { CalendarFormat } from '../format'
import type { Day } from '../time/day'
import { readDate } from '../time/typed-date'

/** Leads to a date that is typed as one likes; what was understood is read back. */
export function GoToDialog({
  today,
  format,
  onGo,
  onClose,
}: Readonly<{ today: Day; format: CalendarFormat; onGo: (day: Day) => void; onClose: () => void }>) {
  const { t } = useTranslation(['calendar', 'common'])
  const [text, setText] = useState('')
  const day = readDate(text, { today, weeks: format.weeks, locale: format.locale })
  return (
    <Dialog
      title={t('calendar:goTo.title')}
      isOpen
      onClose={onClose}
      actions={
        <>
          <Button onPress={onClose}>{t('common:cancel')}</Button>
          <Button type="submit" form="calendar-go-to" variant="primary" isDisabled={day === null}>
            {t('calendar:goTo.go')}
          </Button>
        </>
      }
    >
      <form
        id="calendar-go-to"
        onSubmit={event => {
          event.preventDefault()
          if (day !== null) onGo(day)
        }}
      >
        <TextField
          label={t('calendar:goTo.field')}
          autoFocus
          value={text}
          onChange={setText}
          description={t('calendar:goTo.hint')}
        />
        <p role="status" className="go-to-reading">
          {text.trim() === '' ? ' ' : day === null ? t('calendar:goTo.unread') : format.full(day)}
        </p>
      </form>
    </Dialog>
  )
}
