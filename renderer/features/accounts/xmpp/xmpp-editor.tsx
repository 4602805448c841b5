import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { AccountSummary, XmppReport, XmppService } from '../../../../shared/features/accounts/model'
import type { Failure } from '../../../../shared/kit/result'
import { useHost } from '../../../host/host-context'
import { runCommand } from '../../../state/run-command'
import { RouteForm } from '../connection/route-form'
import { PasswordForm } from '../password-form'
import { ServiceActions } from '../service-actions'
import { XmppFailure } from './xmpp-failure'
import { XmppFields } from './xmpp-fields'
import { fieldsOf, xmppServiceIn } from './xmpp-service'

/** Address, server, way and password of an account's chat, and a way to take it from it. */
export function XmppEditor({ account, xmpp }: Readonly<{ account: AccountSummary; xmpp: XmppService }>) {
  const { t } = useTranslation(['accounts', 'common'])
  const host = useHost()
  const [fields, setFields] = useState(fieldsOf(xmpp, ''))
  const [report, setReport] = useState<XmppReport | null>(null)
  const [failure, setFailure] = useState<Failure | null>(null)
  const [busy, setBusy] = useState<'saving' | 'testing' | null>(null)
  const [saved, setSaved] = useState(false)
  const [password, setPassword] = useState('')
  const changed = xmppServiceIn(fields)

  const test = async () => {
    setBusy('testing')
    setFailure(null)
    setReport(null)
    const result = await host.call('accounts.testXmpp', { accountId: account.id })
    setBusy(null)
    if (result.ok) setReport(result.value)
    else setFailure(result.error)
  }
  const save = async () => {
    if (changed === null) return
    setBusy('saving')
    const config = { ...account.config, services: { ...account.config.services, xmpp: changed } }
    const { signature } = account
    const done = await runCommand(host, 'accounts.update', { accountId: account.id, config, signature })
    setBusy(null)
    setSaved(done !== null)
  }
  return (
    <section className="account-dav" aria-label={t('accounts:section.service.xmpp')}>
      <form
        className="account-form"
        onSubmit={event => {
          event.preventDefault()
          void save()
        }}
      >
        <XmppFields
          fields={fields}
          onChange={change => {
            setSaved(false)
            setFields(before => ({ ...before, ...change }))
          }}
        />
        <XmppFailure failure={failure} onPinned={() => void test()} />
        {report === null ? null : (
          <p className="account-passed" role="status">
            {t('accounts:xmpp.passed', {
              ...{ host: report.host, port: report.port, version: report.tls.version },
            })}
          </p>
        )}
        <ServiceActions
          {...{ account, busy }}
          service="xmpp"
          words={{ test: t('accounts:xmpp.test'), remove: t('accounts:xmpp.remove') }}
          isSaved={saved}
          canSave={changed !== null}
          onTest={() => void test()}
        />
      </form>
      <RouteForm account={account} service="xmpp" />
      <PasswordForm {...{ account, service: 'xmpp', password, setPassword }} />
    </section>
  )
}
