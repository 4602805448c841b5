import '../accounts.css'
import { useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { AccountSummary } from '../../../../shared/features/accounts/model'
import type { Failure } from '../../../../shared/kit/result'
import { useHost } from '../../../host/host-context'
import { useLiveQuery } from '../../../state/live/use-live-query'
import { Button } from '../../../ui/actions/button'
import { Switch } from '../../../ui/actions/switch'
import { TextField } from '../../../ui/fields/text-field'
import { XmppFailure } from './xmpp-failure'
import { XmppFields } from './xmpp-fields'
import { fieldsOf, xmppServiceIn } from './xmpp-service'

/** Adds a chat to an account, or as an account of its own: it is signed in to once, and added when that went well. */
export function XmppSetup({
  account,
  onDone,
  onLeave,
}: Readonly<{ account: AccountSummary | null; onDone: () => void; onLeave: () => void }>) {
  const { t } = useTranslation(['accounts', 'common'])
  const host = useHost()
  const [fields, setFields] = useState(fieldsOf(null, account?.config.address ?? ''))
  const [password, setPassword] = useState('')
  const [failure, setFailure] = useState<Failure | null>(null)
  const [busy, setBusy] = useState(false)
  const status = useLiveQuery('net.status', {}).data
  const everything = status?.settings.forEverything === true
  const usesTor = status?.accounts.some(({ way }) => way === 'tor') === true
  const [choice, setOverTor] = useState<boolean | null>(null)
  const overTor = choice ?? usesTor
  // Nothing said: main takes the strictest way in use.
  const way = overTor ? { overTor } : usesTor ? { overTor: false } : {}
  const isGone = useRef(false)
  const xmpp = xmppServiceIn(fields)

  const add = async () => {
    if (xmpp === null || password === '' || busy) return
    setBusy(true)
    setFailure(null)
    const tried = await host.call('accounts.tryXmpp', { xmpp, password, ...way })
    if (isGone.current) return
    const route = overTor
      ? { route: { kind: 'tor' as const } }
      : usesTor
        ? { route: { kind: 'direct' as const } }
        : {}
    const result = !tried.ok
      ? tried
      : account === null
        ? await host.call('accounts.add', {
            config: { address: xmpp.userName, displayName: '', services: { xmpp } },
            ...{ password, ...route },
          })
        : await host.call('accounts.addXmpp', { accountId: account.id, xmpp, password, ...route })
    setBusy(false)
    if (!result.ok) {
      if (result.error.code !== 'cancelled') setFailure(result.error)
      return
    }
    setPassword('')
    onDone()
  }
  return (
    <div className="account-setup">
      <p className="account-setup-text">{t('accounts:xmpp.text')}</p>
      <XmppFailure failure={failure} onPinned={() => void add()} />
      <form
        className="account-form"
        onSubmit={event => {
          event.preventDefault()
          void add()
        }}
      >
        <XmppFields
          fields={fields}
          isDisabled={busy}
          onChange={change => setFields(before => ({ ...before, ...change }))}
        />
        <TextField
          label={t('accounts:fields.password')}
          description={t(fields.allowsPlain ? 'accounts:xmpp.plainText' : 'accounts:xmpp.passwordText')}
          type="password"
          value={password}
          onChange={setPassword}
          maxLength={4096}
          isDisabled={busy}
        />
        <Switch
          label={t('accounts:discovery.overTor')}
          description={t('accounts:discovery.overTorText')}
          isSelected={overTor || everything}
          isDisabled={busy || everything}
          onChange={setOverTor}
        />
        <div className="account-actions">
          <Button
            variant="plain"
            onPress={() => {
              isGone.current = true
              onLeave()
            }}
          >
            {t('common:cancel')}
          </Button>
          <span className="account-space" />
          <Button type="submit" variant="primary" busy={busy} isDisabled={xmpp === null || password === ''}>
            {busy ? t('accounts:test.running') : t('accounts:xmpp.signIn')}
          </Button>
        </div>
      </form>
    </div>
  )
}
