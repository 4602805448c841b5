import './list.css'
import { ArrowLeft, Ellipsis, Hash, MessageSquarePlus, MonitorSmartphone, Search, Users } from 'lucide-react'
import { useState } from 'react'
import { ListBox, ListBoxItem, ListLayout, Virtualizer } from 'react-aria-components'
import { useTranslation } from 'react-i18next'
import type { ChatAccount, Conversation } from '../../../../shared/features/chat/model'
import { foldText } from '../../../../shared/kit/fold-text'
import { Button } from '../../../ui/actions/button'
import { Icon } from '../../../ui/actions/icon'
import { IconButton } from '../../../ui/actions/icon-button'
import { Menu } from '../../../ui/actions/menu'
import { EmptyState } from '../../../ui/feedback/empty-state'
import { openDialog, showConversation, useChat } from '../state'
import { ConnectionLines } from './connection-lines'
import { ConversationLine, lineName } from './conversation-line'

const lineHeightPx = 58

/** Conversations, pinned first and then by their newest message; requests of people unknown stand apart. */
export function ConversationList({
  accounts,
  conversations,
  requests,
  isLoaded,
  isCut,
}: Readonly<{
  accounts: readonly ChatAccount[]
  conversations: readonly Conversation[]
  requests: number
  isLoaded: boolean
  isCut: boolean
}>) {
  const { t } = useTranslation('chat')
  const [text, setText] = useState('')
  const shown = useChat(state => state.shown)
  const isRequests = useChat(state => state.isRequests)
  const wish = foldText(text.trim())
  const listed =
    wish === ''
      ? conversations
      : conversations.filter(({ name, address }) => foldText(`${name} ${address}`).includes(wish))
  const title = t(isRequests ? 'requestsTitle' : 'list')
  return (
    <section className="chat-list" aria-label={t('list')} data-pane tabIndex={-1}>
      <div className="chat-list-head">
        {isRequests ? (
          <IconButton
            label={t('leaveRequests')}
            icon={ArrowLeft}
            onPress={() => useChat.setState({ isRequests: false, shown: null })}
          />
        ) : null}
        <h2 className="chat-list-title">{title}</h2>
        <Menu
          label={t('newMenu')}
          entries={[
            {
              id: 'begin',
              label: t('new'),
              icon: MessageSquarePlus,
              command: 'chatNew',
              run: () => openDialog({ kind: 'begin' }),
            },
            { id: 'find', label: t('rooms.find'), icon: Hash, run: () => openDialog({ kind: 'find-room' }) },
            {
              id: 'create',
              label: t('rooms.create'),
              icon: Users,
              run: () => openDialog({ kind: 'create-room' }),
            },
            'line',
            {
              id: 'own',
              label: t('page.ownOpen'),
              icon: MonitorSmartphone,
              run: () => openDialog({ kind: 'own-devices' }),
            },
          ]}
        >
          <IconButton label={t('newMenu')} icon={Ellipsis} />
        </Menu>
        <IconButton
          label={t('new')}
          icon={MessageSquarePlus}
          command="chatNew"
          onPress={() => openDialog({ kind: 'begin' })}
        />
      </div>
      <ConnectionLines accounts={accounts} />
      {conversations.length < 8 && text === '' ? null : (
        <search className="chat-list-search">
          <Icon of={Search} />
          <input
            autoComplete="off"
            type="search"
            dir="auto"
            className="ui-input"
            aria-label={t('findHint')}
            placeholder={t('findHint')}
            maxLength={500}
            value={text}
            onChange={event => setText(event.target.value)}
          />
        </search>
      )}
      {requests > 0 && !isRequests ? (
        <Button
          variant="plain"
          className="chat-requests"
          onPress={() => useChat.setState({ isRequests: true, shown: null })}
        >
          {t('requests', { count: requests })}
        </Button>
      ) : null}
      {isRequests ? <p className="chat-list-note">{t('requestsText')}</p> : null}
      <p className="spoken" role="status">
        {isLoaded ? t('count', { count: listed.length }) : ''}
      </p>
      {listed.length === 0 ? (
        isLoaded ? (
          <NothingListed isSearch={wish !== ''} isRequests={isRequests} />
        ) : null
      ) : (
        <Virtualizer layout={ListLayout} layoutOptions={{ rowHeight: lineHeightPx }}>
          <ListBox
            aria-label={title}
            className="chat-lines scroll"
            data-pane-stop
            items={listed.map(conversation => ({ conversation, id: String(conversation.id) }))}
            dependencies={[listed]}
            selectionMode="single"
            selectionBehavior="replace"
            selectedKeys={shown === null ? [] : [String(shown)]}
            onSelectionChange={keys => {
              const [key] = keys === 'all' ? [] : [...keys]
              const chosen = listed.find(({ id }) => String(id) === key)
              if (chosen !== undefined) showConversation(chosen.id)
            }}
          >
            {({ conversation }) => (
              <ListBoxItem
                id={String(conversation.id)}
                textValue={lineName(conversation)}
                className="chat-line-box"
              >
                <ConversationLine conversation={conversation} />
              </ListBoxItem>
            )}
          </ListBox>
        </Virtualizer>
      )}
      {isCut ? <p className="chat-list-note">{t('isCut')}</p> : null}
    </section>
  )
}

function NothingListed({ isSearch, isRequests }: Readonly<{ isSearch: boolean; isRequests: boolean }>) {
  const { t } = useTranslation('chat')
  if (isSearch) return <EmptyState title={t('noneFound')} />
  if (isRequests) return <EmptyState title={t('noRequests')} />
  return (
    <EmptyState
      icon={MessageSquarePlus}
      title={t('begin.empty')}
      actions={
        <Button variant="primary" onPress={() => openDialog({ kind: 'begin' })}>
          {t('new')}
        </Button>
      }
    >
      {t('begin.emptyText')}
    </EmptyState>
  )
}
