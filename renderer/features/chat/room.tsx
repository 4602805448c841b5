import './room.css'
import { MessagesSquare } from 'lucide-react'
import { useEffect } from 'react'
import { useTranslation } from 'react-i18next'
import { useHost } from '../../host/host-context'
import { useCommands } from '../../state/keys/use-commands'
import { useLiveQuery } from '../../state/live/use-live-query'
import { openSettings } from '../../state/ui-store'
import { Button } from '../../ui/actions/button'
import { EmptyState } from '../../ui/feedback/empty-state'
import { ConversationView } from './conversation/conversation-view'
import { ChatDialogs } from './dialogs'
import { ConversationList } from './list/conversation-list'
import { openWith } from './open-with'
import { openDialog, showConversation, useChat } from './state'

/** Chat: conversations on the left, the one that is chosen beside them; in a small window the two take turns. */
export function ChatRoom() {
  const { t } = useTranslation('chat')
  const host = useHost()
  const shown = useChat(state => state.shown)
  const isRequests = useChat(state => state.isRequests)
  const wanted = useChat(state => state.wanted)
  const accounts = useLiveQuery('chat.accounts', {}).data?.accounts
  const { data } = useLiveQuery('chat.conversations', { which: isRequests ? 'requests' : 'conversations' })
  const conversations = data?.conversations ?? []
  const step = (by: 1 | -1) => {
    const at = conversations.findIndex(({ id }) => id === shown)
    const next = conversations[at < 0 ? 0 : at + by]
    if (next !== undefined) showConversation(next.id)
  }
  useCommands({
    chatNew: () => openDialog({ kind: 'begin' }),
    chatNext: () => step(1),
    chatPrevious: () => step(-1),
    ...(shown === null ? {} : { back: () => showConversation(null) }),
  })
  // Somebody to chat with was asked for in another room.
  useEffect(() => {
    if (wanted === null || accounts === undefined) return
    useChat.setState({ wanted: null })
    const [first, ...others] = accounts
    if (first === undefined) return
    if (others.length === 0) void openWith(host, first.accountId, wanted)
    else openDialog({ kind: 'begin', address: wanted })
  }, [host, wanted, accounts])
  // Nothing to choose from: the first one that is there is what somebody wants to see in a wide window.
  if (accounts?.length === 0)
    return (
      <main className="chat chat-none" aria-label={t('title')}>
        <section aria-label={t('setUp.title')} className="chat-none-words" data-pane tabIndex={-1}>
          <EmptyState
            icon={MessagesSquare}
            title={t('setUp.title')}
            actions={
              <Button variant="primary" onPress={() => openSettings('accounts')}>
                {t('setUp.add')}
              </Button>
            }
          >
            {t('setUp.text')}
          </EmptyState>
        </section>
      </main>
    )
  return (
    <main className="chat" aria-label={t('title')} data-front={shown === null ? 'list' : 'page'}>
      <ConversationList
        accounts={accounts ?? []}
        conversations={conversations}
        requests={data?.requests ?? 0}
        isLoaded={data !== undefined}
        isCut={data?.isCut === true}
      />
      {shown === null ? (
        <section className="chat-empty" aria-label={t('choose')} data-pane tabIndex={-1}>
          <EmptyState icon={MessagesSquare} title={t('choose')}>
            {t('chooseText')}
          </EmptyState>
        </section>
      ) : (
        <ConversationView key={shown} id={shown} accounts={accounts ?? []} />
      )}
      <ChatDialogs accounts={accounts ?? []} />
    </main>
  )
}
