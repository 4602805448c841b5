import type { ComponentProps } from 'react'
import { useLiveQuery } from '../../state/live/use-live-query'
import type { Feature } from '../../ui/layout/feature'
import { findMeeting } from './find-meeting'
import { JoinButton } from './join-meeting'

/** What an invitation with a calendar file says of a meeting stands in its card. */
const isCalendar = (contentType: string): boolean => /^text\/(?:x-v)?calendar$/.test(contentType)

/** "Join" over the text of a mail that leads to a meeting. */
export function MailMeeting({ detail }: ComponentProps<NonNullable<Feature['OverMessage']>>) {
  // A link behind words stands in the HTML alone.
  const text = [detail.text ?? '', ...(detail.webLinks ?? [])].join('\n')
  const has = text.includes('https://') && !detail.attachments.some(each => isCalendar(each.contentType))
  const { data: settings } = useLiveQuery('settings.get', has ? {} : null)
  const found = has && settings !== undefined ? findMeeting(text, settings.meetingPlaces) : null
  if (found === null) return null
  return (
    <div className="meet-of-mail">
      <JoinButton {...found} accountId={detail.summary.accountId} service="mail" />
    </div>
  )
}
