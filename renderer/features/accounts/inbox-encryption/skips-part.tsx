import { useTranslation } from 'react-i18next'
import type { AccountId } from '../../../../shared/kit/ids'
import { useLiveQuery } from '../../../state/live/use-live-query'
import { skipReasonOf } from './skip-reason'

const shown = 50

/** What was left as it is, and why. */
export function SkipsPart({ accountId }: Readonly<{ accountId: AccountId }>) {
  const { t } = useTranslation('accounts')
  const skips = useLiveQuery('inboxEncryption.skips', { accountId }).data ?? []
  if (skips.length === 0) return null
  return (
    <details className="inbox-encryption-skips">
      <summary>{t('inbox.skips', { count: skips.length })}</summary>
      <ul>
        {skips.slice(0, shown).map(({ messageId, subject, reason }) => (
          <li key={messageId}>
            <span className="selectable">{subject === '' ? t('inbox.noSubject') : subject}</span>
            <span className="ui-description"> {t(`inbox.reason.${skipReasonOf(reason)}`)}</span>
          </li>
        ))}
      </ul>
      {skips.length > shown ? (
        <p className="ui-description">{t('inbox.more', { count: skips.length - shown })}</p>
      ) : null}
    </details>
  )
}
