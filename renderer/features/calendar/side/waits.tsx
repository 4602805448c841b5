import './waits.css'
import type { TFunction } from 'i18next'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { CalendarWait } from '../../../../shared/features/calendar/waits'
import type { CollectionAnswer } from '../../../../shared/kit/collections/wait'
import { useHost } from '../../../host/host-context'
import { useFailureWords } from '../../../i18n/use-failure-words'
import { useLiveQuery } from '../../../state/live/use-live-query'
import { runCommand } from '../../../state/run-command'
import { Button } from '../../../ui/actions/button'
import { ConfirmDialog } from '../../../ui/overlays/confirm-dialog'
import type { Calendars } from '../state/use-events'
import { calendarName } from './name-of'

/** Answers that the server has to hear of: the next pass is now. */
const forServer: ReadonlySet<CollectionAnswer> = new Set(['remove', 'put-back', 'try-again'])
/** What is lost by it is said on the button. */
const dangerous: ReadonlySet<CollectionAnswer> = new Set(['remove', 'give-up'])

type Asked = Readonly<{ wait: CalendarWait; said: CollectionAnswer }>

/** What of calendars on servers waits for the person, each with the answers that there are. Nothing where nothing waits. */
export function CalendarWaits({ calendars }: Readonly<{ calendars: Calendars }>) {
  const { t } = useTranslation(['calendar', 'common'])
  const host = useHost()
  const failureWords = useFailureWords()
  const { data: waits = [] } = useLiveQuery('calendars.waits', {})
  const [asked, setAsked] = useState<Asked | null>(null)
  if (waits.length === 0) return null
  const answer = async (wait: CalendarWait, said: CollectionAnswer): Promise<void> => {
    const done = await runCommand(host, 'calendars.answer', { waitId: wait.id, answer: said })
    const { accountId } = calendars.get(wait.calendarId) ?? { accountId: null }
    if (done !== null && forServer.has(said) && accountId !== null)
      await runCommand(host, 'calendars.sync', { accountId })
  }
  return (
    <section aria-labelledby="calendar-waits">
      <h2 id="calendar-waits" className="side-title">
        {t('calendar:waits.title')}
      </h2>
      <ul className="side-waits">
        {waits.map(wait => {
          const calendar = calendars.get(wait.calendarId)
          const words = wait.problem ? failureWords(wait.problem).what : null
          return (
            <li key={wait.id} className="side-wait">
              <p className="side-wait-name">
                {wait.title || (calendar === undefined ? '' : calendarName(calendar, t))}
              </p>
              <p>{t(`calendar:waits.${wait.what}`, { count: wait.count ?? 0 })}</p>
              {words === null ? null : <p className="side-wait-more">{words}</p>}
              {wait.lost === undefined || wait.lost.length === 0 ? null : (
                <p className="side-wait-more">{t('calendar:waits.lost', { names: named(wait.lost, t) })}</p>
              )}
              {wait.changed === undefined || wait.changed.length === 0 ? null : (
                <p className="side-wait-more">
                  {t('calendar:waits.changed', { names: named(wait.changed, t) })}
                </p>
              )}
              <div className="side-wait-answers">
                {wait.answer === undefined
                  ? wait.answers.map(said => (
                      <Button
                        key={said}
                        variant={dangerous.has(said) ? 'danger' : 'normal'}
                        onPress={() =>
                          dangerous.has(said) ? setAsked({ wait, said }) : void answer(wait, said)
                        }
                      >
                        {t(`calendar:waits.answers.${said}`)}
                      </Button>
                    ))
                  : t('calendar:waits.answered')}
              </div>
            </li>
          )
        })}
      </ul>
      {asked === null ? null : (
        <ConfirmDialog
          isOpen
          title={t(`calendar:waits.answers.${asked.said}`)}
          confirm={t(`calendar:waits.answers.${asked.said}`)}
          onClose={() => setAsked(null)}
          onConfirm={() => void answer(asked.wait, asked.said)}
        >
          {t('calendar:waits.sure')}
        </ConfirmDialog>
      )}
    </section>
  )
}

const known = [
  'SUMMARY',
  'LOCATION',
  'DESCRIPTION',
  'DTSTART',
  'DTEND',
  'DURATION',
  'RRULE',
  'VALARM',
  'ATTENDEE',
  'CATEGORIES',
  'URL',
  'UID',
] as const
type KnownName = (typeof known)[number]
const isKnown = (name: string): name is KnownName => (known as readonly string[]).includes(name)

/** Properties as people call them; what only programs know keeps its name. */
const named = (names: readonly string[], t: TFunction<['calendar', 'common']>): string =>
  names
    .map(name =>
      isKnown(name)
        ? t(`calendar:waits.names.${name}`)
        : name.startsWith('RECURRENCE-ID')
          ? t('calendar:waits.instance')
          : name,
    )
    .join(', ')
