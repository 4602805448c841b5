import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type {
  CollectionAnswer,
  CollectionWaitFacts,
  CollectionWaitKind,
} from '../../../shared/kit/collections/wait'
import { useHost } from '../../host/host-context'
import { inSentences } from '../../i18n/describe-failure'
import { useFailureWords } from '../../i18n/use-failure-words'
import { useLiveQuery } from '../../state/live/use-live-query'
import { runCommand } from '../../state/run-command'
import { Button } from '../../ui/actions/button'
import { ListRow } from '../../ui/layout/list-row'
import { ConfirmDialog } from '../../ui/overlays/confirm-dialog'

type Wait = CollectionWaitFacts &
  Readonly<{
    id: number
    what: CollectionWaitKind
    answers: readonly CollectionAnswer[]
    /** Of the calendar or the address book. */
    collection: string
    /** Of the event or the contact; '' where it is about the collection. */
    title: string
    call: 'calendars.answer' | 'contacts.answer'
  }>

/** What of calendars and address books on servers waits for a person, newest first. */
export function useCollectionWaits(): readonly Wait[] {
  const { t } = useTranslation('app')
  const calendars = useLiveQuery('calendars.list', {}).data ?? []
  const books = useLiveQuery('contacts.books', {}).data ?? []
  const ofCalendars = useLiveQuery('calendars.waits', {}).data ?? []
  const ofBooks = useLiveQuery('contacts.waits', {}).data ?? []
  const unnamed = t('service.dav')
  return [
    ...ofCalendars.map(each => ({
      ...each,
      collection: calendars.find(({ id }) => id === each.calendarId)?.name || unnamed,
      call: 'calendars.answer' as const,
    })),
    ...ofBooks.map(({ name, ...each }) => ({
      ...each,
      title: name,
      collection: books.find(({ id }) => id === each.bookId)?.name || unnamed,
      call: 'contacts.answer' as const,
    })),
  ]
}

/** What has a name for people; the rest is called as it is written. */
const named = [
  ...(['SUMMARY', 'LOCATION', 'DESCRIPTION', 'VALARM', 'ATTENDEE', 'CATEGORIES', 'RRULE', 'ATTACH'] as const),
  ...(['URL', 'PHOTO', 'NOTE', 'TEL', 'EMAIL', 'ADR', 'BDAY', 'MEMBER', 'X-ABLABEL'] as const),
]

/** One of them, with what may be said to it. */
export function CollectionWaitRow({ wait }: Readonly<{ wait: Wait }>) {
  const { t } = useTranslation('app')
  const host = useHost()
  const [asks, setAsks] = useState(false)
  const say = (answer: CollectionAnswer) => void runCommand(host, wait.call, { waitId: wait.id, answer })
  const words = useFailureWords()
  const problem = wait.problem === undefined ? null : words(wait.problem)
  const namesOf = (properties: readonly string[] = []): string =>
    properties
      .map(each => {
        const name = named.find(one => one === each.replace(/;.*$/, ''))
        return name === undefined ? each : t(`activity.property.${name}`)
      })
      .join(', ')
  const [lost, changed] = [namesOf(wait.lost), namesOf(wait.changed)]
  return (
    <ListRow
      title={wait.title === '' ? wait.collection : `${wait.collection} · ${wait.title}`}
      detail={
        <>
          <span className="activity-trouble">
            {t(wait.answer === undefined ? `activity.wait.${wait.what}` : 'activity.wait.answered')}
          </span>
          {lost === '' ? null : ` · ${t('activity.lost', { names: lost })}`}
          {changed === '' ? null : ` · ${t('activity.changed', { names: changed })}`}
          {problem === null ? null : ` · ${inSentences([problem.what, ...problem.facts])}`}
        </>
      }
      actions={[
        ...wait.answers.map(answer => (
          <Button
            key={answer}
            variant="plain"
            onPress={() => (answer === 'remove' ? setAsks(true) : say(answer))}
          >
            {t(`activity.answer.${answer}`)}
          </Button>
        )),
        <ConfirmDialog
          key="asks"
          title={t('activity.removeTitle')}
          confirm={t('activity.answer.remove')}
          isOpen={asks}
          onConfirm={() => say('remove')}
          onClose={() => setAsks(false)}
        >
          {wait.what === 'gone'
            ? t('activity.removeAllText', { name: wait.collection })
            : t('activity.removeText')}
        </ConfirmDialog>,
      ]}
    />
  )
}
