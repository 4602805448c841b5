import { useTranslation } from 'react-i18next'
import type { InvitationChange } from '../../../../shared/features/calendar/invitations/model'
import type { CalendarFormat } from '../format'
import { changedTime } from './when'

const shortText = 200
const mostPeople = 10

const short = (text: string): string => (text.length > shortText ? `${text.slice(0, shortText)}…` : text)

/** What differs from the version that was here before. */
export function Changes({
  changes,
  format,
}: Readonly<{ changes: readonly InvitationChange[]; format: CalendarFormat }>) {
  const { t } = useTranslation(['invitation', 'calendar'])
  if (changes.length === 0) return null
  const named = (people: readonly string[]): string =>
    [...people.slice(0, mostPeople), ...(people.length > mostPeople ? ['…'] : [])].join(', ')
  const words = (change: InvitationChange): string[] => {
    if (change.what === 'time')
      return [
        t('invitation:change.time', {
          before: changedTime(change.before, format),
          after: changedTime(change.after, format),
        }),
      ]
    if (change.what === 'people')
      return [
        ...(change.added.length === 0 ? [] : [t('invitation:change.added', { people: named(change.added) })]),
        ...(change.removed.length === 0
          ? []
          : [t('invitation:change.removed', { people: named(change.removed) })]),
      ]
    if (change.what === 'rule' || change.what === 'description')
      return [t(`invitation:change.${change.what}`)]
    const none = t('invitation:change.none')
    return [
      t(`invitation:change.${change.what}`, {
        before: short(change.before) || none,
        after: short(change.after) || none,
      }),
    ]
  }
  return (
    <div className="invitation-changes">
      <h4>{t('invitation:changed')}</h4>
      <ul>
        {changes.flatMap(words).map(line => (
          <li key={line} dir="auto">
            {line}
          </li>
        ))}
      </ul>
    </div>
  )
}
