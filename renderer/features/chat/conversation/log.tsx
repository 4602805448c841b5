import { ArrowDown } from 'lucide-react'
import { type KeyboardEvent, useCallback, useEffect, useMemo, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { ChatMessage, ChatMessageId, Conversation } from '../../../../shared/features/chat/model'
import { useHost } from '../../../host/host-context'
import { useFailureWords } from '../../../i18n/use-failure-words'
import { useCommands } from '../../../state/keys/use-commands'
import { Button } from '../../../ui/actions/button'
import { ContextMenu, type MenuPlace } from '../../../ui/actions/menu'
import { Banner } from '../../../ui/feedback/banner'
import { EarlierDialog } from '../message/earlier-dialog'
import { MessageItem } from '../message/message-item'
import { RetractDialog } from '../message/retract-dialog'
import { canEdit, useMessageDeeds } from '../message/use-message-deeds'
import { useChat } from '../state'
import { useChatWords } from '../use-chat-words'
import { logLines } from './log-lines'
import { HoleLine, NoteLine } from './note-lines'
import { useScrollPlace } from './scroll-place'
import { useRowWindow } from './use-row-window'
import { useSeen } from './use-seen'

/** So close to what is loaded, the next page is asked for. */
const nearEdgePx = 900

const keyOf = (id: ChatMessageId): string => `m${id}`
const messageKeys = (log: HTMLElement | null): HTMLElement[] =>
  log === null ? [] : [...log.querySelectorAll<HTMLElement>('article[data-row]')]

/** The messages of a conversation: they begin where the reader left off, and only those around are held and drawn. */
export function Log({
  conversation,
  onReply,
  onEdit,
  onUndone,
  onWrite,
}: Readonly<{
  conversation: Conversation
  onReply: (message: ChatMessage) => void
  onEdit: (message: ChatMessage) => void
  /** A message was taken back before it left; this was its text. */
  onUndone: (text: string) => void
  onWrite: () => void
}>) {
  const { t } = useTranslation(['chat', 'common'])
  const host = useHost()
  const words = useChatWords()
  const failureWords = useFailureWords()
  const { id, kind, mode } = conversation
  const target = useChat(state => state.target)
  const scroller = useRef<HTMLDivElement>(null)
  const [firstUnread, setFirstUnread] = useState(conversation.firstUnread)
  const { held, stretch } = useRowWindow(
    id,
    target !== null ? { at: 'around', id: target } : { at: firstUnread === null ? 'end' : 'unread' },
  )
  const lines = useMemo(() => logLines(stretch.rows, firstUnread), [stretch.rows, firstUnread])
  const place = useScrollPlace(scroller, lines, stretch.isEnd)
  const [focused, setFocused] = useState<string | null>(null)
  const [isAtEnd, setAtEnd] = useState(true)
  const [menu, setMenu] = useState<Readonly<{ message: ChatMessage; place: MenuPlace }> | null>(null)
  const [asking, setAsking] = useState<Readonly<{
    what: 'retract' | 'earlier'
    message: ChatMessage
  }> | null>(null)
  const begun = useRef(false)

  const goTo = useCallback(
    (message: ChatMessageId) => {
      setFocused(keyOf(message))
      place.toRow(keyOf(message), 'middle')
      const isHere = held.stretch().rows.some(row => row.kind === 'message' && row.id === message)
      if (!isHere) void held.open({ at: 'around', id: message })
    },
    [held, place.toRow],
  )
  const toNewest = () => {
    place.toEnd()
    if (!held.stretch().isEnd) void held.open({ at: 'end' })
  }
  // Once its rows are there: the line before what is new, or the message that was asked for.
  useEffect(() => {
    if (begun.current || stretch.rows.length === 0) return
    begun.current = true
    if (target === null && firstUnread !== null) place.toRow('unread', 'top')
  }, [stretch.rows, target, firstUnread, place.toRow])
  useEffect(() => {
    if (target === null) return
    goTo(target)
    useChat.setState({ target: null })
  }, [target, goTo])
  // What comes while nobody looks gets the line; what comes under the eyes of the reader does not.
  useEffect(() => {
    const next = conversation.firstUnread
    if (next !== null && (!document.hasFocus() || !place.isAtEnd())) setFirstUnread(next)
  }, [conversation.firstUnread, place.isAtEnd])
  useSeen(conversation, scroller, stretch.rows)

  const onScroll = () => {
    const pane = scroller.current
    if (pane === null) return
    place.remember()
    setAtEnd(place.isAtEnd())
    if (pane.scrollTop < nearEdgePx) void held.more('before')
    if (pane.scrollHeight - pane.scrollTop - pane.clientHeight < nearEdgePx) void held.more('after')
  }
  // A first page may be shorter than the pane.
  useEffect(() => {
    const pane = scroller.current
    if (pane !== null && stretch.rows.length > 0 && pane.scrollTop < nearEdgePx) void held.more('before')
  }, [held, stretch.rows])

  const messages = useMemo(
    () =>
      new Map(stretch.rows.flatMap(row => (row.kind === 'message' ? [[keyOf(row.id), row] as const] : []))),
    [stretch.rows],
  )
  const deeds = useMessageDeeds(conversation, {
    onReply,
    onEdit,
    onUndone,
    onJump: goTo,
    onAsk: (what, message) => setAsking({ what, message }),
  })
  const current = focused === null ? undefined : messages.get(focused)
  useCommands({
    chatNewest: toNewest,
    ...(current === undefined ? {} : { chatReply: () => onReply(current) }),
    ...(current === undefined || !canEdit(current) ? {} : { chatEdit: () => onEdit(current) }),
  })
  const focusAt = (at: number) => {
    const all = messageKeys(scroller.current)
    all[Math.max(0, Math.min(all.length - 1, at))]?.focus()
  }
  const onKeyDown = (event: KeyboardEvent<HTMLDivElement>) => {
    const all = messageKeys(scroller.current)
    const here =
      event.target instanceof Element ? event.target.closest<HTMLElement>('article[data-row]') : null
    const at = here === null ? -1 : all.indexOf(here)
    const onRow = here === event.target || event.target === event.currentTarget
    if (event.altKey || event.ctrlKey || event.metaKey) return
    if (event.key === 'ArrowUp') focusAt(at < 0 ? all.length - 1 : at - 1)
    else if (event.key === 'ArrowDown') focusAt(at < 0 ? all.length - 1 : at + 1)
    else if (event.key === 'Home') focusAt(0)
    else if (event.key === 'End') {
      toNewest()
      focusAt(all.length - 1)
    } else if (event.key === 'Escape') onWrite()
    else if ((event.key === 'ContextMenu' || (event.key === 'F10' && event.shiftKey)) && here !== null) {
      const message = messages.get(here.dataset['row'] ?? '')
      const box = here.getBoundingClientRect()
      if (message !== undefined)
        setMenu({ message, place: { x: box.left + 32, y: Math.min(box.bottom, innerHeight - 40) } })
    } else if (event.key === 'Enter' && onRow && here !== null) {
      const first = here.querySelector<HTMLElement>('button, a[href]')
      if (first === null) return
      first.focus()
    } else return
    event.preventDefault()
    event.stopPropagation()
  }
  // Tab leads to one message: the last one that had the focus, else the newest.
  const lastKey = lines.findLast(line => line.kind === 'message')?.key ?? null
  const stop = focused !== null && messages.has(focused) ? focused : lastKey
  const failure = stretch.failure === null ? null : failureWords(stretch.failure)
  return (
    <section className="chat-log-pane" aria-label={t('log.label')} data-pane tabIndex={-1}>
      <div
        ref={scroller}
        role="log"
        aria-label={t('conversation', { name: words.nameOf(conversation) })}
        // Pages of older messages are no news.
        aria-live={isAtEnd && !stretch.isLoading ? 'polite' : 'off'}
        aria-busy={stretch.isLoading}
        className="chat-log scroll"
        onScroll={onScroll}
        onKeyDown={onKeyDown}
        onContextMenu={event => {
          const row =
            event.target instanceof Element ? event.target.closest<HTMLElement>('article[data-row]') : null
          const message = messages.get(row?.dataset['row'] ?? '')
          if (message === undefined || event.target instanceof HTMLAnchorElement) return
          event.preventDefault()
          setMenu({ message, place: { x: event.clientX, y: event.clientY } })
        }}
      >
        <div className="chat-log-lines">
          {stretch.isLoading && !stretch.isStart ? <p className="chat-log-edge">{t('log.loading')}</p> : null}
          {failure === null ? null : (
            <Banner
              tone="warning"
              title={failure.what}
              actions={<Button onPress={() => void held.open({ at: 'end' })}>{t('common:retry')}</Button>}
            >
              {failure.fix}
            </Banner>
          )}
          {stretch.isStart ? (
            <p className="chat-log-edge">{t(lines.length === 0 ? 'log.start' : 'log.note.start')}</p>
          ) : null}
          {lines.map(line =>
            line.kind === 'message' ? (
              <MessageItem
                key={line.key}
                message={line.message}
                goesOn={line.goesOn}
                isRoom={kind === 'room'}
                mode={mode}
                isStop={line.key === stop}
                deeds={deeds}
                onFocus={setFocused}
              />
            ) : line.kind === 'day' ? (
              <h3 key={line.key} data-row={line.key} className="chat-day">
                <span>{words.day(line.atMs)}</span>
              </h3>
            ) : line.kind === 'unread' ? (
              <p key={line.key} data-row={line.key} className="chat-unread-line">
                <span>{t('log.unread')}</span>
              </p>
            ) : line.row.kind === 'hole' ? (
              <HoleLine key={line.key} hole={line.row} />
            ) : (
              <NoteLine key={line.key} note={line.row} conversation={conversation} />
            ),
          )}
        </div>
      </div>
      {isAtEnd && stretch.isEnd ? null : (
        <Button icon={ArrowDown} className="chat-to-newest" onPress={toNewest}>
          {conversation.unread > 0 ? t('log.newestCount', { count: conversation.unread }) : t('log.newest')}
        </Button>
      )}
      <ContextMenu
        label={t('message.menu')}
        entries={menu === null ? [] : deeds.entriesFor(menu.message)}
        place={menu?.place ?? null}
        onClose={() => setMenu(null)}
      />
      {asking?.what === 'retract' ? (
        <RetractDialog message={asking.message} host={host} onClose={() => setAsking(null)} />
      ) : null}
      {asking?.what === 'earlier' ? (
        <EarlierDialog id={asking.message.id} onClose={() => setAsking(null)} />
      ) : null}
    </section>
  )
}
