import { MailMinus } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { MessageSummary, UnsubscribeChoice } from '../../../../shared/features/mail/model'
import { useHost } from '../../../host/host-context'
import { composeTo } from '../../../state/drafts/compose-to'
import { runCommand } from '../../../state/run-command'
import { showToast } from '../../../state/toasts'
import { Button } from '../../../ui/actions/button'
import { ConfirmDialog } from '../../../ui/overlays/confirm-dialog'

/** The way out of a mailing list, where it offers one. Nobody is told anything before the question is answered. */
export function Unsubscribe({
  summary,
  choice,
}: Readonly<{ summary: MessageSummary; choice: UnsubscribeChoice | null }>) {
  const { t } = useTranslation('mail')
  const [asks, setAsks] = useState(false)
  if (choice === null) return null
  return (
    <>
      <Button variant="plain" className="reader-unsubscribe" icon={MailMinus} onPress={() => setAsks(true)}>
        {t('reader.unsubscribe.button')}
      </Button>
      {asks ? <Question summary={summary} choice={choice} onClose={() => setAsks(false)} /> : null}
    </>
  )
}

function Question({
  summary,
  choice,
  onClose,
}: Readonly<{ summary: MessageSummary; choice: UnsubscribeChoice; onClose: () => void }>) {
  const { t } = useTranslation('mail')
  const host = useHost()
  const leave = async () => {
    if (choice.kind === 'mail') return composeTo(host, choice.mailto, summary.accountId)
    const done = await runCommand(host, 'lists.unsubscribe', { messageId: summary.id })
    if (done !== null)
      showToast({ kind: 'notice', text: t('reader.unsubscribe.done', { host: done.host }), action: null })
  }
  return (
    <ConfirmDialog
      title={t('reader.unsubscribe.title')}
      confirm={choice.kind === 'mail' ? t('reader.unsubscribe.write') : t('reader.unsubscribe.confirm')}
      isOpen
      isDanger={false}
      onConfirm={() => void leave()}
      onClose={onClose}
    >
      {choice.kind === 'mail' ? (
        <p>{t('reader.unsubscribe.byMail', { address: choice.address })}</p>
      ) : (
        <>
          <p>{t('reader.unsubscribe.byClick', { host: choice.host })}</p>
          <p>{t(`reader.unsubscribe.way.${choice.way}`)}</p>
        </>
      )}
    </ConfirmDialog>
  )
}
