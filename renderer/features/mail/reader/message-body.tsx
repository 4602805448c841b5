import type { MessageDetail } from '../../../../shared/model/mail'
import { BodyMissing } from './body-missing'
import { ContentLine } from './content-line'
import { HtmlBody } from './html-body'
import { TextBody } from './text-body'
import { useRemoteImages } from './use-remote-images'

/** What the message says: as designed behind its walls, as text, or a way to fetch it. */
export function MessageBody({
  detail,
  asText,
  onToggle,
}: Readonly<{ detail: MessageDetail; asText: boolean; onToggle: () => void }>) {
  const showsHtml = detail.hasHtml && !asText
  const images = useRemoteImages(detail, showsHtml)
  if (detail.text === null && !detail.hasHtml) return <BodyMissing summary={detail.summary} />
  return (
    <>
      {detail.hasHtml ? (
        <ContentLine detail={detail} asText={asText} images={images} onToggle={onToggle} />
      ) : null}
      {showsHtml ? (
        <HtmlBody summary={detail.summary} loads={images.loads} />
      ) : (
        <TextBody text={detail.text ?? ''} />
      )}
    </>
  )
}
