import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { EventId } from '../../../../shared/features/calendar/model'
import { useHost } from '../../../host/host-context'
import { useLiveQuery } from '../../../state/live/use-live-query'
import { runCommand } from '../../../state/run-command'
import { showToast } from '../../../state/toasts'
import { Button } from '../../../ui/actions/button'
import { Banner } from '../../../ui/feedback/banner'

/** Guests whom the server of a calendar could not reach, and mail in its place. */
export function Undelivered({ eventId, zone }: Readonly<{ eventId: EventId; zone: string }>) {
  const { t, i18n } = useTranslation('invitation')
  const host = useHost()
  const [busy, setBusy] = useState(false)
  const { data } = useLiveQuery('invitations.undelivered', { eventId })
  if (data === undefined || data.length === 0) return null
  const send = async () => {
    setBusy(true)
    const language = i18n.language.startsWith('de') ? 'de' : 'en'
    const done = await runCommand(host, 'invitations.sendByMail', { eventId, zone, language })
    setBusy(false)
    if (done) showToast({ kind: 'notice', text: t('tell.sent', { count: done.mails.length }), action: null })
  }
  return (
    <Banner
      tone="warning"
      title={t('undelivered.title')}
      actions={
        <Button busy={busy} onPress={() => void send()}>
          {t('undelivered.send')}
        </Button>
      }
    >
      {data
        .slice(0, 10)
        .map(({ address, code }) => `${address} (${code})`)
        .join(', ')}
    </Banner>
  )
}
