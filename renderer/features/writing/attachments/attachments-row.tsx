import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { DraftAttachment } from '../../../../shared/features/writing/model'
import type { DraftId } from '../../../../shared/kit/ids'
import { Spinner } from '../../../ui/feedback/spinner'
import { NameDialog } from '../../../ui/overlays/name-dialog'
import { AttachmentChip } from './attachment-chip'
import { useAttachmentChoices } from './use-attachment-choices'

/** What goes along with the message, and what is just being added. */
export function AttachmentsRow({
  draftId,
  attachments,
  adding,
  onRemove,
}: Readonly<{
  draftId: DraftId
  attachments: readonly DraftAttachment[]
  adding: number
  onRemove: (attachment: DraftAttachment) => void
}>) {
  const { t } = useTranslation('compose')
  const choices = useAttachmentChoices(draftId)
  const [renaming, setRenaming] = useState<DraftAttachment | null>(null)
  if (attachments.length === 0 && adding === 0) return null
  return (
    <>
      <ul className="compose-attachments scroll" aria-label={t('attachments.label')}>
        {attachments.map(attachment => (
          <AttachmentChip
            key={attachment.id}
            attachment={attachment}
            choices={choices}
            others={attachments.map(each => each.fileName)}
            onRename={() => setRenaming(attachment)}
            onRemove={() => onRemove(attachment)}
          />
        ))}
        {adding === 0 ? null : (
          <li className="compose-attachment" role="status">
            <Spinner /> {t('attachments.adding', { count: adding })}
          </li>
        )}
      </ul>
      {renaming === null ? null : (
        <NameDialog
          title={t('attachments.renameTitle')}
          label={t('attachments.renameLabel')}
          confirm={t('attachments.renameSet')}
          initial={renaming.fileName}
          onConfirm={fileName => choices.rename(renaming.id, { kind: 'own', fileName })}
          onClose={() => setRenaming(null)}
        />
      )}
    </>
  )
}
