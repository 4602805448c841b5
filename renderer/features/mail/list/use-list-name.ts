import { useTranslation } from 'react-i18next'
import { useMailboxName } from '../folders/mailbox-name'
import { useMail } from '../state'
import { quotable } from './drag/quotable'
import type { MessageList } from './use-message-list'

/** What the list is called: its folder, all folders of a kind, or the search. */
export function useListName(list: MessageList): string {
  const { t } = useTranslation(['mail', 'common'])
  const mailboxName = useMailboxName()
  const search = useMail(state => state.search)
  const source = useMail(state => state.source)
  if (list.searchTotal !== null && search !== null)
    return t('mail:search.results', { text: quotable(search.text, t('mail:search.innerQuotes')) })
  if (list.mailbox !== null) return mailboxName(list.mailbox)
  if (source.kind === 'role' && source.role !== 'none')
    return source.role === 'inbox' ? t('mail:folders.unified') : t(`common:role.${source.role}`)
  return ''
}
