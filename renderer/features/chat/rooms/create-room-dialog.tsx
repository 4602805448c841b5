import './rooms.css'
import { type FormEvent, useId, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useHost } from '../../../host/host-context'
import { runCommand } from '../../../state/run-command'
import { Button } from '../../../ui/actions/button'
import { TextField } from '../../../ui/fields/text-field'
import { Dialog } from '../../../ui/overlays/dialog'
import { AccountField, type ChatAccounts } from '../account-field'
import { showConversation } from '../state'
import { InviteField, useInvited } from './invite-field'

/** A room of one's own: for members only who see each other, so that it can be encrypted. */
export function CreateRoomDialog({
  accounts,
  onClose,
}: Readonly<{ accounts: ChatAccounts; onClose: () => void }>) {
  const { t } = useTranslation(['chat', 'common'])
  const host = useHost()
  const formId = useId()
  const [accountId, setAccountId] = useState(accounts[0].accountId)
  const [name, setName] = useState('')
  const [busy, setBusy] = useState(false)
  const invited = useInvited()
  const create = async (event: FormEvent) => {
    event.preventDefault()
    if (busy || name.trim() === '' || !invited.isGood()) return
    setBusy(true)
    const made = await runCommand(host, 'chat.createRoom', {
      accountId,
      name: name.trim(),
      invite: [...invited.addresses()],
    })
    setBusy(false)
    if (made === null) return
    showConversation(made.conversationId)
    onClose()
  }
  return (
    <Dialog
      title={t('rooms.createTitle')}
      isOpen
      onClose={onClose}
      size="medium"
      actions={
        <>
          <Button onPress={onClose}>{t('common:cancel')}</Button>
          <Button type="submit" form={formId} variant="primary" busy={busy} isDisabled={name.trim() === ''}>
            {t('rooms.create2')}
          </Button>
        </>
      }
    >
      <form id={formId} className="chat-form" onSubmit={event => void create(event)}>
        <p>{t('rooms.createText')}</p>
        <AccountField accounts={accounts} value={accountId} onChange={setAccountId} />
        <TextField label={t('rooms.name')} autoFocus maxLength={200} value={name} onChange={setName} />
        <InviteField label={t('rooms.invite')} invited={invited} />
      </form>
    </Dialog>
  )
}
