import { useEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import type { BodyFit } from '../../../../../../shared/features/mail/body-fit'
import { useHost } from '../../../../../host/host-context'
import { classNames } from '../../../../../ui/tokens/class-names'
import type { MessagePlace } from '../../message-place'
import { useBodyFit } from './use-body-fit'

type Props = Readonly<{
  place: MessagePlace
  subject: string
  loads: number
  /** As its sender made it, neither scaled nor darkened. */
  asSent: boolean
  onFit?: (fit: BodyFit) => void
}>

/** One document, from its first byte to the next one. */
function BodyFrame({ place, subject, asSent, onFit }: Omit<Props, 'loads'>) {
  const { t } = useTranslation(['mail', 'common'])
  const host = useHost()
  const element = useRef<HTMLIFrameElement>(null)
  const { fit, onLoad } = useBodyFit(element, place, asSent, t('mail:reader.wideTable'))
  useEffect(() => {
    if (fit !== null) onFit?.(fit)
  }, [fit, onFit])
  const height = fit?.heightPx ?? null
  return (
    <iframe
      ref={element}
      className={classNames('html-body', fit === null && 'html-body-waiting')}
      title={t('mail:reader.bodyFrame', { subject: subject || t('common:noSubject') })}
      sandbox="allow-popups"
      referrerPolicy="no-referrer"
      onLoad={onLoad}
      style={height === null ? undefined : { minHeight: height }}
      {...host.bodyFrame(place.messageId, place.attached)}
    />
  )
}

/**
 * The second wall around a foreign document: a frame without scripts, forms or an origin of its own. The first, the
 * sanitiser, stands in the engine. Popups are allowed only so that a clicked link reaches main, which opens none and
 * asks the user with the true target. The document is asked for again when remote images came (`loads`). The frame is
 * as high as its document: the reader is what scrolls.
 */
export function HtmlBody({ loads, ...props }: Props) {
  const { messageId, attached } = props.place
  return <BodyFrame key={`${[messageId, ...attached].join('/')} ${loads}`} {...props} />
}
