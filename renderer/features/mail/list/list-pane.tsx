import './list-pane.css'
import { Inbox, MailX, SearchX, UserRoundPlus } from 'lucide-react'
import { use } from 'react'
import { useTranslation } from 'react-i18next'
import type { AccountSummary } from '../../../../shared/features/accounts/model'
import { readFind } from '../../../../shared/features/find/read-find'
import { useFailureWords } from '../../../i18n/use-failure-words'
import { useAppStore } from '../../../state/app-store'
import { openSettings } from '../../../state/ui-store'
import { Button } from '../../../ui/actions/button'
import { EmptyState } from '../../../ui/feedback/empty-state'
import { FeatureList } from '../../../ui/layout/feature'
import { setFilter, setSearch, useMail } from '../state'
import { quotable } from './drag/quotable'
import { ListHead } from './list-head'
import { MessageListView } from './rows/message-list-view'
import { SearchField } from './search-field'
import { SearchLimits } from './search-limits'
import { useListName } from './use-list-name'
import type { MessageList } from './use-message-list'
import { whyEmpty } from './why-empty'

type Shown = Readonly<{
  list: MessageList
  /** Null until they are known. */
  accounts: readonly AccountSummary[] | null
}>

function NothingToShow({ list, accounts }: Shown) {
  const { t } = useTranslation(['mail', 'common'])
  const words = useFailureWords()
  const filter = useMail(state => state.filter)
  const search = useMail(state => state.search)
  const syncing = useAppStore(state =>
    [...state.sync.values()].some(status => status.state === 'syncing' || status.state === 'connecting'),
  )
  if (list.failure !== null) {
    const problem = words(list.failure)
    return (
      <EmptyState
        icon={MailX}
        title={problem.what}
        actions={<Button onPress={list.refresh}>{t('common:retry')}</Button>}
      >
        {problem.why} {problem.fix}
      </EmptyState>
    )
  }
  if (list.isFirstLoad) return null
  if (accounts?.length === 0)
    return (
      <EmptyState
        icon={UserRoundPlus}
        title={t('mail:list.noAccount')}
        actions={
          <Button variant="primary" onPress={() => openSettings('accounts')}>
            {t('mail:list.addAccount')}
          </Button>
        }
      >
        {t('mail:list.noAccountText')}
      </EmptyState>
    )
  // Other places were asked, and say themselves what they have.
  if (search !== null && readFind(search.text, '2000-01-01').mail === null) return null
  if (list.searchTotal !== null && search !== null)
    return (
      <EmptyState
        icon={SearchX}
        title={t('mail:search.nothing')}
        actions={
          search.mailboxId === null ? undefined : (
            <Button onPress={() => setSearch({ text: search.text, mailboxId: null })}>
              {t('mail:search.nothingInFolder')}
            </Button>
          )
        }
      >
        {t('mail:search.nothingText', { text: quotable(search.text, t('mail:search.innerQuotes')) })}
      </EmptyState>
    )
  const showAll = <Button onPress={() => setFilter('all')}>{t('mail:list.showAll')}</Button>
  if (filter === 'unread')
    return (
      <EmptyState icon={Inbox} title={t('mail:list.emptyUnread')} actions={showAll}>
        {t('mail:list.emptyUnreadText')}
      </EmptyState>
    )
  if (filter === 'flagged')
    return (
      <EmptyState icon={Inbox} title={t('mail:list.emptyFlagged')} actions={showAll}>
        {t('mail:list.emptyFlaggedText')}
      </EmptyState>
    )
  const why = whyEmpty(list.role, list.mailbox, accounts ?? [])
  return (
    <EmptyState icon={Inbox} title={t('mail:list.empty')}>
      {syncing && why === 'fetched' ? t('mail:list.stillFetching') : t(`mail:list.emptyText.${why}`)}
    </EmptyState>
  )
}

/** Search field, head and list of messages. */
export function ListPane({ list, accounts }: Shown) {
  const { t } = useTranslation('mail')
  const name = useListName(list)
  const label = t('list.label', { name })
  const features = use(FeatureList)
  // What is searched for in one folder is a message.
  const text = useMail(state => (state.search?.mailboxId === null ? state.search.text : null))
  return (
    <section aria-label={label} className="list-pane" data-pane tabIndex={-1} id="pane-list">
      <SearchField list={list} />
      <ListHead list={list} name={name} />
      <SearchLimits list={list} />
      {text === null
        ? null
        : features.map(({ id, Found }) => (Found === undefined ? null : <Found key={id} text={text} />))}
      {list.ids.length === 0 ? (
        // The empty list keeps its tab stop, so that the keyboard never falls out of the pane.
        <div className="list-nothing" data-pane-stop tabIndex={-1} aria-busy={list.isFirstLoad}>
          <NothingToShow list={list} accounts={accounts} />
        </div>
      ) : (
        <MessageListView list={list} label={label} />
      )}
    </section>
  )
}
