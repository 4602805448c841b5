import { useTranslation } from 'react-i18next'
import type { ChatMessageId } from '../../../../shared/features/chat/model'
import { useFormat } from '../../../i18n/use-format'
import { useLiveQuery } from '../../../state/live/use-live-query'
import { Dialog } from '../../../ui/overlays/dialog'
import { StyledText } from '../text/styled-text'

/** The texts that a message had before it was corrected, oldest first: a correction need not come from its author's hand. */
export function EarlierDialog({ id, onClose }: Readonly<{ id: ChatMessageId; onClose: () => void }>) {
  const { t } = useTranslation('chat')
  const format = useFormat()
  const { data } = useLiveQuery('chat.message', { id })
  const texts = data === undefined ? [] : [...data.earlier, { text: data.message.text, atMs: null }]
  return (
    <Dialog title={t('earlierTitle')} isOpen onClose={onClose} size="medium">
      <ol className="chat-earlier">
        {texts.map(({ text, atMs }, at) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: the versions of a message never change their order.
          <li key={at} className="selectable">
            {atMs === null ? null : <time className="numerals">{format.shortDateTime(atMs)}</time>}
            <StyledText text={text} />
          </li>
        ))}
      </ol>
    </Dialog>
  )
}
