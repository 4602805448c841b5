import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { ChatHold, Conversation } from '../../../../shared/features/chat/model'
import { useHost } from '../../../host/host-context'
import { runCommand } from '../../../state/run-command'
import { Button } from '../../../ui/actions/button'
import { Banner } from '../../../ui/feedback/banner'
import { openDialog } from '../state'
import { useChatWords } from '../use-chat-words'
import { ClearDialog } from './clear-dialog'

/** Where nothing can ever be encrypted a single message in clear is no smaller step than the rule. */
const offersOnce: ReadonlySet<ChatHold> = new Set(['no-keys', 'undecided-devices', 'own-keys'])
const offersClear: ReadonlySet<ChatHold> = new Set(['no-keys', 'peer-in-clear', 'room-open', 'room-changed'])
const aboutDevices: ReadonlySet<ChatHold> = new Set(['undecided-devices', 'own-keys', 'no-keys'])

/** What holds sending, and the ways out of it, in words. Where nothing does, devices that are new are told. */
export function HoldNotice({
  conversation,
  canSendOnce,
  onSendOnce,
}: Readonly<{ conversation: Conversation; canSendOnce: boolean; onSendOnce: () => void }>) {
  const { t } = useTranslation('chat')
  const host = useHost()
  const words = useChatWords()
  const [isAsking, setAsking] = useState(false)
  const { id, hold, newDevices } = conversation
  const name = words.nameOf(conversation)
  const look = <Button onPress={() => openDialog({ kind: 'devices', id })}>{t('hold.look')}</Button>
  if (hold === null)
    return newDevices === 0 ? null : (
      <Banner tone="notice" actions={look}>
        {t('hold.newDevices', { name, count: newDevices })}
      </Banner>
    )
  return (
    <>
      <Banner
        tone="warning"
        actions={
          <>
            {aboutDevices.has(hold) ? look : null}
            {hold === 'peer-in-clear' ? (
              <Button
                variant="primary"
                onPress={() =>
                  void runCommand(host, 'chat.encrypt', { conversationId: id, mode: 'encrypted' })
                }
              >
                {t('hold.stay')}
              </Button>
            ) : null}
            {offersOnce.has(hold) && canSendOnce ? (
              <Button onPress={onSendOnce}>{t('mode.once')}</Button>
            ) : null}
            {offersClear.has(hold) ? (
              <Button onPress={() => setAsking(true)}>{t('hold.clear')}</Button>
            ) : null}
          </>
        }
      >
        {t(`hold.${hold}`, { name })}
      </Banner>
      <ClearDialog conversation={conversation} isOpen={isAsking} onClose={() => setAsking(false)} />
    </>
  )
}
