import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import type { MessageSummary } from '../../../../shared/model/mail'
import { useHost } from '../../../host/host-context'

/**
 * The second wall around a foreign document: a frame without scripts, forms or an origin of its own. The first, the
 * sanitiser, stands in the engine. Popups are allowed only so that a clicked link reaches main, which opens none and
 * asks the user with the true target. The document is asked for again when remote images came (`loads`).
 */
export function HtmlBody({ summary, loads }: Readonly<{ summary: MessageSummary; loads: number }>) {
  const { t } = useTranslation(['mail', 'common'])
  const host = useHost()
  const { id } = summary
  const frame = useMemo(() => host.bodyFrame(id), [host, id])
  return (
    <iframe
      key={`${id} ${loads}`}
      className="html-body"
      title={t('mail:reader.bodyFrame', { subject: summary.subject || t('common:noSubject') })}
      sandbox="allow-popups"
      referrerPolicy="no-referrer"
      {...frame}
    />
  )
}
