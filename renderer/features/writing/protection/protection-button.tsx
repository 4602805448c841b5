import { Lock, LockOpen, ShieldAlert } from 'lucide-react'
import { Button as AriaButton } from 'react-aria-components'
import { useTranslation } from 'react-i18next'
import type { DraftProtection, ProtectionPlan } from '../../../../shared/features/writing/protection'
import type { AccountId } from '../../../../shared/kit/ids'
import { openOwnKeys } from '../../../state/ui-store'
import { Icon } from '../../../ui/actions/icon'
import { Menu, type MenuEntry } from '../../../ui/actions/menu'
import { planWords } from './protection-words'
import { useMakeKey } from './use-make-key'

const shapes = { yes: Lock, no: LockOpen, stop: ShieldAlert } as const

/** How this message goes out, in words, and the choice of another way. */
export function ProtectionButton({
  plan,
  protection,
  onChange,
  accountId,
  onPassphrase,
}: Readonly<{
  plan: ProtectionPlan
  protection: DraftProtection
  accountId: AccountId
  onChange: (protection: DraftProtection) => void
  onPassphrase: () => void
}>) {
  const { t } = useTranslation('compose')
  const makeKey = useMakeKey(accountId)
  const choice = (encrypt: DraftProtection['encrypt']): MenuEntry => ({
    id: encrypt,
    label: t(`protection.choice.${encrypt}`),
    isChecked: protection.encrypt === encrypt,
    run: () => onChange({ ...protection, encrypt }),
  })
  const hasKey = plan.reason !== 'no-own-key'
  const entries: readonly MenuEntry[] = [
    ...(hasKey
      ? ([
          choice('auto'),
          choice('on'),
          choice('off'),
          'line',
          {
            id: 'sign',
            label: t('protection.choice.sign'),
            isChecked: plan.signs,
            run: () => onChange({ ...protection, sign: plan.signs ? 'off' : 'on' }),
          },
          'line',
        ] as const)
      : ([
          { id: 'make-key', label: t('protection.choice.makeKey'), run: () => void makeKey() },
          { id: 'import-key', label: t('protection.choice.importKey'), run: () => openOwnKeys('import') },
          'line',
        ] as const)),
    { id: 'passphrase', label: t('protection.choice.passphrase'), run: onPassphrase },
  ]
  return (
    <Menu label={t('protection.title')} entries={entries}>
      <AriaButton className="protection-button" data-encrypts={plan.encrypts}>
        <Icon of={shapes[plan.encrypts]} size={15} />
        <span>{planWords(t, plan)}</span>
      </AriaButton>
    </Menu>
  )
}
