import { ListFilter } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { useFormat } from '../../../i18n/use-format'
import { IconButton } from '../../../ui/actions/icon-button'
import { Menu } from '../../../ui/actions/menu'
import { type ListFilter as Filter, setFilter, useMail } from '../state'
import type { MessageList } from './use-message-list'

/** Name of the list, how many messages, and which of them are shown. */
export function ListHead({ list, name }: Readonly<{ list: MessageList; name: string }>) {
  const { t } = useTranslation('mail')
  const format = useFormat()
  const filter = useMail(state => state.filter)
  const selected = useMail(state => state.selection.selected.size)
  const labels: Readonly<Record<Filter, string>> = {
    all: t('list.filterAll'),
    unread: t('list.filterUnread'),
    flagged: t('list.filterFlagged'),
  }
  const shown = list.ids.length
  const count =
    selected > 1
      ? t('list.selected', { count: selected })
      : list.searchTotal === null
        ? format.wholeNumber(shown)
        : list.searchTotal > shown
          ? t('search.foundFirst', {
              shown: format.wholeNumber(shown),
              total: format.wholeNumber(list.searchTotal),
            })
          : t('search.found', { shown: format.wholeNumber(shown) })
  return (
    <header className="list-head">
      <h1 className="list-title clip" dir="auto">
        {name}
      </h1>
      <span className="list-count numerals" role="status">
        {list.isFirstLoad || list.failure !== null ? '' : count}
        {list.searchTotal === null && filter !== 'all' ? ` · ${labels[filter]}` : ''}
      </span>
      {list.searchTotal === null ? (
        <Menu
          label={t('list.filter')}
          entries={(['all', 'unread', 'flagged'] as const).map(id => ({
            id,
            label: labels[id],
            isChecked: filter === id,
            run: () => setFilter(id),
          }))}
        >
          <IconButton
            label={`${t('list.filter')}: ${labels[filter]}`}
            icon={ListFilter}
            className={filter === 'all' ? '' : 'list-filter-on'}
          />
        </Menu>
      ) : null}
    </header>
  )
}
