import { type FormEvent, useDeferredValue, useId, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useHost } from '../../host/host-context'
import { useLiveQuery } from '../../state/live/use-live-query'
import { Button } from '../../ui/actions/button'
import { TextField } from '../../ui/fields/text-field'
import { Dialog } from '../../ui/overlays/dialog'
import { AccountField, type ChatAccounts } from './account-field'
import { openWith } from './open-with'
import { tameName } from './text/tame'

/** What an address for chat looks like (RFC 7622); the engine judges it whole. */
const addressForm = /^[^\s@/]+@[^\s@/]+$/

const shownContacts = 8

/** Begins a conversation with an address or a contact. Nothing is sent. */
export function BeginDialog({
  accounts,
  address,
  onClose,
}: Readonly<{ accounts: ChatAccounts; address: string; onClose: () => void }>) {
  const { t } = useTranslation(['chat', 'common'])
  const host = useHost()
  const formId = useId()
  const [text, setText] = useState(address)
  const [isTold, setTold] = useState(false)
  const [busy, setBusy] = useState(false)
  const [accountId, setAccountId] = useState(accounts[0].accountId)
  const wish = useDeferredValue(text.trim())
  const { data: suggested = [] } = useLiveQuery(
    'addresses.suggest',
    wish === '' ? null : { prefix: wish.slice(0, 200) },
  )
  const people = suggested
    .slice(0, shownContacts)
    .filter(({ address: own, members }) => members === undefined && own !== '' && own !== wish)
  const open = async (chosen: string) => {
    const jid = chosen.trim().replace(/^xmpp:/i, '')
    if (!addressForm.test(jid)) return setTold(true)
    setBusy(true)
    const done = await openWith(host, accountId, jid)
    setBusy(false)
    if (done) onClose()
  }
  return (
    <Dialog
      title={t('begin.title')}
      isOpen
      onClose={onClose}
      actions={
        <>
          <Button onPress={onClose}>{t('common:cancel')}</Button>
          <Button type="submit" form={formId} variant="primary" busy={busy} isDisabled={wish === ''}>
            {t('begin.open')}
          </Button>
        </>
      }
    >
      <form
        id={formId}
        className="chat-form"
        onSubmit={(event: FormEvent) => {
          event.preventDefault()
          void open(text)
        }}
      >
        <AccountField accounts={accounts} value={accountId} onChange={setAccountId} />
        <TextField
          label={t('begin.address')}
          placeholder={t('begin.addressHint')}
          autoFocus
          spellCheck="false"
          maxLength={3071}
          value={text}
          onChange={next => {
            setText(next)
            setTold(false)
          }}
          error={isTold ? t('begin.bad') : null}
        />
        {people.length === 0 ? null : (
          <section aria-label={t('begin.contacts')}>
            <ul className="chat-people">
              {people.map(({ name, address: own }) => (
                <li key={own}>
                  <button type="button" className="chat-person" onClick={() => void open(own)}>
                    <bdi className="clip">{tameName(name) || own}</bdi>
                    <span className="chat-person-address clip">{own}</span>
                  </button>
                </li>
              ))}
            </ul>
          </section>
        )}
      </form>
    </Dialog>
  )
}
