import { useTranslation } from 'react-i18next'
import type { DraftExplanation } from '../../../../shared/features/writing/readability'
import { readsWords, whoWords } from './reader-words'

/** Names of one line that are shown; a list of a hundred addresses is in the fields above. */
const mostShown = 8

/** Who can read what of a message, and what every server on the way sees. */
export function ReadersTable({ explained }: Readonly<{ explained: DraftExplanation }>) {
  const { t } = useTranslation('compose')
  const seen = explained.metadata.filter(({ isHidden }) => !isHidden)
  return (
    <div className="readers">
      <table className="readers-table">
        <thead>
          <tr>
            <th scope="col">{t('readers.column.who')}</th>
            <th scope="col">{t('readers.column.reads')}</th>
          </tr>
        </thead>
        <tbody>
          {explained.readers.map(reader => (
            <tr key={`${reader.who} ${reader.names.join(' ')}`} data-reads={reader.reads}>
              <td>
                {whoWords(t, reader)}
                <span className="readers-names selectable">
                  {reader.names.slice(0, mostShown).join(', ')}
                  {reader.names.length > mostShown
                    ? ` ${t('unprotected.more', { count: reader.names.length - mostShown })}`
                    : ''}
                </span>
              </td>
              <td>{readsWords(t, reader)}</td>
            </tr>
          ))}
        </tbody>
      </table>
      {explained.unexamined === 0 ? null : (
        <p className="ui-description">{t('readers.unexamined', { count: explained.unexamined })}</p>
      )}
      <p className="ui-description">
        {t('readers.visible', { list: seen.map(({ item }) => t(`readers.item.${item}`)).join(', ') })}
      </p>
      <p className="ui-description">{t('readers.limits')}</p>
    </div>
  )
}
