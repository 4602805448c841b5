import type { MailboxSummary } from '../../../../shared/features/mail/model'
import { useMail } from '../state'

/** Whether the list still has what is moved: what was found stays found, and the target may be shown here as well. */
export function staysListed(target: MailboxSummary | undefined): boolean {
  const { search, source } = useMail.getState()
  return search !== null || (source.kind === 'role' && target?.role === source.role)
}
