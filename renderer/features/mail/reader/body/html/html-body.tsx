import { type RefObject, useEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import type { BodyFit } from '../../../../../../shared/features/mail/body-fit'
import { useHost } from '../../../../../host/host-context'
import { classNames } from '../../../../../ui/tokens/class-names'
import type { MessagePlace } from '../../message-place'
import type { Eye } from './eye'
import { useBodyFit } from './use-body-fit'

type Props = Readonly<{
  place: MessagePlace
  subject: string
  loads: number
  /** As its sender made it, neither scaled nor darkened. */
  asSent: boolean
  onFit?: (fit: BodyFit) => void
}>

/** What one document leaves to the next of the same message. */
type Kept = Readonly<{ eye: RefObject<Eye | null>; height: RefObject<number | null> }>

/** One document, from its first byte to the next one. */
function BodyFrame({ place, subject, asSent, onFit, eye, height }: Omit<Props, 'loads'> & Kept) {
  const { t } = useTranslation(['mail', 'common'])
  const host = useHost()
  const element = useRef<HTMLIFrameElement>(null)
  const { fit, onLoad } = useBodyFit(element, place, asSent, t('mail:reader.wideTable'), eye)
  useEffect(() => {
    if (fit !== null) onFit?.(fit)
  }, [fit, onFit])
  if (fit !== null) height.current = fit.heightPx
  // Until it was set it is as high as the one before, so that nobody's place in it is lost.
  const minHeight = height.current
  return (
    <iframe
      ref={element}
      className={classNames('html-body', fit === null && 'html-body-waiting')}
      title={t('mail:reader.bodyFrame', { subject: subject || t('common:noSubject') })}
      sandbox="allow-popups"
      referrerPolicy="no-referrer"
      onLoad={onLoad}
      style={minHeight === null ? undefined : { minHeight }}
      {...host.bodyFrame(place.messageId, place.attached)}
    />
  )
}

/** One message: its document is asked for again when remote images came (`loads`). */
function MessageFrame({ loads, ...props }: Props) {
  const eye = useRef<Eye | null>(null)
  const height = useRef<number | null>(null)
  return <BodyFrame key={loads} {...props} eye={eye} height={height} />
}

/**
 * The second wall around a foreign document: a frame without scripts, forms or an origin of its own. The first, the
 * sanitiser, stands in the engine. Popups are allowed only so that a clicked link reaches main, which opens none and
 * asks the user with the true target. The frame is as high as its document: the reader is what scrolls.
 */
export function HtmlBody(props: Props) {
  const { messageId, attached } = props.place
  return <MessageFrame key={[messageId, ...attached].join('/')} {...props} />
}
