import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { AccountSummary, ServiceKind } from '../../../../shared/features/accounts/model'
import { mailServiceOf } from '../../../../shared/features/accounts/services'
import type { AccountRoute, NetStatus } from '../../../../shared/features/network/model'
import { useHost } from '../../../host/host-context'
import { useLiveQuery } from '../../../state/live/use-live-query'
import { runCommand } from '../../../state/run-command'
import { Button } from '../../../ui/actions/button'
import { RadioGroup } from '../../../ui/fields/radio-group'
import { TextField } from '../../../ui/fields/text-field'
import { ExitForm } from './exit-form'
import { fieldsOf, type RouteFields, routeOf } from './route-fields'

function Fields({
  state,
  forEverything,
  onSaved,
}: Readonly<{ state: NetStatus['accounts'][number]; forEverything: boolean; onSaved: () => void }>) {
  const { t } = useTranslation(['accounts', 'common'])
  const host = useHost()
  const [edited, setEdited] = useState<RouteFields | null>(null)
  const [said, setSaid] = useState<'saved' | 'renewed' | null>(null)
  const fields = edited ?? fieldsOf(state.route)
  const route = routeOf(fields)
  const change = (next: Partial<RouteFields>) => {
    setSaid(null)
    setEdited({ ...fields, ...next })
  }
  const save = async (chosen: AccountRoute) => {
    const done = await runCommand(host, 'accounts.setRoute', {
      accountId: state.accountId,
      service: state.service,
      route: chosen,
    })
    // Refused in main's own window: what stands here goes back to what is true.
    setEdited(null)
    setSaid(done?.changed === true ? 'saved' : null)
    onSaved()
  }
  const renew = async () => {
    const done = await runCommand(host, 'tor.newIdentity', { accountId: state.accountId })
    setSaid(done === null ? null : 'renewed')
  }
  return (
    <form
      className="account-route"
      onSubmit={event => {
        event.preventDefault()
        if (route !== null) void save(route)
      }}
    >
      <RadioGroup<AccountRoute['kind']>
        label={t('accounts:route.title')}
        options={(['direct', 'tor', 'socks5'] as const).map(id => ({
          id,
          label: t(`accounts:route.kind.${id}`),
          description: t(`accounts:route.text.${id}`),
        }))}
        value={fields.kind}
        onChange={kind => change({ kind })}
      />
      {state.route.kind === 'unreadable' ? (
        <p className="ui-error">{t('accounts:route.unreadable')}</p>
      ) : null}
      {forEverything ? <p className="ui-description">{t('accounts:route.everything')}</p> : null}
      {fields.kind === 'socks5' ? (
        <div className="account-proxy">
          <TextField
            label={t('accounts:route.proxy')}
            value={fields.host}
            onChange={text => change({ host: text })}
            maxLength={253}
            spellCheck="false"
          />
          <TextField
            label={t('accounts:fields.port')}
            value={fields.port}
            onChange={port => change({ port })}
            inputMode="numeric"
            maxLength={5}
          />
          <TextField
            label={t('accounts:route.user')}
            value={fields.user}
            onChange={user => change({ user })}
            maxLength={255}
            autoComplete="off"
            spellCheck="false"
          />
          <TextField
            label={t('accounts:fields.password')}
            type="password"
            value={fields.password}
            onChange={password => change({ password })}
            maxLength={255}
            autoComplete="off"
          />
        </div>
      ) : null}
      <div className="account-actions">
        {state.way === 'tor' ? (
          <Button onPress={() => void renew()}>{t('accounts:route.newIdentity')}</Button>
        ) : null}
        <span className="account-space" />
        <span className="account-saved" role="status">
          {said === null ? '' : t(`accounts:route.${said}`)}
        </span>
        <Button type="submit" isDisabled={edited === null || route === null}>
          {t('accounts:route.use')}
        </Button>
      </div>
    </form>
  )
}

/** The way of one service of an account out of this machine. Main asks in its own window before an account leaves Tor. */
export function RouteForm({ account, service }: Readonly<{ account: AccountSummary; service: ServiceKind }>) {
  const status = useLiveQuery('net.status', {})
  const state = status.data?.accounts.find(each => each.accountId === account.id && each.service === service)
  if (status.data === undefined || state === undefined) return null
  const mail = service === 'mail' ? mailServiceOf(account) : null
  const { forEverything, exits } = status.data.settings
  return (
    <>
      <Fields state={state} forEverything={forEverything} onSaved={status.refresh} />
      {state.way === 'tor' && mail !== null ? (
        <ExitForm mail={mail} exits={exits} onSaved={status.refresh} />
      ) : null}
    </>
  )
}
