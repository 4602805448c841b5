import './rooms.css'
import { type FormEvent, useId, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { CallOutput } from '../../../../shared/ipc/contract'
import { foldText } from '../../../../shared/kit/fold-text'
import { useHost } from '../../../host/host-context'
import { runCommand } from '../../../state/run-command'
import { Button } from '../../../ui/actions/button'
import { TextField } from '../../../ui/fields/text-field'
import { Dialog } from '../../../ui/overlays/dialog'
import { AccountField, type ChatAccounts } from '../account-field'
import { showConversation } from '../state'
import { tameName } from '../text/tame'

/** Drawn at once; more are found by their name. */
const mostDrawn = 200

/** Joins a room by its address, or one of those that a service lists. Nothing is asked before a press. */
export function FindRoomDialog({
  accounts,
  onClose,
}: Readonly<{ accounts: ChatAccounts; onClose: () => void }>) {
  const { t } = useTranslation(['chat', 'common'])
  const host = useHost()
  const formId = useId()
  const [accountId, setAccountId] = useState(accounts[0].accountId)
  const [address, setAddress] = useState('')
  const [nick, setNick] = useState('')
  const [password, setPassword] = useState('')
  const [service, setService] = useState('')
  const [filter, setFilter] = useState('')
  const [found, setFound] = useState<CallOutput<'chat.findRooms'> | null>(null)
  const [busy, setBusy] = useState<'join' | 'find' | null>(null)
  const find = async () => {
    setBusy('find')
    setFound(
      await runCommand(host, 'chat.findRooms', {
        accountId,
        service: service.trim() === '' ? null : service.trim(),
      }),
    )
    setBusy(null)
  }
  const join = async (event: FormEvent) => {
    event.preventDefault()
    if (busy !== null || address.trim() === '') return
    setBusy('join')
    const joined = await runCommand(host, 'chat.join', {
      accountId,
      address: address
        .trim()
        .replace(/^xmpp:/i, '')
        .replace(/\?join$/i, ''),
      nick: nick.trim() === '' ? null : nick.trim(),
      password: password === '' ? null : password,
    })
    setBusy(null)
    if (joined === null) return
    showConversation(joined.conversationId)
    onClose()
  }
  const wish = foldText(filter.trim())
  const listed = (found?.rooms ?? []).filter(room => foldText(`${room.name} ${room.address}`).includes(wish))
  return (
    <Dialog
      title={t('rooms.findTitle')}
      isOpen
      onClose={onClose}
      size="medium"
      actions={
        <>
          <Button onPress={onClose}>{t('common:cancel')}</Button>
          <Button
            type="submit"
            form={formId}
            variant="primary"
            busy={busy === 'join'}
            isDisabled={address.trim() === ''}
          >
            {t('rooms.join')}
          </Button>
        </>
      }
    >
      <form id={formId} className="chat-form" onSubmit={event => void join(event)}>
        <AccountField accounts={accounts} value={accountId} onChange={setAccountId} />
        <TextField
          label={t('rooms.address')}
          placeholder={t('rooms.addressHint')}
          autoFocus
          spellCheck="false"
          maxLength={3071}
          value={address}
          onChange={setAddress}
        />
        <div className="chat-two">
          <TextField label={t('rooms.nick')} maxLength={200} value={nick} onChange={setNick} />
          <TextField
            label={t('rooms.password')}
            type="password"
            autoComplete="off"
            maxLength={1000}
            value={password}
            onChange={setPassword}
          />
        </div>
        <div className="chat-two chat-ask-rooms">
          <TextField
            label={t('rooms.service')}
            description={t('rooms.serviceText')}
            spellCheck="false"
            maxLength={1000}
            value={service}
            onChange={setService}
          />
          <Button busy={busy === 'find'} onPress={() => void find()}>
            {t('rooms.search')}
          </Button>
        </div>
        {found === null ? null : (
          <section aria-label={t('rooms.found', { service: found.service })} className="chat-form">
            <h3>{t('rooms.found', { service: found.service })}</h3>
            {found.rooms.length > 10 ? (
              <TextField label={t('rooms.filter')} maxLength={200} value={filter} onChange={setFilter} />
            ) : null}
            {listed.length === 0 ? <p className="ui-description">{t('rooms.none')}</p> : null}
            <ul className="chat-people">
              {listed.slice(0, mostDrawn).map(room => (
                <li key={room.address}>
                  <button
                    type="button"
                    className="chat-person"
                    aria-pressed={room.address === address}
                    onClick={() => setAddress(room.address)}
                  >
                    <bdi className="clip">{tameName(room.name) || room.address}</bdi>
                    <span className="chat-person-address clip">{room.address}</span>
                  </button>
                </li>
              ))}
            </ul>
            {found.isCut || listed.length > mostDrawn ? (
              <p className="ui-description">{t('rooms.isCut')}</p>
            ) : null}
          </section>
        )}
      </form>
    </Dialog>
  )
}
