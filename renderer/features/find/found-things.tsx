import './found-things.css'
import { CalendarDays, Contact, ListTodo, MessagesSquare, SearchX } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { readFind } from '../../../shared/features/find/read-find'
import { useFormat } from '../../i18n/use-format'
import { useLiveQuery } from '../../state/live/use-live-query'
import { Button } from '../../ui/actions/button'
import { Icon } from '../../ui/actions/icon'
import { EmptyState } from '../../ui/feedback/empty-state'
import { withoutControls } from '../../ui/fields/text-direction'
import { type FoundThing, useShowThing } from '../../ui/layout/feature'

/** Things that stand there before more are asked for. */
const few = 4
const most = 50

const icons = { event: CalendarDays, contact: Contact, todo: ListTodo, conversation: MessagesSquare } as const

type Line = Readonly<{ key: string; title: string; detail: string; thing: FoundThing }>

/** Events, people, to-dos and chat for the words that mail is searched for, above what was found of mail. */
export function FoundThings({ text }: Readonly<{ text: string }>) {
  const { t } = useTranslation('find')
  const { locale } = useFormat()
  const show = useShowThing()
  const [isAll, setAll] = useState(false)
  const zone = new Intl.DateTimeFormat().resolvedOptions().timeZone
  const { data } = useLiveQuery(
    'find.query',
    text.trim() === '' ? null : { text: text.slice(0, 1000), zone, limit: most },
  )
  if (data === undefined) return null
  const day = new Intl.DateTimeFormat(locale, {
    day: 'numeric',
    month: 'short',
    year: 'numeric',
    timeZone: 'UTC',
  })
  const time = new Intl.DateTimeFormat(locale, {
    ...{ day: 'numeric', month: 'short', year: 'numeric' },
    ...{ hour: 'numeric', minute: '2-digit' },
  })
  const lines: readonly Line[] = [
    ...data.events.map((each): Line => {
      const { id, title, days, startMs } = each
      const detail = days ? day.format(Date.parse(days.from)) : time.format(startMs)
      const onDay =
        days?.from ?? new Intl.DateTimeFormat('sv-SE', { dateStyle: 'short', timeZone: zone }).format(startMs)
      return { key: `event ${id}`, title, detail, thing: { kind: 'event', id, day: onDay } }
    }),
    ...data.contacts.map(
      ({ id, name, emails }): Line => ({
        ...{ key: `contact ${id}`, title: name, detail: emails[0] ?? '' },
        thing: { kind: 'contact', id },
      }),
    ),
    ...data.todos.map(
      ({ id, title, due, dueMs, status }): Line => ({
        key: `todo ${id}`,
        title,
        detail:
          status === 'done'
            ? t('done')
            : due === null || dueMs === null
              ? ''
              : due.at.includes('T')
                ? time.format(dueMs)
                : day.format(Date.parse(due.at)),
        thing: { kind: 'todo', id },
      }),
    ),
    ...data.chats.map(({ conversationId, messageId, name, author, text, atMs }): Line => {
      const thing = { kind: 'conversation', id: conversationId, message: messageId } as const
      const key = `chat ${conversationId} ${messageId ?? ''}`
      if (messageId === null) return { key, title: name, detail: text === name ? '' : text, thing }
      // In a room it is somebody else's name that says who.
      const who = author === '' || author === name ? name : `${author}, ${name}`
      return { key, title: text.replaceAll(/\s+/gu, ' '), detail: `${who} · ${time.format(atMs)}`, thing }
    }),
  ]
  // Where only other places are named, nobody else says that nothing was found.
  if (lines.length === 0)
    return readFind(text, '2000-01-01').mail === null ? (
      <EmptyState icon={SearchX} title={t('nothing')} />
    ) : null
  const rest = lines.length - few
  return (
    <section className="found" aria-label={t('label')}>
      <ul className={isAll ? 'scroll' : undefined}>
        {lines.slice(0, isAll ? most * 4 : few).map(({ key, title, detail, thing }) => (
          <li key={key}>
            <button type="button" className="found-thing" onClick={() => show(thing)}>
              <Icon of={icons[thing.kind]} size={14} />
              <span className="spoken">{t(thing.kind)}: </span>
              <span className="found-title clip" dir="auto">
                {withoutControls(title) || t('untitled')}
              </span>
              <span className="found-detail clip" dir="auto">
                {withoutControls(detail)}
              </span>
            </button>
          </li>
        ))}
      </ul>
      {rest > 0 ? (
        <Button variant="plain" onPress={() => setAll(!isAll)}>
          {isAll ? t('fewer') : t('more', { count: rest })}
        </Button>
      ) : null}
    </section>
  )
}
