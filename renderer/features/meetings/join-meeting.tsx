import './meetings.css'
import { Video } from 'lucide-react'
import type { ComponentProps } from 'react'
import { useTranslation } from 'react-i18next'
import { useHost } from '../../host/host-context'
import { useFormat } from '../../i18n/use-format'
import { useLiveQuery } from '../../state/live/use-live-query'
import { runCommand } from '../../state/run-command'
import { useMinute } from '../../state/time/use-minute'
import { Button } from '../../ui/actions/button'
import type { Feature } from '../../ui/layout/feature'
import { findMeeting } from './find-meeting'
import { clockTime, isLaterToday, isSoon } from './soon'

type Props = ComponentProps<NonNullable<Feature['JoinMeeting']>>

/** The way into the first meeting that a text leads to. Main asks in its own window before anything opens, and over Tor says why nothing does. */
export function JoinMeeting(props: Props) {
  const { data: settings } = useLiveQuery('settings.get', props.text.includes('https://') ? {} : null)
  const found = settings === undefined ? null : findMeeting(props.text, settings.meetingPlaces)
  return found === null ? null : <JoinButton {...props} {...found} />
}

/** The button alone. */
export function JoinButton({
  url,
  host: meeting,
  accountId,
  service,
  span,
}: Omit<Props, 'text'> & Readonly<{ url: string; host: string }>) {
  const { t } = useTranslation('meetings')
  const host = useHost()
  const format = useFormat()
  const nowMs = useMinute(span?.startMs)
  const isNow = span !== undefined && isSoon(span, nowMs)
  return (
    <div className="meet-join">
      <Button
        icon={Video}
        variant={isNow ? 'primary' : 'normal'}
        aria-description={t('on', { host: meeting })}
        onPress={() => void runCommand(host, 'meetings.open', { url, accountId, service })}
      >
        {isNow
          ? t('joinNow')
          : span !== undefined && isLaterToday(span, nowMs)
            ? t('joinAt', { time: clockTime(span.startMs, format.locale) })
            : t('join', { host: meeting })}
      </Button>
    </div>
  )
}
