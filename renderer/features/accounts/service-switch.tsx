import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { AccountSummary, ServiceKind } from '../../../shared/features/accounts/model'
import { isSwitchedOff } from '../../../shared/features/accounts/services'
import { useHost } from '../../host/host-context'
import { runCommand } from '../../state/run-command'
import { Switch } from '../../ui/actions/switch'

/** Switches one service of an account off, with everything of it kept, or on again; at once. */
export function ServiceSwitch({
  account,
  service,
}: Readonly<{ account: AccountSummary; service: ServiceKind }>) {
  const { t } = useTranslation('accounts')
  const host = useHost()
  const [busy, setBusy] = useState(false)
  const change = async (isOn: boolean) => {
    setBusy(true)
    await runCommand(host, 'accounts.switchService', { accountId: account.id, service, isOff: !isOn })
    setBusy(false)
  }
  return (
    <Switch
      label={t(`section.service.${service}`)}
      description={t(`section.service.${service}Text`)}
      isSelected={!isSwitchedOff(account, service)}
      isDisabled={busy}
      onChange={isOn => void change(isOn)}
    />
  )
}
