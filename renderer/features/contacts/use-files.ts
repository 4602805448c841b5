import { useTranslation } from 'react-i18next'
import type { BookId } from '../../../shared/features/contacts/model'
import { useHost } from '../../host/host-context'
import { runCommand } from '../../state/run-command'
import { endProgress, showToast } from '../../state/toasts'

/** Contacts out of a file and into one; main asks where it lies. An import can be taken back. */
export function useFiles(): Readonly<{
  importInto: (bookId: BookId) => Promise<void>
  exportFrom: (bookId: BookId) => Promise<void>
}> {
  const { t } = useTranslation('contacts')
  const host = useHost()
  const say = (text: string) => showToast({ kind: 'notice', text, action: null })
  return {
    importInto: async bookId => {
      const done = await runCommand(host, 'files.importContacts', { bookId })
      endProgress('import')
      if (done === null) return
      const { added, merged, problemCount, undoId } = done
      if (undoId !== null) showToast({ kind: 'undo', what: 'contact-import', count: added + merged, undoId })
      else if (problemCount === 0) say(t('nothingNew'))
      if (problemCount > 0) say(t('notRead', { count: problemCount }))
    },
    exportFrom: async bookId => {
      const done = await runCommand(host, 'files.exportContacts', { bookId })
      endProgress('export')
      if (done !== null && done.exported > 0) say(t('exported', { count: done.exported }))
    },
  }
}
