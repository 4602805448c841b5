import { CalendarPlus, MessageCirclePlus } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type {
  AccountSummary,
  ConnectionSecurity,
  ConnectionTestReport,
  SentCopies,
} from '../../../shared/features/accounts/model'
import {
  davServiceOf,
  isLocal,
  isSwitchedOff,
  mailServiceOf,
  xmppServiceOf,
} from '../../../shared/features/accounts/services'
import { useHost } from '../../host/host-context'
import { runCommand } from '../../state/run-command'
import { Button } from '../../ui/actions/button'
import { TextField } from '../../ui/fields/text-field'
import { RouteForm } from './connection/route-form'
import { DavEditor } from './dav/dav-editor'
import { InboxEncryptionForm } from './inbox-encryption/inbox-encryption-form'
import { PasswordForm } from './password-form'
import { SentCopiesField, withSentCopies } from './sent-copies-field'
import { ServerFields } from './servers/server-fields'
import { mailOf, type Protocol, serversOf } from './servers/server-form'
import { ServiceSwitch } from './service-switch'
import { TestReport } from './setup/test-report'
import { XmppEditor } from './xmpp/xmpp-editor'

/** Name, signature, servers and password of one account, and a test of what stands in the fields. */
export function AccountEditor({
  account,
  onAddDav,
  onAddXmpp,
}: Readonly<{ account: AccountSummary; onAddDav: () => void; onAddXmpp: () => void }>) {
  const { t } = useTranslation(['accounts', 'common'])
  const host = useHost()
  const stored = account.config
  const [displayName, setDisplayName] = useState(stored.displayName)
  const [signature, setSignature] = useState(account.signature)
  const storedMail = mailServiceOf(account)
  const dav = davServiceOf(account)
  const xmpp = xmppServiceOf(account)
  const [servers, setServers] = useState(storedMail === null ? null : serversOf(storedMail))
  const [password, setPassword] = useState('')
  const [report, setReport] = useState<ConnectionTestReport | null>(null)
  const [sentCopies, setSentCopies] = useState<SentCopies>(storedMail?.sentCopies ?? 'automatic')
  const [busy, setBusy] = useState<'saving' | 'testing' | null>(null)
  const [saved, setSaved] = useState(false)
  const mailWith = (form: typeof servers) =>
    form === null || storedMail === null ? null : withSentCopies(mailOf(form, storedMail.caPem), sentCopies)
  const mail = mailWith(servers)
  const named = { ...stored, displayName: displayName.trim() }
  const config =
    storedMail === null ? named : mail === null ? null : { ...named, services: { ...stored.services, mail } }

  const save = async () => {
    if (config === null) return
    setBusy('saving')
    const done = await runCommand(host, 'accounts.update', { accountId: account.id, config, signature })
    setBusy(null)
    setSaved(done !== null)
  }
  const test = async (form = servers) => {
    const tried = mailWith(form)
    if (tried === null) return
    setBusy('testing')
    setReport(null)
    const result = await runCommand(host, 'accounts.test', {
      mail: tried,
      password: password === '' ? null : password,
      accountId: account.id,
    })
    setBusy(null)
    setReport(result)
  }
  /** On the same port: it is what a test found there. What was changed is kept when it is saved. */
  const changeSecurity = (protocol: Protocol, security: ConnectionSecurity) => {
    if (servers === null) return
    const changed = { ...servers, [protocol]: { ...servers[protocol], security } }
    setSaved(false)
    setServers(changed)
    void test(changed)
  }
  const edit =
    <T,>(set: (value: T) => void) =>
    (value: T) => {
      setSaved(false)
      set(value)
    }
  return (
    <div className="account-editor">
      {storedMail === null ? null : <ServiceSwitch account={account} service="mail" />}
      <form
        className="account-form"
        onSubmit={event => {
          event.preventDefault()
          void save()
        }}
      >
        <TextField
          label={t('accounts:fields.displayName')}
          value={displayName}
          onChange={edit(setDisplayName)}
          maxLength={200}
        />
        {isLocal(account) ? null : (
          <TextField
            label={t('accounts:section.signature')}
            description={t('accounts:section.signatureHint')}
            rows={3}
            value={signature}
            onChange={edit(setSignature)}
            maxLength={20_000}
          />
        )}
        {servers === null ? null : <ServerFields servers={servers} onChange={edit(setServers)} withOnion />}
        {servers === null ? null : (
          <SentCopiesField
            value={sentCopies}
            onChange={edit(setSentCopies)}
            isFiledByProvider={account.filesSentMail === true}
          />
        )}
        <div className="account-actions">
          {servers === null ? null : (
            <Button
              busy={busy === 'testing'}
              isDisabled={config === null || isSwitchedOff(account, 'mail')}
              onPress={() => void test()}
            >
              {busy === 'testing' ? t('accounts:test.running') : t('accounts:test.run')}
            </Button>
          )}
          <span className="account-space" />
          <span className="account-saved" role="status">
            {saved ? t('accounts:section.saved') : ''}
          </span>
          <Button type="submit" variant="primary" busy={busy === 'saving'} isDisabled={config === null}>
            {t('common:save')}
          </Button>
        </div>
      </form>
      {report === null ? null : (
        <TestReport
          report={report}
          title={report.ok ? <p className="account-passed">{t('accounts:test.passed')}</p> : null}
          onPinned={() => void test()}
          onSecurity={changeSecurity}
        />
      )}
      {storedMail === null ? null : <RouteForm account={account} service="mail" />}
      {storedMail === null ? null : <InboxEncryptionForm accountId={account.id} />}
      {storedMail === null ? null : <PasswordForm {...{ account, service: 'mail', password, setPassword }} />}
      {dav === null ? (
        isLocal(account) ? null : (
          <Button icon={CalendarPlus} onPress={onAddDav}>
            {t('accounts:dav.addTo')}
          </Button>
        )
      ) : (
        <>
          <ServiceSwitch account={account} service="dav" />
          <DavEditor key={JSON.stringify(dav)} account={account} dav={dav} />
        </>
      )}
      {xmpp === null ? (
        isLocal(account) ? null : (
          <Button icon={MessageCirclePlus} onPress={onAddXmpp}>
            {t('accounts:xmpp.addTo')}
          </Button>
        )
      ) : (
        <>
          <ServiceSwitch account={account} service="xmpp" />
          <XmppEditor key={JSON.stringify(xmpp)} account={account} xmpp={xmpp} />
        </>
      )}
    </div>
  )
}
