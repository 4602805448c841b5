import { Copy, Video } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { meetingHost } from '../../../../shared/features/chat/meetings'
import type { ConversationId } from '../../../../shared/features/chat/model'
import { useHost } from '../../../host/host-context'
import { useLiveQuery } from '../../../state/live/use-live-query'
import { runCommand } from '../../../state/run-command'
import { showToast } from '../../../state/toasts'
import { Button } from '../../../ui/actions/button'
import { textPieces } from '../../../ui/text/text-links'
import { useIsHidden } from '../use-is-hidden'

/** A message longer than this is no invitation to a meeting. */
const longestText = 4000

/** "Join" below a message with a link to a meeting. Main asks before the browser opens; of an account on Tor it says why it does not. */
export function MeetingJoin({
  text,
  conversationId,
}: Readonly<{ text: string; conversationId: ConversationId }>) {
  const places = useLiveQuery('settings.get', {}).data?.meetingPlaces ?? []
  if (!text.includes('https://') || text.length > longestText) return null
  const found = text
    .split('\n')
    .flatMap(textPieces)
    .flatMap(({ url }) => {
      const host = url === null ? null : meetingHost(url, places)
      return url === null || host === null ? [] : [{ url, host }]
    })[0]
  return found === undefined ? null : <Join {...found} conversationId={conversationId} />
}

function Join({
  url,
  host: meeting,
  conversationId,
}: Readonly<{ url: string; host: string; conversationId: ConversationId }>) {
  const { t } = useTranslation('chat')
  const host = useHost()
  const isHidden = useIsHidden(conversationId)
  const [isExplained, setExplained] = useState(false)
  const copy = async () => {
    await navigator.clipboard.writeText(url).catch(() => undefined)
    showToast({ kind: 'notice', text: t('meet.copied'), action: null })
  }
  return (
    <div className="chat-meeting">
      <Button
        icon={Video}
        onPress={() => (isHidden ? setExplained(true) : void runCommand(host, 'links.open', { url }))}
      >
        {t('meet.join', { host: meeting })}
      </Button>
      {isExplained ? (
        <p role="status" className="chat-meeting-why">
          {t('meet.isTor', { host: meeting })}{' '}
          <Button variant="plain" icon={Copy} onPress={() => void copy()}>
            {t('meet.copy')}
          </Button>
        </p>
      ) : null}
    </div>
  )
}
