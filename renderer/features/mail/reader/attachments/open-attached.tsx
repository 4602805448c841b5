import { useTranslation } from 'react-i18next'
import type { AttachmentInfo } from '../../../../../shared/features/mail/model'
import { Button } from '../../../../ui/actions/button'

/** Opens a file that is a message, over the one that carries it. */
export function OpenAttached({
  file,
  onOpen,
}: Readonly<{ file: AttachmentInfo; onOpen: (partId: string) => void }>) {
  const { t } = useTranslation('mail')
  return (
    <Button
      variant="plain"
      className="attachment-open"
      aria-label={t('attached.openNamed', { name: file.fileName })}
      onPress={() => onOpen(file.partId)}
    >
      {t('attached.open')}
    </Button>
  )
}
