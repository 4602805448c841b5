import '../editor/editor.css'
import './subscription.css'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { CalendarSummary } from '../../../../shared/features/calendar/model'
import type {
  CalendarSubscription,
  RefreshOutcome,
} from '../../../../shared/features/calendar/subscriptions/model'
import { asErrorCode } from '../../../../shared/kit/result'
import { useHost } from '../../../host/host-context'
import { useLiveQuery } from '../../../state/live/use-live-query'
import { runCommand } from '../../../state/run-command'
import { Button } from '../../../ui/actions/button'
import { TextField } from '../../../ui/fields/text-field'
import { Dialog } from '../../../ui/overlays/dialog'
import { calendarName } from '../side/name-of'
import { AskingFields } from './asking-fields'
import { FailureBanner } from './failure-banner'
import { routeOf, type TypedWay, typedWay } from './way'

/** How a subscribed calendar is asked for, and what came of it. */
export function SubscriptionDialog({
  calendar,
  onClose,
}: Readonly<{ calendar: CalendarSummary; onClose: () => void }>) {
  const { t } = useTranslation(['subscription', 'calendar', 'common'])
  const { t: ofCalendar } = useTranslation(['calendar', 'common'])
  const found = useLiveQuery('subscriptions.list', {}).data?.find(each => each.calendarId === calendar.id)
  return (
    <Dialog
      isOpen
      size="medium"
      title={t('subscription:title', { name: calendarName(calendar, ofCalendar) })}
      onClose={onClose}
      actions={<Button onPress={onClose}>{t('common:close')}</Button>}
    >
      {found === undefined ? null : <Fields subscription={found} />}
    </Dialog>
  )
}

function Fields({ subscription }: Readonly<{ subscription: CalendarSubscription }>) {
  const { t } = useTranslation('subscription')
  const host = useHost()
  const { calendarId, url, route, follows, intervalMinutes, problem, leftOut } = subscription
  const [address, setAddress] = useState<string | null>(null)
  const [way, setWay] = useState<TypedWay | null>(null)
  const [isBusy, setBusy] = useState(false)
  const [said, setSaid] = useState<RefreshOutcome | null>(null)
  const chosen = way === null ? null : routeOf(way)
  const isOtherAddress = address !== null && address.trim() !== url
  const isChanged = isOtherAddress || way !== null
  const during = async (work: () => Promise<unknown>) => {
    setBusy(true)
    await work()
    setBusy(false)
  }
  const change = (more: Omit<Parameters<typeof runChange>[2], 'calendarId'>) =>
    during(() => runChange(host, 'subscriptions.change', { calendarId, ...more }))
  const refresh = () =>
    during(async () => {
      setSaid(null)
      const [done] = (await runCommand(host, 'subscriptions.refresh', { calendarId })) ?? []
      if (done !== undefined) setSaid(done.outcome)
    })
  const save = async () => {
    await change({
      ...(isOtherAddress ? { url: address } : {}),
      ...(chosen === null ? {} : { route: chosen }),
    })
    // What stands here is what is true, also where main's own window was told no.
    setAddress(null)
    setWay(null)
  }
  return (
    <form
      className="editor"
      onSubmit={event => {
        event.preventDefault()
        if (isChanged && (way === null || chosen !== null)) void save()
      }}
    >
      {problem === null ? null : (
        <FailureBanner
          failure={{ ...problem, code: asErrorCode(problem.code) }}
          isBusy={isBusy}
          onFollow={place => void change({ follows: [...follows, place].slice(-5) })}
          onTrusted={() => void refresh()}
        />
      )}
      <Times subscription={subscription} />
      {leftOut > 0 ? <p className="ui-description">{t('leftOut', { count: leftOut })}</p> : null}
      <TextField
        label={t('address')}
        description={t('addressHint')}
        value={address ?? url}
        onChange={setAddress}
        maxLength={4000}
        spellCheck="false"
      />
      <AskingFields
        minutes={intervalMinutes}
        way={way ?? typedWay(route)}
        onMinutes={minutes => void change({ intervalMinutes: minutes })}
        onWay={setWay}
      />
      <div className="editor-line subscription-foot">
        <Button isDisabled={isBusy} onPress={() => void refresh()}>
          {t('refresh')}
        </Button>
        <span role="status">{said === null ? '' : t(`outcome.${said}`)}</span>
        <span className="subscription-space" />
        {isChanged ? (
          <Button type="submit" variant="primary" isDisabled={isBusy || (way !== null && chosen === null)}>
            {t('save')}
          </Button>
        ) : null}
      </div>
    </form>
  )
}

const runChange = runCommand<'subscriptions.change'>

function Times({ subscription }: Readonly<{ subscription: CalendarSubscription }>) {
  const { t, i18n } = useTranslation('subscription')
  const { checkedAtMs, changedAtMs, nextAtMs } = subscription
  const format = new Intl.DateTimeFormat(i18n.language, { dateStyle: 'medium', timeStyle: 'short' })
  const words = (ms: number | null) => (ms === null ? t('never') : format.format(ms))
  return (
    <dl className="subscription-times">
      <dt>{t('last')}</dt>
      <dd>{words(checkedAtMs)}</dd>
      <dt>{t('lastChange')}</dt>
      <dd>{words(changedAtMs)}</dd>
      <dt>{t('next')}</dt>
      <dd>{nextAtMs === 0 ? t('soon') : format.format(nextAtMs)}</dd>
    </dl>
  )
}
