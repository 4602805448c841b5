import {
  Check,
  Ellipsis,
  Lock,
  Palette,
  Pencil,
  Rss,
  ShieldAlert,
  ShieldCheck,
  Trash2,
  TriangleAlert,
} from 'lucide-react'
import type { CSSProperties } from 'react'
import { Checkbox } from 'react-aria-components'
import { useTranslation } from 'react-i18next'
import { type CalendarColourName, calendarColours } from '../../../../shared/features/calendar/colours'
import type { CalendarSummary } from '../../../../shared/features/calendar/model'
import { useHost } from '../../../host/host-context'
import { useLiveQuery } from '../../../state/live/use-live-query'
import { runCommand } from '../../../state/run-command'
import { useUi } from '../../../state/ui-store'
import { Icon } from '../../../ui/actions/icon'
import { IconButton } from '../../../ui/actions/icon-button'
import { Menu, type MenuEntry } from '../../../ui/actions/menu'
import type { CalendarQuestion } from './list-dialogs'
import { calendarName } from './name-of'

const colourNames = Object.keys(calendarColours) as readonly CalendarColourName[]

/** A calendar: whether it is shown, and what can be done with it. */
export function CalendarLine({
  calendar,
  onAsk,
}: Readonly<{ calendar: CalendarSummary; onAsk: (question: CalendarQuestion) => void }>) {
  const { t } = useTranslation(['calendar', 'collections', 'common'])
  const { t: ofSubscription } = useTranslation('subscription')
  const host = useHost()
  const name = calendarName(calendar, t)
  const { data: encrypted = [] } = useLiveQuery('collections.encrypted', {})
  const state = encrypted.find(each => each.kind === 'calendar' && each.collectionId === calendar.id)?.state
  const { data: subscriptions = [] } = useLiveQuery('subscriptions.list', {})
  const hasProblem = subscriptions.some(
    each => each.calendarId === calendar.id && each.problem !== null && !each.problem.retryable,
  )
  const entries: readonly MenuEntry[] = [
    {
      id: 'rename',
      label: t('calendar:list.rename'),
      icon: Pencil,
      run: () => onAsk({ kind: 'rename', calendar }),
    },
    {
      id: 'colour',
      label: t('calendar:list.colour'),
      icon: Palette,
      entries: colourNames.map(id => ({
        id,
        label: t(`calendar:list.colours.${id}`),
        isChecked: calendarColours[id] === calendar.colour,
        run: () =>
          void runCommand(host, 'calendars.change', {
            calendarId: calendar.id,
            colour: calendarColours[id],
          }),
      })),
    },
    ...(calendar.accountId !== null && !calendar.isReadOnly
      ? [
          {
            id: 'encryption',
            label: t('collections:open'),
            icon: ShieldCheck,
            run: () => useUi.setState({ protecting: { kind: 'calendar', collectionId: calendar.id, name } }),
          },
        ]
      : []),
    ...(calendar.isSubscribed === true
      ? [
          {
            id: 'subscription',
            label: ofSubscription('settings'),
            icon: Rss,
            run: () => onAsk({ kind: 'subscription', calendar }),
          },
        ]
      : []),
    // What is on a server is removed there.
    ...(calendar.accountId === null
      ? ([
          'line',
          {
            id: 'delete',
            label: calendar.isSubscribed ? ofSubscription('end') : t('calendar:list.delete'),
            icon: Trash2,
            isDanger: true,
            run: () => onAsk({ kind: 'delete', calendar }),
          },
        ] as const)
      : []),
  ]
  return (
    <div className="side-calendar-line">
      <Checkbox
        className="side-calendar"
        isSelected={calendar.isVisible}
        onChange={isVisible =>
          void runCommand(host, 'calendars.change', { calendarId: calendar.id, isVisible })
        }
        style={{ '--colour': calendar.colour } as CSSProperties}
      >
        {({ isSelected }) => (
          <>
            <span className="side-box">{isSelected ? <Icon of={Check} size={12} /> : null}</span>
            <span className="clip" dir="auto">
              {calendarName(calendar, t)}
              {calendar.owner === '' ? null : (
                <span className="ui-description"> {t('calendar:sharedBy', { owner: calendar.owner })}</span>
              )}
            </span>
            {state === undefined ? null : (
              <span className="side-lock">
                <Icon of={state === 'joinable' ? ShieldAlert : ShieldCheck} size={12} />
                <span className="spoken">{t(`collections:states.${state}`)}</span>
              </span>
            )}
            {calendar.isReadOnly ? (
              <span className={hasProblem ? 'side-lock side-problem' : 'side-lock'}>
                <Icon of={hasProblem ? TriangleAlert : calendar.isSubscribed ? Rss : Lock} size={12} />
                <span className="spoken">
                  {calendar.isSubscribed
                    ? ofSubscription(hasProblem ? 'hasProblem' : 'isOne')
                    : t('calendar:readOnly')}
                </span>
              </span>
            ) : null}
          </>
        )}
      </Checkbox>
      <Menu label={t('calendar:list.menu', { name })} entries={entries}>
        <IconButton label={t('calendar:list.menu', { name })} icon={Ellipsis} className="side-more" />
      </Menu>
    </div>
  )
}
