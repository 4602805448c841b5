import { Paperclip, X } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import type { DraftAttachment } from '../../../shared/model/compose'
import { useFormat } from '../../i18n/use-format'
import { Icon } from '../../ui/icon'
import { IconButton } from '../../ui/icon-button'
import { Spinner } from '../../ui/spinner'

/** What goes along with the message, and what is just being added. */
export function AttachmentsRow({
  attachments,
  adding,
  onRemove,
}: Readonly<{
  attachments: readonly DraftAttachment[]
  adding: number
  onRemove: (attachment: DraftAttachment) => void
}>) {
  const { t } = useTranslation('compose')
  const format = useFormat()
  if (attachments.length === 0 && adding === 0) return null
  return (
    <ul className="compose-attachments" aria-label={t('attachments.label')}>
      {attachments.map(attachment => (
        <li key={attachment.id} className="compose-attachment">
          <Icon of={Paperclip} size={14} />
          <span className="clip" title={attachment.fileName}>
            {attachment.fileName}
          </span>
          <span className="compose-attachment-size">{format.byteSize(attachment.sizeBytes)}</span>
          <IconButton
            label={t('attachments.remove', { name: attachment.fileName })}
            icon={X}
            onPress={() => onRemove(attachment)}
          />
        </li>
      ))}
      {adding === 0 ? null : (
        <li className="compose-attachment" role="status">
          <Spinner /> {t('attachments.adding', { count: adding })}
        </li>
      )}
    </ul>
  )
}
