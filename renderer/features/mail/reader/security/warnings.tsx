import { useTranslation } from 'react-i18next'
import type { MessageDetail } from '../../../../../shared/features/mail/model'
import { Banner } from '../../../../ui/feedback/banner'

const harmless: ReadonlySet<string> = new Set(['broken-mime', 'too-large', 'design-cut', 'link-redirected'])

/** Reasons to distrust the message, in plain words, above everything it says itself. */
export function Warnings({ detail }: Readonly<{ detail: Pick<MessageDetail, 'warnings'> }>) {
  const { t } = useTranslation('mail')
  if (detail.warnings.length === 0) return null
  const isDanger = detail.warnings.some(({ code }) => !harmless.has(code))
  return (
    <div className="reader-warnings">
      <Banner tone={isDanger ? 'danger' : 'notice'} title={isDanger ? t('reader.warningTitle') : undefined}>
        <ul>
          {detail.warnings.map(({ code, detail: facts }) => (
            <li key={`${code} ${facts}`}>{t(`reader.warning.${code}`, { detail: facts })}</li>
          ))}
        </ul>
      </Banner>
    </div>
  )
}
