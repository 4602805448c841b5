import './dialog.css'
import { X } from 'lucide-react'
import type { ReactNode } from 'react'
import { Dialog as AriaDialog, Heading, Modal, ModalOverlay } from 'react-aria-components'
import { useTranslation } from 'react-i18next'
import { IconButton } from '../actions/icon-button'
import { useScrollStop } from '../layout/use-scroll-stop'
import { scrollByKeys } from './scroll-by-keys'

export type DialogProps = Readonly<{
  title: string
  isOpen: boolean
  onClose: () => void
  children: ReactNode
  /** Buttons at the foot, the one that goes on last. */
  actions?: ReactNode
  size?: 'small' | 'medium' | 'large'
  /** For a question that needs an answer: no closing by a click beside it, announced as an alert. */
  role?: 'dialog' | 'alertdialog'
}>

export function Dialog({
  title,
  isOpen,
  onClose,
  children,
  actions,
  size = 'small',
  role = 'dialog',
}: DialogProps) {
  const { t } = useTranslation('common')
  const stop = useScrollStop<HTMLDivElement>()
  return (
    <ModalOverlay
      isOpen={isOpen}
      isDismissable={role === 'dialog'}
      onOpenChange={open => (open ? undefined : onClose())}
      className="ui-veil"
    >
      <Modal className={`ui-modal ui-modal-${size}`}>
        {/* biome-ignore lint/a11y/noStaticElementInteractions: it only hears the keys of the dialog within. */}
        <div
          className="ui-modal-keys"
          onKeyDown={event =>
            scrollByKeys(event, event.currentTarget.querySelector<HTMLElement>('.ui-dialog-body'))
          }
        >
          <AriaDialog role={role} className="ui-dialog">
            <header className="ui-dialog-head">
              <Heading slot="title" level={2} className="ui-dialog-title">
                {title}
              </Heading>
              {role === 'dialog' ? <IconButton label={t('close')} icon={X} onPress={onClose} /> : null}
            </header>
            <div {...stop} className="ui-dialog-body scroll">
              {children}
            </div>
            {actions === undefined ? null : <footer className="ui-dialog-foot">{actions}</footer>}
          </AriaDialog>
        </div>
      </Modal>
    </ModalOverlay>
  )
}
