import './meetings.css'
import { Video } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { EventInstance } from '../../../shared/features/calendar/model'
import { meetingTextOf } from '../../../shared/features/meetings/event-text'
import { useFormat } from '../../i18n/use-format'
import { useLiveQuery } from '../../state/live/use-live-query'
import { useMinute } from '../../state/time/use-minute'
import { Button } from '../../ui/actions/button'
import { Banner } from '../../ui/feedback/banner'
import { withoutControls } from '../../ui/fields/text-direction'
import { findMeeting } from './find-meeting'
import { JoinButton } from './join-meeting'
import { clockTime, soonMs } from './soon'

const minuteMs = 60_000
/** Who has not come by then has decided. */
const lateMs = 10 * minuteMs
/** Meetings that are told of at once. */
const most = 3

const keyOf = ({ id, startMs }: EventInstance): string => `${id} ${startMs}`

/** From five minutes before a meeting of the calendar to ten minutes after its begin: the way in, in every room. */
export function SoonBanner() {
  const minute = Math.floor(useMinute(null) / minuteMs) * minuteMs
  const [dismissed, setDismissed] = useState<readonly string[]>([])
  const zone = Intl.DateTimeFormat().resolvedOptions().timeZone
  const { data } = useLiveQuery('events.between', {
    fromMs: minute - lateMs,
    toMs: minute + soonMs + minuteMs,
    zone,
    calendarIds: null,
  })
  return (data?.events ?? [])
    .filter(
      event =>
        event.days === null &&
        event.status !== 'cancelled' &&
        event.startMs > minute - lateMs &&
        event.startMs <= minute + soonMs + minuteMs &&
        !dismissed.includes(keyOf(event)),
    )
    .slice(0, most)
    .map(event => (
      <Soon
        key={keyOf(event)}
        event={event}
        zone={zone}
        isRunning={event.startMs <= minute}
        onDismiss={() => setDismissed([...dismissed, keyOf(event)])}
      />
    ))
}

function Soon({
  event,
  zone,
  isRunning,
  onDismiss,
}: Readonly<{ event: EventInstance; zone: string; isRunning: boolean; onDismiss: () => void }>) {
  const { t } = useTranslation('meetings')
  const format = useFormat()
  const { data: settings } = useLiveQuery('settings.get', {})
  const { data: detail } = useLiveQuery('events.get', { eventId: event.id, instance: event.instance, zone })
  const accountId = useLiveQuery('calendars.list', {}).data?.find(
    ({ id }) => id === event.calendarId,
  )?.accountId
  if (settings === undefined || detail === undefined) return null
  const found = findMeeting(meetingTextOf(detail), settings.meetingPlaces)
  if (found === null) return null
  const title = withoutControls(event.title).trim() || t('untitled')
  return (
    <Banner
      icon={Video}
      title={t(isRunning ? 'running' : 'soon', { title, time: clockTime(event.startMs, format.locale) })}
      actions={
        <>
          <Button variant="plain" onPress={onDismiss}>
            {t('later')}
          </Button>
          <JoinButton {...found} accountId={accountId ?? null} service="dav" span={event} />
        </>
      }
    />
  )
}
