import { useTranslation } from 'react-i18next'
import type { ChatAccount } from '../../../../shared/features/chat/model'
import { useHost } from '../../../host/host-context'
import { useFailureWords } from '../../../i18n/use-failure-words'
import { useFormat } from '../../../i18n/use-format'
import { runCommand } from '../../../state/run-command'
import { useSecondsUntil } from '../../../state/time/use-seconds-until'
import { openSettings } from '../../../state/ui-store'
import { Button } from '../../../ui/actions/button'
import { Spinner } from '../../../ui/feedback/spinner'

/** How each account is connected; one that is connected and has nothing waiting says nothing. */
export function ConnectionLines({ accounts }: Readonly<{ accounts: readonly ChatAccount[] }>) {
  const shown = accounts.filter(({ state, waiting }) => state !== 'online' || waiting > 0)
  return shown.map(account => (
    <ConnectionLine key={account.accountId} account={account} names={accounts.length > 1} />
  ))
}

function ConnectionLine({ account, names }: Readonly<{ account: ChatAccount; names: boolean }>) {
  const { t } = useTranslation('chat')
  const host = useHost()
  const format = useFormat()
  const failureWords = useFailureWords()
  const { accountId, state, reason, waitsUntilMs, waiting, address } = account
  const nowMs = useSecondsUntil(state === 'waiting' ? waitsUntilMs : null)
  const when = format.timeToCome(waitsUntilMs, nowMs)
  const isBusy = state === 'connecting' || state === 'catching-up'
  const problem =
    reason !== null && ((state === 'waiting' && reason !== 'offline') || state === 'refused')
      ? failureWords({ code: reason })
      : null
  return (
    <div className="chat-connection" data-state={state}>
      <span className="chat-connection-words">
        {isBusy ? <Spinner size={12} /> : null}
        <span role="status">
          {names ? <bdi>{address}: </bdi> : null}
          {state === 'waiting' && when !== null
            ? t('connection.waitingUntil', { when })
            : t(`connection.${state}`)}
          {waiting > 0 ? (
            <span className="chat-connection-waits"> {t('connection.waits', { count: waiting })}</span>
          ) : null}
        </span>
      </span>
      {problem === null ? null : (
        <span className="chat-connection-why">
          {problem.what}. {problem.fix}
        </span>
      )}
      {state === 'waiting' || state === 'offline' ? (
        <Button variant="plain" onPress={() => void runCommand(host, 'chat.sync', { accountId })}>
          {t('connection.sync')}
        </Button>
      ) : state === 'refused' || state === 'off' ? (
        <Button variant="plain" onPress={() => openSettings('accounts', accountId)}>
          {t('connection.settings')}
        </Button>
      ) : null}
    </div>
  )
}
