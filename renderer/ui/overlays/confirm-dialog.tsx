import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { Button } from '../actions/button'
import { Dialog } from './dialog'

/** A question before something that cannot be taken back. Cancel has the focus first. */
export function ConfirmDialog({
  title,
  children,
  confirm,
  isOpen,
  isDanger = true,
  onConfirm,
  onClose,
}: Readonly<{
  title: string
  children: ReactNode
  confirm: string
  isOpen: boolean
  isDanger?: boolean
  onConfirm: () => void
  onClose: () => void
}>) {
  const { t } = useTranslation('common')
  return (
    <Dialog
      title={title}
      isOpen={isOpen}
      onClose={onClose}
      role="alertdialog"
      actions={
        <>
          <Button autoFocus onPress={onClose}>
            {t('cancel')}
          </Button>
          <Button
            variant={isDanger ? 'danger' : 'primary'}
            onPress={() => {
              onClose()
              onConfirm()
            }}
          >
            {confirm}
          </Button>
        </>
      }
    >
      {children}
    </Dialog>
  )
}
