import { type FormEvent, useId, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Conversation } from '../../../../shared/features/chat/model'
import { useHost } from '../../../host/host-context'
import { runCommand } from '../../../state/run-command'
import { Button } from '../../../ui/actions/button'
import { Dialog } from '../../../ui/overlays/dialog'
import { useChatWords } from '../use-chat-words'
import { InviteField, useInvited } from './invite-field'

/** Invites people to a room; where it is for members only they become members. */
export function InviteDialog({
  conversation,
  onClose,
}: Readonly<{ conversation: Conversation; onClose: () => void }>) {
  const { t } = useTranslation(['chat', 'common'])
  const host = useHost()
  const words = useChatWords()
  const formId = useId()
  const [busy, setBusy] = useState(false)
  const invited = useInvited()
  const send = async (event: FormEvent) => {
    event.preventDefault()
    const addresses = [...invited.addresses()]
    if (busy || addresses.length === 0 || !invited.isGood()) return
    setBusy(true)
    const done = await runCommand(host, 'chat.invite', { conversationId: conversation.id, addresses })
    setBusy(false)
    if (done !== null) onClose()
  }
  return (
    <Dialog
      title={t('rooms.inviteTitle', { name: words.nameOf(conversation) })}
      isOpen
      onClose={onClose}
      size="medium"
      actions={
        <>
          <Button onPress={onClose}>{t('common:cancel')}</Button>
          <Button type="submit" form={formId} variant="primary" busy={busy}>
            {t('rooms.inviteConfirm')}
          </Button>
        </>
      }
    >
      <form id={formId} className="chat-form" onSubmit={event => void send(event)}>
        <InviteField label={t('rooms.invite')} invited={invited} />
      </form>
    </Dialog>
  )
}
