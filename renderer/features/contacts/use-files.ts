import { useTranslation } from 'react-i18next'
import type { BookId } from '../../../shared/features/contacts/model'
import { useHost } from '../../host/host-context'
import { runCommand } from '../../state/run-command'
import { endProgress, showToast } from '../../state/toasts'

/** Contacts into a file; main asks where it is to lie. */
export function useExport(): (bookId: BookId) => Promise<void> {
  const { t } = useTranslation('contacts')
  const host = useHost()
  return async bookId => {
    const done = await runCommand(host, 'files.exportContacts', { bookId })
    endProgress('export')
    if (done !== null && done.exported > 0)
      showToast({ kind: 'notice', text: t('exported', { count: done.exported }), action: null })
  }
}
