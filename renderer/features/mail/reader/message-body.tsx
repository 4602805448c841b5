import { ImageOff, ShieldCheck } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import type { MessageDetail } from '../../../../shared/model/mail'
import { Button } from '../../../ui/button'
import { Icon } from '../../../ui/icon'
import { BodyMissing } from './body-missing'
import { HtmlBody } from './html-body'
import { TextBody } from './text-body'

/** The line that says what was kept out, and the choice between text and design. */
function ContentLine({
  detail,
  asText,
  onToggle,
}: Readonly<{ detail: MessageDetail; asText: boolean; onToggle: () => void }>) {
  const { t } = useTranslation('mail')
  const { blockedRemoteCount: blocked, trackerCount: trackers } = detail
  const words =
    blocked === 0
      ? t('reader.remote.none')
      : trackers === 0
        ? t('reader.remote.blocked', { count: blocked })
        : t('reader.remote.join', {
            blocked: t('reader.remote.blocked', { count: blocked }),
            trackers: t('reader.remote.trackers', { count: trackers }),
          })
  return (
    <div className="content-line">
      <Icon of={blocked === 0 ? ShieldCheck : ImageOff} />
      <p className="content-words" role="status">
        <strong>{words}</strong>
        {blocked === 0 ? null : <span className="content-why"> {t('reader.remote.why')}</span>}
      </p>
      <Button variant="plain" onPress={onToggle}>
        {asText ? t('reader.showHtml') : t('reader.showText')}
      </Button>
    </div>
  )
}

/** What the message says: as designed behind its walls, as text, or a way to fetch it. */
export function MessageBody({
  detail,
  asText,
  onToggle,
}: Readonly<{ detail: MessageDetail; asText: boolean; onToggle: () => void }>) {
  if (detail.text === null && !detail.hasHtml) return <BodyMissing summary={detail.summary} />
  const showsHtml = detail.hasHtml && !asText
  return (
    <>
      {detail.hasHtml ? <ContentLine detail={detail} asText={asText} onToggle={onToggle} /> : null}
      {showsHtml ? <HtmlBody summary={detail.summary} /> : <TextBody text={detail.text ?? ''} />}
    </>
  )
}
