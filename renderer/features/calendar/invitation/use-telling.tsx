import './invitation.css'
import { type ReactNode, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { hasMailServer } from '../../../../shared/features/accounts/services'
import type { CalendarId, EventFields } from '../../../../shared/features/calendar/model'
import type { CallInput } from '../../../../shared/ipc/contract'
import { useHost } from '../../../host/host-context'
import { useLiveQuery } from '../../../state/live/use-live-query'
import { runCommand } from '../../../state/run-command'
import { Button } from '../../../ui/actions/button'
import { TextField } from '../../../ui/fields/text-field'
import { Dialog } from '../../../ui/overlays/dialog'
import type { ShownEvent } from '../event/shown'

/** What is said to the guests; null: nothing. */
export type Tells = CallInput<'events.add'>['tells']
export type TellingVerb = 'invite' | 'change' | 'cancel'

type Question = Readonly<{
  verb: TellingVerb
  people: readonly string[]
  /** The server of the calendar tells them: it can be neither held back nor given words of mine. */
  byServer: boolean
  /** Undefined: it was thought better of. */
  answer: (tells: Tells | undefined) => void
}>

/** What is of nobody but whoever has the event: a change of these alone is no news to guests. */
const ownFields: ReadonlySet<string> = new Set(['alarms', 'categories', 'isTransparent', 'travel'])

const mostNamed = 8

/** Whom a change concerns, and the question whether they are to be told of it: nothing is sent unasked. */
export function useTelling(zone: string) {
  const { i18n } = useTranslation()
  const host = useHost()
  const [question, setQuestion] = useState<Question | null>(null)
  const accounts = useLiveQuery('accounts.list', {}).data ?? []
  const own = new Set(accounts.map(({ config }) => config.address.toLowerCase()))
  const canSend = accounts.some(hasMailServer)
  const language = i18n.language.startsWith('de') ? 'de' : 'en'

  const calendars = useLiveQuery('calendars.list', {}).data ?? []
  const serves = (id: CalendarId): boolean => calendars.find(each => each.id === id)?.schedules === true

  const ask = (
    verb: TellingVerb,
    people: readonly string[],
    calendarId: CalendarId,
  ): Promise<Tells | undefined> => {
    const others = [...new Set(people)].filter(each => !own.has(each.toLowerCase()))
    const isServed = serves(calendarId)
    if (others.length === 0 || !(canSend || isServed)) return Promise.resolve(null)
    return new Promise(resolve => {
      setQuestion({
        verb,
        people: others,
        // The first invitation can be held back, and what was sent already cannot be unsaid.
        byServer: isServed && verb !== 'invite',
        answer: tells => {
          setQuestion(null)
          resolve(tells)
        },
      })
    })
  }
  const named = (fields: EventFields): string[] => (fields.attendees ?? []).map(({ address }) => address)
  return {
    forNew: (fields: EventFields, calendarId: CalendarId) => ask('invite', named(fields), calendarId),
    /** `fields` null: the event goes. Only who invites tells anybody. */
    forChange: async ({ instance }: ShownEvent, fields: EventFields | null): Promise<Tells | undefined> => {
      const there = instance.attendees.map(({ address }) => address)
      const added = fields ? named(fields) : []
      if (there.length + added.length === 0) return null
      if (fields && Object.keys(fields).every(each => ownFields.has(each))) return null
      const { id, instance: at } = instance
      const detail = await runCommand(host, 'events.get', { eventId: id, instance: at, zone })
      if (detail === null) return undefined
      const { organizer } = detail
      if (organizer && !own.has(organizer.address.toLowerCase())) return null
      const verb = fields === null ? 'cancel' : there.length === 0 ? 'invite' : 'change'
      return ask(verb, [...there, ...added], instance.calendarId)
    },
    question: question === null ? null : <TellingDialog question={question} language={language} />,
  }
}

function TellingDialog({
  question,
  language,
}: Readonly<{ question: Question; language: 'en' | 'de' }>): ReactNode {
  const { t } = useTranslation(['invitation', 'common'])
  const [comment, setComment] = useState('')
  const { verb, people, byServer, answer } = question
  const shown = people.slice(0, mostNamed).join(', ')
  return (
    <Dialog
      title={t(`invitation:tell.title.${verb}`, { count: people.length })}
      isOpen
      role="alertdialog"
      onClose={() => answer(undefined)}
      actions={
        <>
          <Button onPress={() => answer(undefined)}>{t('common:cancel')}</Button>
          {byServer ? null : <Button onPress={() => answer(null)}>{t('invitation:tell.not')}</Button>}
          <Button variant="primary" autoFocus onPress={() => answer({ language, comment })}>
            {t('invitation:tell.send')}
          </Button>
        </>
      }
    >
      <p className="selectable invitation-tell">{people.length > mostNamed ? `${shown} …` : shown}</p>
      {byServer ? (
        <p className="ui-description">{t('invitation:tell.byServer')}</p>
      ) : (
        <TextField label={t('invitation:tell.comment')} rows={2} value={comment} onChange={setComment} />
      )}
    </Dialog>
  )
}
