import { useTranslation } from 'react-i18next'
import { useHost } from '../../../host/host-context'
import type { MessagePlace } from './message-place'

/**
 * The second wall around a foreign document: a frame without scripts, forms or an origin of its own. The first, the
 * sanitiser, stands in the engine. Popups are allowed only so that a clicked link reaches main, which opens none and
 * asks the user with the true target. The document is asked for again when remote images came (`loads`).
 */
export function HtmlBody({
  place,
  subject,
  loads,
}: Readonly<{ place: MessagePlace; subject: string; loads: number }>) {
  const { t } = useTranslation(['mail', 'common'])
  const host = useHost()
  const { messageId, attached } = place
  const key = [messageId, ...attached].join('/')
  const frame = host.bodyFrame(messageId, attached)
  return (
    <iframe
      key={`${key} ${loads}`}
      className="html-body"
      title={t('mail:reader.bodyFrame', { subject: subject || t('common:noSubject') })}
      sandbox="allow-popups"
      referrerPolicy="no-referrer"
      {...frame}
    />
  )
}
