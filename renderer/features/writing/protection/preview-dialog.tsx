import { useTranslation } from 'react-i18next'
import type { DraftId } from '../../../../shared/kit/ids'
import { useFailureWords } from '../../../i18n/use-failure-words'
import { useFormat } from '../../../i18n/use-format'
import { useLiveQuery } from '../../../state/live/use-live-query'
import { Banner } from '../../../ui/feedback/banner'
import { Dialog } from '../../../ui/overlays/dialog'
import { ReadersTable } from '../recipients/readers-table'

/** Who can read the message, and the exact bytes that would leave this machine. */
export function PreviewDialog({ id, onClose }: Readonly<{ id: DraftId; onClose: () => void }>) {
  const { t } = useTranslation('compose')
  const words = useFailureWords()
  const format = useFormat()
  const preview = useLiveQuery('drafts.preview', { draftId: id })
  const explained = useLiveQuery('drafts.explain', { draftId: id, wait: false }).data
  const problem = preview.failure === null ? null : words(preview.failure)
  return (
    <Dialog title={t('preview.title')} isOpen onClose={onClose} size="large">
      {problem === null ? null : (
        <Banner tone="notice" title={problem.what}>
          {problem.why} {problem.fix}
        </Banner>
      )}
      {explained === undefined || explained.readers.length === 0 ? null : (
        <section aria-labelledby="compose-preview-readers">
          <h3 id="compose-preview-readers" className="compose-preview-title">
            {t('readers.title')}
          </h3>
          <ReadersTable explained={explained} />
        </section>
      )}
      <h3 className="compose-preview-title">{t('preview.bytes')}</h3>
      {preview.data === undefined ? null : (
        <p className="ui-description">
          {t('preview.text', { size: format.byteSize(preview.data.bytes.length) })}
        </p>
      )}
      <pre className="compose-preview selectable" aria-busy={preview.data === undefined}>
        {preview.data?.text}
      </pre>
    </Dialog>
  )
}
