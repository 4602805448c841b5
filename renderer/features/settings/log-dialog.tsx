import { Copy } from 'lucide-react'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useHost } from '../../host/host-context'
import { runCommand } from '../../state/run-command'
import { Button } from '../../ui/button'
import { Dialog } from '../../ui/dialog'

/** The log for a report: shown as it would be copied, and copied only from here. */
export function LogDialog({ onClose }: Readonly<{ onClose: () => void }>) {
  const { t } = useTranslation('settings')
  const host = useHost()
  const [text, setText] = useState<string | null>(null)
  const [copied, setCopied] = useState(false)
  useEffect(() => {
    void runCommand(host, 'log.report', {}).then(report => setText(report?.text ?? ''))
  }, [host])
  const copy = async (shown: string) => {
    await navigator.clipboard.writeText(shown)
    setCopied(true)
  }
  return (
    <Dialog
      title={t('care.logTitle')}
      isOpen
      onClose={onClose}
      size="large"
      actions={
        text === null || text === '' ? undefined : (
          <Button icon={Copy} onPress={() => void copy(text)}>
            {copied ? t('care.logCopied') : t('care.logCopy')}
          </Button>
        )
      }
    >
      <p>{t('care.logHides')}</p>
      <pre className="log-report selectable" aria-busy={text === null}>
        {text === '' ? t('care.logEmpty') : text}
      </pre>
    </Dialog>
  )
}
