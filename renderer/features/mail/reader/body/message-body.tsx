import { useState } from 'react'
import type { BodyFit } from '../../../../../shared/features/mail/body-fit'
import type { MessageDetail } from '../../../../../shared/features/mail/model'
import { isClosed } from '../security/security-state'
import { BodyMissing } from './body-missing'
import { ClosedBody } from './closed-body'
import { ContentLine } from './content-line'
import { HtmlBody } from './html/html-body'
import { useRemoteImages } from './html/use-remote-images'
import { InlineBody } from './inline-body'
import { TextBody } from './text/text-body'

/** What the message says: as designed behind its walls, as text, or a way to fetch it. */
export function MessageBody({
  detail,
  asText,
  onToggle,
}: Readonly<{ detail: MessageDetail; asText: boolean; onToggle: () => void }>) {
  const showsHtml = detail.hasHtml && !asText
  const images = useRemoteImages(detail, showsHtml)
  const { id } = detail.summary
  const [original, setOriginal] = useState<number | null>(null)
  const [fitted, setFitted] = useState<BodyFit | null>(null)
  const asSent = original === id
  const { security } = detail
  if (detail.text === null && !detail.hasHtml) return <BodyMissing summary={detail.summary} />
  if (isClosed(security) && detail.text === '') return <ClosedBody security={security} />
  if (security.inlineExtent !== null)
    return <InlineBody text={detail.text ?? ''} security={security} extent={security.inlineExtent} />
  return (
    <>
      {detail.hasHtml ? (
        <ContentLine
          detail={detail}
          asText={asText}
          images={images}
          onToggle={onToggle}
          original={{ asSent, fit: fitted, onToggle: () => setOriginal(asSent ? null : id) }}
        />
      ) : null}
      {showsHtml ? (
        <HtmlBody
          place={{ messageId: id, attached: [] }}
          subject={detail.summary.subject}
          loads={images.loads}
          asSent={asSent}
          onFit={setFitted}
        />
      ) : (
        <TextBody text={detail.text ?? ''} />
      )}
    </>
  )
}
