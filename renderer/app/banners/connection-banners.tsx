import { CloudOff } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import type { AccountSummary } from '../../../shared/features/accounts/model'
import { servicesOf } from '../../../shared/features/accounts/services'
import { isHidden, withheldIn } from '../../../shared/features/mail/withheld'
import type { SyncStatus } from '../../../shared/kit/status'
import { useHost } from '../../host/host-context'
import { useAccountName } from '../../i18n/use-account-name'
import { useFailureWords } from '../../i18n/use-failure-words'
import { useFormat } from '../../i18n/use-format'
import { serviceKey, useAppStore } from '../../state/app-store'
import { useLiveQuery } from '../../state/live/use-live-query'
import { runCommand } from '../../state/run-command'
import { useSecondsUntil } from '../../state/time/use-seconds-until'
import { openSettings } from '../../state/ui-store'
import { Button } from '../../ui/actions/button'
import { Banner } from '../../ui/feedback/banner'

/** Problems of which only the server's own words, or the names of what is concerned, tell enough. */
const inServersWords: ReadonlySet<string> = new Set([
  'login-refused',
  'login-not-now',
  'server-refused',
  'server-unavailable',
  'message-withheld',
])

/** As the settings take; the oldest go. */
const mostHidden = 2000

function ProblemBanner({
  account,
  status,
  isOneOfMany,
}: Readonly<{ account: AccountSummary; status: SyncStatus; isOneOfMany: boolean }>) {
  const { t } = useTranslation('app')
  const accountName = useAccountName()
  const host = useHost()
  const words = useFailureWords()
  const format = useFormat()
  const nowMs = useSecondsUntil(status.nextAttemptAtMs)
  const hidden = useLiveQuery('settings.get', {}).data?.withheldHidden
  if (status.problem === null || hidden === undefined) return null
  if (isHidden(status.problem, hidden)) return null
  const withheld = withheldIn(status.problem)
  const when = format.timeToCome(status.nextAttemptAtMs, nowMs)
  const problem = words(status.problem)
  const name = isOneOfMany
    ? `${accountName(account)} · ${t(`service.${status.service}`)}`
    : accountName(account)
  const needsUser = status.state === 'error'
  return (
    <Banner
      tone={needsUser ? 'warning' : 'plain'}
      {...(needsUser ? {} : { icon: CloudOff })}
      title={t('connection.banner', { account: name, problem: problem.what })}
      actions={
        <>
          {needsUser ? (
            <Button variant="plain" onPress={() => openSettings('accounts', account.id)}>
              {t('connection.openAccount')}
            </Button>
          ) : null}
          {withheld.length > 0 ? (
            <Button
              variant="plain"
              onPress={() =>
                void runCommand(host, 'settings.set', {
                  withheldHidden: [...new Set([...hidden, ...withheld])].slice(-mostHidden),
                })
              }
            >
              {t('connection.hideWithheld')}
            </Button>
          ) : null}
          <Button
            variant="plain"
            onPress={() => void runCommand(host, 'sync.now', { accountId: account.id })}
          >
            {t('connection.tryNow')}
          </Button>
        </>
      }
    >
      {needsUser ? `${problem.why} ${problem.fix}` : problem.fix}{' '}
      {when === null ? null : t('connection.nextTry', { when })}{' '}
      {inServersWords.has(status.problem.code) ? problem.facts.join(' · ') : null}
    </Banner>
  )
}

/** One calm line for each account that cannot reach its server, and one when the user chose to be offline. */
export function ConnectionBanners() {
  const { t } = useTranslation('app')
  const host = useHost()
  const accounts = useLiveQuery('accounts.list', {})
  const settings = useLiveQuery('settings.get', {})
  const sync = useAppStore(state => state.sync)
  if (settings.data?.offline === true)
    return (
      <Banner
        icon={CloudOff}
        actions={
          <Button variant="plain" onPress={() => void runCommand(host, 'settings.set', { offline: false })}>
            {t('connection.goOnline')}
          </Button>
        }
      >
        {t('connection.offlineBanner')}
      </Banner>
    )
  return (accounts.data ?? []).flatMap(account =>
    servicesOf(account).map((service, _at, all) => {
      const key = serviceKey(account.id, service)
      const status = sync.get(key)
      return status === undefined || status.state === 'off' ? null : (
        <ProblemBanner key={key} {...{ account, status }} isOneOfMany={all.length > 1} />
      )
    }),
  )
}
