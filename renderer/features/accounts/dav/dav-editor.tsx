import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { isMailboxOrg } from '../../../../shared/features/accounts/dav-places'
import type { AccountSummary, DavService } from '../../../../shared/features/accounts/model'
import type { Failure } from '../../../../shared/kit/result'
import { useHost } from '../../../host/host-context'
import { runCommand } from '../../../state/run-command'
import { RouteForm } from '../connection/route-form'
import { PasswordForm } from '../password-form'
import { ServiceActions } from '../service-actions'
import { CollectionChoice } from './collection-choice'
import { DavFailure } from './dav-failure'
import { DavFields } from './dav-fields'
import { type DavReport, davServiceIn } from './use-dav-setup'

/** Address, user, collections, way and password of an account's calendars and contacts, and a way to take them from it. */
export function DavEditor({ account, dav }: Readonly<{ account: AccountSummary; dav: DavService }>) {
  const { t } = useTranslation(['accounts', 'common'])
  const host = useHost()
  const [fields, setFields] = useState({ url: dav.url, userName: dav.userName, caPem: dav.caPem ?? '' })
  const [leftOut, setLeftOut] = useState<ReadonlySet<string>>(new Set(dav.leftOut))
  const [report, setReport] = useState<DavReport | null>(null)
  const [failure, setFailure] = useState<Failure | null>(null)
  const [busy, setBusy] = useState<'saving' | 'testing' | null>(null)
  const [saved, setSaved] = useState(false)
  const [password, setPassword] = useState('')
  const changed = davServiceIn(fields)

  const test = async () => {
    setBusy('testing')
    setFailure(null)
    const result = await host.call('accounts.testDav', { accountId: account.id })
    setBusy(null)
    if (result.ok) setReport(result.value)
    else setFailure(result.error)
  }
  const save = async () => {
    if (changed === null) return
    setBusy('saving')
    const { leftOut: _before, ...kept } = { ...dav, ...changed }
    const next = leftOut.size === 0 ? kept : { ...kept, leftOut: [...leftOut] }
    const config = { ...account.config, services: { ...account.config.services, dav: next } }
    const { signature } = account
    const done = await runCommand(host, 'accounts.update', { accountId: account.id, config, signature })
    setBusy(null)
    setSaved(done !== null)
  }
  return (
    <section className="account-dav" aria-label={t('accounts:section.service.dav')}>
      <form
        className="account-form"
        onSubmit={event => {
          event.preventDefault()
          void save()
        }}
      >
        <DavFields
          fields={fields}
          onChange={change => {
            setSaved(false)
            setFields({ ...fields, ...change })
          }}
        />
        <DavFailure failure={failure} isMailboxOrg={isMailboxOrg(dav.url)} onPinned={() => void test()} />
        {report === null ? null : (
          <CollectionChoice
            collections={report.collections}
            leftOut={leftOut}
            onChange={next => {
              setSaved(false)
              setLeftOut(next)
            }}
          />
        )}
        <ServiceActions
          {...{ account, busy }}
          service="dav"
          words={{ test: t('accounts:dav.choose'), remove: t('accounts:dav.remove') }}
          isSaved={saved}
          canSave={changed !== null}
          onTest={() => void test()}
        />
      </form>
      <RouteForm account={account} service="dav" />
      <PasswordForm {...{ account, service: 'dav', password, setPassword }} />
    </section>
  )
}
