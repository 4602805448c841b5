import { useCallback } from 'react'
import { useTranslation } from 'react-i18next'
import type { MailboxSummary } from '../../../../shared/features/mail/model'

/** The name a person reads: special mailboxes in the language shown, others as the server has them. */
export function useMailboxName(): (mailbox: MailboxSummary) => string {
  const { t } = useTranslation('common')
  return useCallback(mailbox => (mailbox.role === 'none' ? mailbox.name : t(`role.${mailbox.role}`)), [t])
}
