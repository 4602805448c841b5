import { KeyRound, LockKeyhole, LockOpen, ShieldCheck } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Conversation } from '../../../../shared/features/chat/model'
import { useHost } from '../../../host/host-context'
import { runCommand } from '../../../state/run-command'
import { Button } from '../../../ui/actions/button'
import { Menu } from '../../../ui/actions/menu'
import { openDialog } from '../state'
import { useChatWords } from '../use-chat-words'
import { ClearDialog } from './clear-dialog'

/** The rule for what is written here, in words. It changes only by a press here, and to less protection only after a question. */
export function ModeButton({ conversation }: Readonly<{ conversation: Conversation }>) {
  const { t } = useTranslation('chat')
  const host = useHost()
  const words = useChatWords()
  const [isAsking, setAsking] = useState(false)
  const { id, mode, trust } = conversation
  const isEncrypted = mode === 'encrypted'
  const said = words.mode(conversation)
  return (
    <>
      <Menu
        label={t('mode.label', { mode: said })}
        entries={[
          {
            id: 'encrypted',
            label: t('mode.toEncrypted'),
            isChecked: isEncrypted,
            icon: LockKeyhole,
            run: () =>
              isEncrypted
                ? undefined
                : void runCommand(host, 'chat.encrypt', { conversationId: id, mode: 'encrypted' }),
          },
          {
            id: 'clear',
            label: t('mode.toClear'),
            isChecked: !isEncrypted,
            icon: LockOpen,
            run: () => (isEncrypted ? setAsking(true) : undefined),
          },
          'line',
          {
            id: 'devices',
            label: t('mode.devices'),
            icon: KeyRound,
            command: 'chatDevices',
            run: () => openDialog({ kind: 'devices', id }),
          },
        ]}
      >
        <Button
          variant="plain"
          icon={!isEncrypted ? LockOpen : trust === 'verified' ? ShieldCheck : LockKeyhole}
          className="chat-mode"
          aria-label={t('mode.label', { mode: said })}
          data-mode={mode}
        >
          {said}
        </Button>
      </Menu>
      <ClearDialog conversation={conversation} isOpen={isAsking} onClose={() => setAsking(false)} />
    </>
  )
}
