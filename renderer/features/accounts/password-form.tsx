import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { AccountSummary, ServiceKind } from '../../../shared/features/accounts/model'
import { useHost } from '../../host/host-context'
import { runCommand } from '../../state/run-command'
import { Button } from '../../ui/actions/button'
import { TextField } from '../../ui/fields/text-field'

type PasswordPart = Readonly<{ password: string; setPassword: (password: string) => void }>

/** Another password for one service of an account. */
export function PasswordForm({
  account,
  service,
  password,
  setPassword,
}: PasswordPart & Readonly<{ account: AccountSummary; service: ServiceKind }>) {
  const { t } = useTranslation(['accounts', 'common'])
  const host = useHost()
  const [saved, setSaved] = useState(false)
  const save = async () => {
    const done = await runCommand(host, 'accounts.setPassword', {
      accountId: account.id,
      service,
      password,
    })
    setPassword('')
    setSaved(done !== null)
  }
  return (
    <form
      className="account-password"
      onSubmit={event => {
        event.preventDefault()
        if (password !== '') void save()
      }}
    >
      <TextField
        label={t('accounts:section.newPassword')}
        type="password"
        autoComplete="off"
        maxLength={4096}
        value={password}
        onChange={text => {
          setSaved(false)
          setPassword(text)
        }}
      />
      <Button type="submit" isDisabled={password === ''}>
        {t('accounts:section.password')}
      </Button>
      <span className="account-saved" role="status">
        {saved ? t('accounts:section.passwordSaved') : ''}
      </span>
    </form>
  )
}
