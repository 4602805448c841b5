import { useTranslation } from 'react-i18next'
import { useFormat } from '../../../i18n/use-format'
import type { MessageList } from './use-message-list'

/** Says under the head of a search what it has not looked at. */
export function SearchLimits({ list }: Readonly<{ list: MessageList }>) {
  const { t } = useTranslation('mail')
  const format = useFormat()
  const limits = list.searchLimits
  if (limits === null) return null
  const { isCut, leftOut, renewing } = limits
  return (
    <div className="list-limits">
      {isCut ? <p>{t('search.cut')}</p> : null}
      {leftOut > 0 ? <p>{t('search.leftOut', { count: leftOut })}</p> : null}
      {renewing === null ? null : (
        <p>
          {t('search.renewing', {
            done: format.wholeNumber(renewing.done),
            total: format.wholeNumber(renewing.total),
          })}
        </p>
      )}
    </div>
  )
}
