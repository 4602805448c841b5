import { useTranslation } from 'react-i18next'
import type { Address } from '../../../../shared/features/mail/model'
import type { Draft } from '../../../../shared/features/writing/model'
import type { DraftProtection, ProtectionPlan } from '../../../../shared/features/writing/protection'
import { useHost } from '../../../host/host-context'
import { runCommand } from '../../../state/run-command'
import { showToast } from '../../../state/toasts'
import { openDraft, openOwnKeys, openSettings } from '../../../state/ui-store'
import type { Writing } from '../use-draft'
import { type Decision, DecisionDialog } from './decision-dialog'
import { PassphrasePageDialog } from './passphrase-page-dialog'
import { unreached } from './protection-words'
import { UnlockForSigning } from './unlock-for-signing'
import { agreedTo, withoutThem } from './unprotected-people'
import { useMakeKey } from './use-make-key'

/** What stands between the writer and sending, as far as encryption is concerned. */
export type ProtectionQuestion =
  | Readonly<{ kind: 'decide'; plan: ProtectionPlan }>
  | Readonly<{ kind: 'passphrase' }>

/** The dialogs about encryption in front of one draft. */
export function ProtectionDialogs({
  question,
  writing,
  instead,
  onAsk,
  onChange,
  onSend,
}: Readonly<{
  question: ProtectionQuestion | null
  writing: Writing
  /** Who is left of an answer without the people that nothing protected names. */
  instead: readonly Address[]
  onAsk: (question: ProtectionQuestion | null) => void
  onChange: (part: Partial<Writing>) => void
  onSend: (passphrase: string | null) => void
}>) {
  const { t } = useTranslation('compose')
  const host = useHost()
  const makeKey = useMakeKey(writing.accountId)
  const close = () => onAsk(null)
  if (question === null) return null
  if (question.kind === 'passphrase')
    return (
      <PassphrasePageDialog
        onClose={close}
        onSend={passphrase => {
          close()
          onSend(passphrase)
        }}
      />
    )
  const { plan } = question
  if (plan.reason === 'own-key-locked')
    return (
      <UnlockForSigning
        accountId={writing.accountId}
        onClose={close}
        onUnlocked={() => {
          close()
          onSend(null)
        }}
      />
    )

  const choose = (encrypt: DraftProtection['encrypt']) => {
    onChange({ protection: { ...writing.protection, encrypt } })
    onSend(null)
  }
  const remove = () => {
    const gone = new Set(unreached(plan))
    const kept = ({ list, typed }: Writing['to']) => ({
      list: list.filter(({ address }) => !gone.has(address.trim().toLowerCase())),
      typed,
    })
    onChange({ to: kept(writing.to), cc: kept(writing.cc), bcc: kept(writing.bcc) })
  }
  const askForKeys = async () => {
    const draft: Draft | null = await runCommand(host, 'drafts.create', {
      mode: 'new',
      messageId: null,
      accountId: writing.accountId,
    })
    if (draft === null) return
    const content = {
      ...draft.content,
      // Blind copies stay unknown to one another here too.
      bcc: unreached(plan).map(address => ({ name: '', address })),
      subject: t('protection.askKey.subject'),
      text: `${t('protection.askKey.text')}\n${draft.content.text}`,
    }
    const saved = await runCommand(host, 'drafts.save', {
      draftId: draft.id,
      content,
      revision: draft.revision,
    })
    if (saved !== null) openDraft(saved.id)
  }
  const lookUp = async () => {
    let found = 0
    for (const address of unreached(plan)) {
      const report = await runCommand(host, 'keys.find', {
        address,
        accountId: writing.accountId,
        by: 'user',
      })
      if (report === null) return
      if (report.found.length > 0) found += 1
    }
    const text = found === 0 ? t('protection.lookUp.nothing') : t('protection.lookUp.found', { count: found })
    showToast({ kind: 'notice', text, action: null })
  }
  const decide = (decision: Decision) => {
    close()
    if (decision === 'clear') choose('off')
    else if (decision === 'encrypt') choose('on')
    else if (decision === 'remove') remove()
    else if (decision === 'write-anyway') {
      onChange(agreedTo(writing, plan.undecided))
      onSend(null)
    } else if (decision === 'leave-out') onChange(withoutThem(writing, plan.undecided, [...instead]))
    else if (decision === 'passphrase') onAsk({ kind: 'passphrase' })
    else if (decision === 'look-up') void lookUp()
    else if (decision === 'keys') openSettings('accounts', writing.accountId)
    else if (decision === 'import-key') openOwnKeys('import')
    else if (decision === 'make-key') void makeKey()
    else void askForKeys()
  }
  return <DecisionDialog plan={plan} onDecide={decide} onClose={close} />
}
