import { useTranslation } from 'react-i18next'
import { useLiveQuery } from '../../state/live/use-live-query'

/** Unread messages of conversations that are not muted, at the button of the room. Requests are not counted: anybody can make them. */
export function UnreadBadge() {
  const { t } = useTranslation('chat')
  const { data } = useLiveQuery('chat.conversations', { which: 'conversations' })
  const count = (data?.conversations ?? []).reduce(
    (sum, { isMuted, unread }) => sum + (isMuted ? 0 : unread),
    0,
  )
  if (count === 0) return null
  return (
    <span className="rail-count numerals">
      <span aria-hidden>{count > 99 ? '99+' : count}</span>
      <span className="spoken">{t('unread', { count })}</span>
    </span>
  )
}
