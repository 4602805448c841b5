import { useTranslation } from 'react-i18next'
import { ConfirmDialog } from '../../../ui/overlays/confirm-dialog'

/** Asks before messages in the trash are removed for good. */
export function DeleteDialog({
  count,
  onConfirm,
  onClose,
}: Readonly<{ count: number | null; onConfirm: () => void; onClose: () => void }>) {
  const { t } = useTranslation('mail')
  return (
    <ConfirmDialog
      isOpen={count !== null}
      title={t('deleteForGood.title', { count: count ?? 1 })}
      confirm={t('reader.deleteForGood')}
      onConfirm={onConfirm}
      onClose={onClose}
    >
      {t('deleteForGood.text')}
    </ConfirmDialog>
  )
}
