import { CloudDownload } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { MessageSummary } from '../../../../../shared/features/mail/model'
import { useHost } from '../../../../host/host-context'
import { useFormat } from '../../../../i18n/use-format'
import { runCommand } from '../../../../state/run-command'
import { Button } from '../../../../ui/actions/button'
import { EmptyState } from '../../../../ui/feedback/empty-state'

/** The text is not on this computer: says so, and fetches it on request. */
export function BodyMissing({ summary }: Readonly<{ summary: MessageSummary }>) {
  const { t } = useTranslation('mail')
  const host = useHost()
  const format = useFormat()
  const [fetching, setFetching] = useState(false)
  const fetchNow = async () => {
    setFetching(true)
    await runCommand(host, 'messages.download', { messageId: summary.id })
    setFetching(false)
  }
  return (
    <div className="body-missing" aria-busy={fetching}>
      <EmptyState
        icon={CloudDownload}
        title={t('reader.notHere')}
        actions={
          <Button variant="primary" busy={fetching} onPress={() => void fetchNow()}>
            {fetching
              ? t('reader.fetching')
              : t('reader.fetch', { size: format.byteSize(summary.sizeBytes) })}
          </Button>
        }
      >
        {t('reader.notHereText')}
      </EmptyState>
    </div>
  )
}
