import { useTranslation } from 'react-i18next'
import { ConfirmDialog } from '../../ui/overlays/confirm-dialog'
import { SendDialog } from './send/send-dialog'
import type { SendQuestion } from './send/send-questions'

export type ComposerQuestion =
  | SendQuestion
  | Readonly<{ kind: 'discard' }>
  | Readonly<{ kind: 'lose-format' }>

/** What a draft asks before it is sent, thrown away or loses its formatting. */
export function ComposerQuestions({
  question,
  onDiscard,
  onPlain,
  onSend,
  onClose,
}: Readonly<{
  question: ComposerQuestion | null
  onDiscard: () => void
  onPlain: () => void
  onSend: (answered: SendQuestion['kind']) => void
  onClose: () => void
}>) {
  const { t } = useTranslation('compose')
  if (question === null) return null
  switch (question.kind) {
    case 'discard':
      return (
        <ConfirmDialog
          title={t('ask.discard')}
          confirm={t('discard')}
          isOpen
          onConfirm={onDiscard}
          onClose={onClose}
        >
          {t('ask.discard-text')}
        </ConfirmDialog>
      )
    case 'lose-format':
      return (
        <ConfirmDialog
          title={t('ask.lose-format')}
          confirm={t('format.off')}
          isOpen
          isDanger={false}
          onConfirm={onPlain}
          onClose={onClose}
        >
          {t('ask.lose-format-text')}
        </ConfirmDialog>
      )
    default:
      return <SendDialog question={question} onSend={() => onSend(question.kind)} onClose={onClose} />
  }
}
