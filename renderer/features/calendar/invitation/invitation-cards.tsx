import { useEffect, useRef } from 'react'
import type { MessageDetail } from '../../../../shared/features/mail/model'
import type { MessageId } from '../../../../shared/kit/ids'
import { useHost } from '../../../host/host-context'
import { useLiveQuery } from '../../../state/live/use-live-query'
import { useCalendarFormat } from '../format'
import { InvitationCard } from './invitation-card'

const isCalendarFile = ({ contentType, fileName }: MessageDetail['attachments'][number]): boolean =>
  /^(text\/(x-v)?calendar|application\/((x-)?ics|(vnd\.)?ms-tnef))$/.test(contentType) ||
  /\.ics$|^win(mail)?\.dat$/i.test(fileName)

/** What a mail asks for, over its text: a card for each event. Nothing is asked of mail without a calendar file or Exchange's envelope. */
export function InvitationCards({ detail }: Readonly<{ detail: MessageDetail }>) {
  const host = useHost()
  const format = useCalendarFormat()
  const { zone } = format.clock
  const messageId = detail.summary.id
  const has = detail.attachments.some(isCalendarFile)
  const { data } = useLiveQuery('invitations.look', has ? { messageId, zone } : null)
  const taken = useRef<MessageId | null>(null)
  const waits = data?.some(({ needs, isApplied }) => needs === 'nothing' && !isApplied) ?? false

  // Answers of guests and the like are taken in once a mail is looked at; what fails stays as it is and is shown so.
  useEffect(() => {
    if (!waits || taken.current === messageId) return
    taken.current = messageId
    void host.call('invitations.takeIn', { messageId, zone })
  }, [host, waits, messageId, zone])

  return data?.map(invitation => (
    <InvitationCard
      key={`${messageId} ${invitation.uid}`}
      invitation={invitation}
      accountId={detail.summary.accountId}
      format={format}
    />
  ))
}
