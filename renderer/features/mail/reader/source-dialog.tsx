import './source-dialog.css'
import { Copy } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { MessageId } from '../../../../shared/kit/ids'
import { useFailureWords } from '../../../i18n/use-failure-words'
import { useFormat } from '../../../i18n/use-format'
import { useLiveQuery } from '../../../state/live/use-live-query'
import { Button } from '../../../ui/actions/button'
import { Banner } from '../../../ui/feedback/banner'
import { Dialog } from '../../../ui/overlays/dialog'

/** The message as it came, byte for byte, as far as it can be shown. */
export function SourceDialog({ id, onClose }: Readonly<{ id: MessageId; onClose: () => void }>) {
  const { t } = useTranslation('mail')
  const words = useFailureWords()
  const format = useFormat()
  const source = useLiveQuery('messages.source', { messageId: id })
  const [copied, setCopied] = useState(false)
  const copy = async (text: string) => {
    await navigator.clipboard.writeText(text)
    setCopied(true)
  }
  const problem = source.failure === null ? null : words(source.failure)
  const text = source.data?.text
  return (
    <Dialog
      title={t('source.title')}
      isOpen
      onClose={onClose}
      size="large"
      actions={
        text === undefined ? undefined : (
          <Button icon={Copy} onPress={() => void copy(text)}>
            {copied ? t('source.copied') : t('source.copy')}
          </Button>
        )
      }
    >
      {problem === null ? null : (
        <Banner tone="notice" title={problem.what}>
          {problem.why} {problem.fix}
        </Banner>
      )}
      {source.data?.truncated === true ? (
        <Banner>{t('source.truncated', { size: format.byteSize(source.data.sizeBytes) })}</Banner>
      ) : null}
      <pre className="source-text selectable" aria-busy={source.data === undefined}>
        {text}
      </pre>
    </Dialog>
  )
}
