import { AtSign, ChevronRight, Mailbox, Sparkles } from 'lucide-react'
import { useState } from 'react'
import { Button as AriaButton } from 'react-aria-components'
import { useTranslation } from 'react-i18next'
import { useHost } from '../../host/host-context'
import { runCommand } from '../../state/run-command'
import { Icon } from '../../ui/actions/icon'
import { Spinner } from '../../ui/feedback/spinner'

export type Way = 'account' | 'mailbox-org' | 'sample'

const icons = { account: AtSign, 'mailbox-org': Mailbox, sample: Sparkles } as const

/** Three ways in. The sample needs no account and no network. */
export function Ways({ onChoose }: Readonly<{ onChoose: (way: Exclude<Way, 'sample'>) => void }>) {
  const { t } = useTranslation('onboarding')
  const host = useHost()
  const [busy, setBusy] = useState(false)
  const choose = async (way: Way) => {
    if (way !== 'sample') {
      onChoose(way)
      return
    }
    setBusy(true)
    await runCommand(host, 'accounts.addSample', {})
    setBusy(false)
  }
  return (
    <ul className="onboarding-ways">
      {(['account', 'mailbox-org', 'sample'] as const).map(way => (
        <li key={way}>
          <AriaButton className="onboarding-way" isDisabled={busy} onPress={() => void choose(way)}>
            {busy && way === 'sample' ? <Spinner size={18} /> : <Icon of={icons[way]} size={18} />}
            <span className="onboarding-way-text">
              <strong>{t(`way.${way}`)}</strong>
              <span className="ui-description">{t(`way.${way}-text`)}</span>
            </span>
            <Icon of={ChevronRight} size={14} />
          </AriaButton>
        </li>
      ))}
    </ul>
  )
}
