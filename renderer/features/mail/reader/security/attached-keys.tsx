import { KeyRound } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { MessageDetail } from '../../../../../shared/features/mail/model'
import { useHost } from '../../../../host/host-context'
import { runCommand } from '../../../../state/run-command'
import { showToast } from '../../../../state/toasts'
import { Button } from '../../../../ui/actions/button'
import { Icon } from '../../../../ui/actions/icon'
import { SetupMessageDialog } from './setup-message-dialog'

type AttachedKey = MessageDetail['attachedKeys'][number]

/** Addresses named in the notice; the others are counted. */
const mostNamed = 3

/** Keys that came with the message, and the way to take them in. Nothing happens unasked. */
export function AttachedKeys({ detail }: Readonly<{ detail: MessageDetail }>) {
  const { t } = useTranslation(['mail', 'openpgp'])
  const host = useHost()
  const [setup, setSetup] = useState<AttachedKey | null>(null)
  const [busy, setBusy] = useState(false)
  const { summary, attachedKeys } = detail
  const take = async ({ partId }: AttachedKey) => {
    setBusy(true)
    const report = await runCommand(host, 'keys.importFromMessage', { messageId: summary.id, partId })
    setBusy(false)
    if (report === null) return
    const addresses = [...new Set(report.keys.map(({ address }) => address))]
    const text =
      addresses.length > 0
        ? t('mail:reader.keys.taken', {
            who: `${addresses.slice(0, mostNamed).join(', ')}${addresses.length > mostNamed ? ` ${t('mail:reader.people', { count: addresses.length - mostNamed })}` : ''}`,
          })
        : t(report.secretCount > 0 ? 'openpgp:people.importedSecret' : 'mail:reader.keys.nobody')
    showToast({ kind: 'notice', text, action: null })
  }
  return (
    <>
      {attachedKeys.map(each => (
        <section key={each.partId} className="attached-key" aria-label={t('mail:reader.keys.label')}>
          <Icon of={KeyRound} />
          <p className="attached-key-words">
            {t(`mail:reader.keys.${each.kind}`)} <span className="attached-key-file">{each.fileName}</span>
          </p>
          <Button
            variant="plain"
            isDisabled={busy}
            onPress={() => (each.kind === 'setup' ? setSetup(each) : void take(each))}
          >
            {t('mail:reader.keys.import')}
          </Button>
        </section>
      ))}
      {setup === null ? null : (
        <SetupMessageDialog
          messageId={summary.id}
          partId={setup.partId}
          accountId={summary.accountId}
          onClose={() => setSetup(null)}
        />
      )}
    </>
  )
}
