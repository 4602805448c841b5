import type { MouseEvent } from 'react'
import { useTranslation } from 'react-i18next'
import type { Stretch } from '../../../../shared/features/calendar/free-times'
import { classNames } from '../../../ui/tokens/class-names'
import type { CalendarFormat } from '../format'
import type { PersonBusy } from './use-busy'

/** The hours that are drawn, as moments. */
type Window = Stretch

const part = (window: Window, ms: number): number =>
  (100 * (Math.min(Math.max(ms, window.startMs), window.endMs) - window.startMs)) /
  (window.endMs - window.startMs)

/** Where a stretch lies in the window, for CSS. */
const place = (window: Window, { startMs, endMs }: Stretch) => ({
  insetInlineStart: `${part(window, startMs)}%`,
  width: `${part(window, endMs) - part(window, startMs)}%`,
})

export const overlaps = (left: Stretch, right: Stretch): boolean =>
  left.startMs < right.endMs && left.endMs > right.startMs

/** One person's day: what is taken of it, and where the event lies. For the ear it is said in words. */
export function BusyRow({
  name,
  person,
  isWaiting,
  window,
  event,
  hours,
  format,
  onPick,
}: Readonly<{
  name: string
  /** Null: not known. */
  person: PersonBusy | null
  isWaiting: boolean
  window: Window
  event: Stretch
  /** Lines of hours. */
  hours: readonly number[]
  format: CalendarFormat
  onPick: (ms: number) => void
}>) {
  const { t } = useTranslation('calendar')
  const busy = person?.isKnown === true ? person.busy.filter(each => overlaps(each, window)) : []
  const isTaken = busy.some(each => overlaps(each, event))
  const isKnown = person?.isKnown === true
  const said = isWaiting
    ? t('busy.waiting')
    : !isKnown
      ? t('busy.unknown')
      : busy.length === 0
        ? t('busy.free')
        : busy
            .map(each => `${format.times({ allDay: false, ...each })} (${t(`busy.kind.${each.kind}`)})`)
            .join(', ')
  const pick = ({ clientX, currentTarget }: MouseEvent<HTMLElement>): void => {
    const { left, right, width } = currentTarget.getBoundingClientRect()
    const isLeftward = getComputedStyle(currentTarget).direction === 'rtl'
    const at = (isLeftward ? right - clientX : clientX - left) / width
    onPick(window.startMs + at * (window.endMs - window.startMs))
  }
  return (
    <li className="busy-row">
      <span className="busy-name" dir="auto" title={name}>
        {name}
      </span>
      <span className="spoken">: {said}</span>
      {/* The keyboard has the time fields and the free times below. */}
      <span
        className={classNames('busy-track', !isKnown && !isWaiting && 'busy-unknown')}
        aria-hidden="true"
        onClick={pick}
      >
        {hours.map(ms => (
          <span key={ms} className="busy-hour" style={{ insetInlineStart: `${part(window, ms)}%` }} />
        ))}
        {busy.map(each => (
          <span
            key={`${each.startMs} ${each.endMs} ${each.kind}`}
            className={`busy-block busy-${each.kind}`}
            style={place(window, each)}
          />
        ))}
        {overlaps(event, window) ? (
          <span className={classNames('busy-event', isTaken && 'busy-clash')} style={place(window, event)} />
        ) : null}
        {isKnown || isWaiting ? null : <span className="busy-note">{t('busy.unknown')}</span>}
      </span>
    </li>
  )
}
