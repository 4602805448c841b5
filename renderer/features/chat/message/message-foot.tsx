import { Check, CheckCheck, CircleAlert, Clock } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import type { ChatMessage } from '../../../../shared/features/chat/model'
import { useSecondsUntil } from '../../../state/time/use-seconds-until'
import { Button } from '../../../ui/actions/button'
import { Icon } from '../../../ui/actions/icon'
import { tameName } from '../text/tame'
import type { MessageDeeds } from './use-message-deeds'

const stateIcons = {
  queued: Clock,
  sent: Check,
  delivered: CheckCheck,
  read: CheckCheck,
  failed: CircleAlert,
} as const

/** What became of an own message: in a sign and in words, and for what failed its cause and two ways out. */
export function MessageFoot({ message, deeds }: Readonly<{ message: ChatMessage; deeds: MessageDeeds }>) {
  const { t } = useTranslation('chat')
  const { state, waits, failure, undoUntilMs } = message
  const nowMs = useSecondsUntil(waits === 'undo' ? undoUntilMs : null)
  if (state === 'received') return null
  const left = undoUntilMs === null ? 0 : Math.ceil((undoUntilMs - nowMs) / 1000)
  const words =
    waits === null || state !== 'queued' ? t(`message.state.${state}`) : t(`message.waits.${waits}`)
  return (
    <>
      <span className="chat-state" data-state={state}>
        <Icon of={stateIcons[state]} size={13} />
        <span className={state === 'failed' || (waits !== null && waits !== 'undo') ? undefined : 'spoken'}>
          {words}
        </span>
      </span>
      {waits === 'undo' && left > 0 ? (
        <Button variant="plain" className="chat-undo" onPress={() => deeds.unsend(message)}>
          {t('message.undoFor', { seconds: left })}
        </Button>
      ) : null}
      {state === 'failed' ? (
        <span className="chat-failure">
          {failure === null ? null : (
            <span>
              {t(`message.failure.${failure.cause}`)}
              {failure.detail === ''
                ? null
                : ` ${t('message.detail', { detail: tameName(failure.detail).slice(0, 300) })}`}
            </span>
          )}
          <span className="chat-failure-actions">
            <Button onPress={() => deeds.retry(message)}>{t('message.retry')}</Button>
            <Button onPress={() => deeds.discard(message)}>{t('message.discard')}</Button>
          </span>
        </span>
      ) : null}
    </>
  )
}
