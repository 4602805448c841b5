import { type RefObject, useEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import type { BodyFit } from '../../../../../shared/features/mail/body-fit'
import { useHost } from '../../../../host/host-context'
import { classNames } from '../../../../ui/tokens/class-names'
import type { MessagePlace } from '../message-place'
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

/** One document, from its first byte to the next one. */
function BodyFrame({
  place,
  subject,
  asSent,
  onFit,
  eye,
  heightBefore,
}: Omit<Props, 'loads'> & Readonly<{ eye: RefObject<Eye | null>; heightBefore: RefObject<number | null> }>) {
  const { t } = useTranslation(['mail', 'common'])
  const host = useHost()
  const element = useRef<HTMLIFrameElement>(null)
  const { fit, onLoad } = useBodyFit(element, place, asSent, t('mail:reader.wideTable'), eye)
  useEffect(() => {
    if (fit !== null) onFit?.(fit)
  }, [fit, onFit])
  // Until a document that is asked for again has been measured, the reader keeps its place in the one before it.
  const height = fit === null ? heightBefore.current : fit.heightPx
  useEffect(() => {
    if (fit !== null) heightBefore.current = fit.heightPx
  }, [fit, heightBefore])
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
export function HtmlBody(props: Props) {
  const { messageId, attached } = props.place
  return <MessageFrames key={[messageId, ...attached].join('/')} {...props} />
}

/** The documents of one message, one after the other. */
function MessageFrames({ loads, ...props }: Props) {
  const eye = useRef<Eye | null>(null)
  const heightBefore = useRef<number | null>(null)
  return <BodyFrame key={loads} {...props} eye={eye} heightBefore={heightBefore} />
}
