import { Lock } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { AccountSummary } from '../../../shared/features/accounts/model'
import type { Address } from '../../../shared/features/mail/model'
import type { AccountId, DraftId } from '../../../shared/kit/ids'
import { useAccountName } from '../../i18n/use-account-name'
import { Button } from '../../ui/actions/button'
import { Icon } from '../../ui/actions/icon'
import { Select } from '../../ui/fields/select'
import type { KeyStates } from './protection/use-plan'
import { ReadersLine } from './recipients/readers-line'
import { RecipientsField } from './recipients/recipients-field'
import type { Levels } from './recipients/use-levels'
import type { Writing } from './use-draft'

/** The head of a draft: who writes to whom, who can read it, and what it is about. */
export function ComposerFields({
  draftId,
  writing,
  senders,
  hidesSubject,
  startsInTo,
  startsWithCopies,
  levels,
  keys,
  notAsked,
  onAsk,
  onSender,
  onChange,
}: Readonly<{
  draftId: DraftId
  writing: Writing
  senders: readonly AccountSummary[]
  /** The subject goes inside the encryption. */
  hidesSubject: boolean
  startsInTo: boolean
  /** Cc and Bcc are in use already. */
  startsWithCopies: boolean
  levels: Levels
  keys: KeyStates
  /** Recipients about whom nobody was asked yet, although somebody could be. */
  notAsked: readonly Address[]
  onAsk: () => void
  onSender: (id: AccountId) => void
  onChange: (part: Partial<Writing>) => void
}>) {
  const { t } = useTranslation('compose')
  const nameOf = useAccountName()
  const [moreFields, setMoreFields] = useState(startsWithCopies)
  const marks = { levels, keys, notAsked }
  return (
    <div className="composer-fields">
      {senders.length > 1 ? (
        <div className="recipients composer-from">
          <span className="recipients-label" aria-hidden>
            {t('from')}
          </span>
          <Select<AccountId>
            label={t('from')}
            hideLabel
            isQuiet
            options={senders.map(account => ({ id: account.id, label: nameOf(account) }))}
            value={writing.accountId}
            onChange={onSender}
          />
        </div>
      ) : null}
      <RecipientsField
        {...marks}
        label={t('to')}
        value={writing.to}
        onChange={to => onChange({ to })}
        autoFocus={startsInTo}
        end={
          moreFields ? null : (
            <Button variant="plain" className="composer-more" onPress={() => setMoreFields(true)}>
              {t('ccBcc')}
            </Button>
          )
        }
      />
      {moreFields ? (
        <>
          <RecipientsField {...marks} label={t('cc')} value={writing.cc} onChange={cc => onChange({ cc })} />
          <RecipientsField
            {...marks}
            label={t('bcc')}
            value={writing.bcc}
            onChange={bcc => onChange({ bcc })}
          />
        </>
      ) : null}
      <ReadersLine draftId={draftId} />
      {notAsked.length === 0 ? null : (
        <Button variant="plain" className="composer-more" onPress={onAsk}>
          {t('level.askNow', { count: notAsked.length })}
        </Button>
      )}
      <label className="recipients">
        <span className="recipients-label">{t('subject')}</span>
        <input
          autoComplete="off"
          className="recipients-input"
          dir="auto"
          value={writing.subject}
          maxLength={2000}
          onChange={event => onChange({ subject: event.target.value })}
        />
        {hidesSubject ? (
          // In the row itself: what is written below does not jump when a key is found.
          <span className="compose-subject-hint" title={t('protection.subjectHiddenText')}>
            <Icon of={Lock} size={13} /> {t('protection.subjectHidden')}
          </span>
        ) : null}
      </label>
    </div>
  )
}
