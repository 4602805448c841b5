import { useTranslation } from 'react-i18next'
import type { CalendarSummary } from '../../../../shared/features/calendar/model'
import { useHost } from '../../../host/host-context'
import { runCommand } from '../../../state/run-command'
import { ConfirmDialog } from '../../../ui/overlays/confirm-dialog'
import { NameDialog } from '../../../ui/overlays/name-dialog'
import { SubscribeDialog } from '../subscription/subscribe-dialog'
import { SubscriptionDialog } from '../subscription/subscription-dialog'
import { calendarName } from './name-of'

/** What the list of calendars asks before it acts. */
export type CalendarQuestion =
  | Readonly<{ kind: 'new' }>
  | Readonly<{ kind: 'subscribe' }>
  | Readonly<{ kind: 'rename' | 'delete' | 'subscription'; calendar: CalendarSummary }>

export function CalendarDialogs({
  question,
  onClose,
}: Readonly<{ question: CalendarQuestion | null; onClose: () => void }>) {
  const { t } = useTranslation(['calendar', 'subscription', 'common'])
  const host = useHost()
  if (question === null) return null
  if (question.kind === 'new')
    return (
      <NameDialog
        title={t('calendar:list.new')}
        label={t('calendar:list.name')}
        confirm={t('calendar:list.add')}
        initial=""
        onClose={onClose}
        onConfirm={name => runCommand(host, 'calendars.addLocal', { name, colour: null })}
      />
    )
  if (question.kind === 'subscribe') return <SubscribeDialog onClose={onClose} />
  const { calendar } = question
  const name = calendarName(calendar, t)
  if (question.kind === 'subscription') return <SubscriptionDialog calendar={calendar} onClose={onClose} />
  return question.kind === 'rename' ? (
    <NameDialog
      title={t('calendar:list.renameTitle', { name })}
      label={t('calendar:list.name')}
      confirm={t('common:rename')}
      initial={name}
      onClose={onClose}
      onConfirm={next => runCommand(host, 'calendars.change', { calendarId: calendar.id, name: next })}
    />
  ) : (
    <ConfirmDialog
      isOpen
      title={t(calendar.isSubscribed ? 'subscription:endTitle' : 'calendar:list.deleteTitle', { name })}
      confirm={calendar.isSubscribed ? t('subscription:endYes') : t('common:delete')}
      onClose={onClose}
      onConfirm={() => void runCommand(host, 'calendars.remove', { calendarId: calendar.id })}
    >
      {calendar.isSubscribed
        ? t('subscription:endText')
        : calendar.eventCount === 0
          ? t('calendar:list.deleteEmpty')
          : t('calendar:list.deleteText', { count: calendar.eventCount })}
    </ConfirmDialog>
  )
}
