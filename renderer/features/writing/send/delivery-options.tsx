import { ShieldCheck } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { secureAliasOf } from '../../../../shared/features/accounts/mailbox-org'
import type { AccountSummary } from '../../../../shared/features/accounts/model'
import type { DraftContent } from '../../../../shared/features/writing/model'
import type { AccountId } from '../../../../shared/kit/ids'
import { useLiveQuery } from '../../../state/live/use-live-query'
import { IconButton } from '../../../ui/actions/icon-button'
import { Switch } from '../../../ui/actions/switch'
import { PopoverPanel } from '../../../ui/overlays/popover-panel'

type Delivery = Pick<DraftContent, 'requireTls' | 'secureAlias'>

function Choices({
  accountId,
  alias,
  value,
  onChange,
}: Readonly<{
  accountId: AccountId
  alias: string | null
  value: Delivery
  onChange: (change: Delivery) => void
}>) {
  const { t } = useTranslation('compose')
  const offer = useLiveQuery('transport.sending', { accountId }).data?.requireTls ?? 'unknown'
  return (
    <div className="composer-delivery-choices">
      <Switch
        label={t('delivery.requireTls')}
        description={`${t('delivery.requireTlsText')} ${t(`delivery.offer.${offer}`)}`}
        isSelected={value.requireTls === true}
        onChange={requireTls => onChange({ requireTls })}
      />
      {alias === null ? null : (
        <Switch
          label={t('delivery.alias', { alias })}
          description={t('delivery.aliasText')}
          isSelected={value.secureAlias === true}
          onChange={secureAlias => onChange({ secureAlias })}
        />
      )}
    </div>
  )
}

/** What this message demands of its transport, behind a button of the footer. */
export function DeliveryOptions({
  account,
  value,
  onChange,
}: Readonly<{
  account: AccountSummary | undefined
  value: Delivery
  onChange: (change: Delivery) => void
}>) {
  const { t } = useTranslation('compose')
  const [isOpen, setOpen] = useState(false)
  if (account === undefined) return null
  const isOn = value.requireTls === true || value.secureAlias === true
  return (
    <PopoverPanel
      label={t('delivery.title')}
      isOpen={isOpen}
      onOpenChange={setOpen}
      placement="bottom start"
      trigger={<IconButton label={t('delivery.title')} icon={ShieldCheck} isOn={isOn} />}
    >
      <Choices accountId={account.id} alias={secureAliasOf(account)} value={value} onChange={onChange} />
    </PopoverPanel>
  )
}

/** What is demanded, in words above the send button: it can end in a message that is not sent. */
export function DeliveryLine({
  account,
  value,
}: Readonly<{ account: AccountSummary | undefined; value: Delivery }>) {
  const { t } = useTranslation('compose')
  const alias = account === undefined ? null : secureAliasOf(account)
  const words = [
    value.requireTls === true ? t('delivery.requireTlsOn') : null,
    value.secureAlias === true && alias !== null ? t('delivery.aliasOn', { alias }) : null,
  ].filter(each => each !== null)
  return words.length === 0 ? null : <p className="composer-delivery ui-description">{words.join(' ')}</p>
}
