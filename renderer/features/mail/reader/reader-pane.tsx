import './reader-pane.css'
import './reader-narrow.css'
import { MailOpen } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import type { MailboxSummary } from '../../../../shared/features/mail/model'
import { EmptyState } from '../../../ui/feedback/empty-state'
import { useMail } from '../state'
import { useSettled } from './body/html/use-settled'
import { LinkStatus } from './body/link-status'
import { MessageView } from './message-view'
import { ReaderToolbar } from './reader-toolbar'
import { SelectionSummary } from './selection-summary'
import { SourceDialog } from './source-dialog'

/** Walking through the list with a held key opens what it comes to rest on. */
const settleMs = 60

/** The message being read, or what stands in its place. */
export function ReaderPane({
  mailboxes,
  hasMessages,
}: Readonly<{ mailboxes: readonly MailboxSummary[]; hasMessages: boolean }>) {
  const { t } = useTranslation(['mail', 'app'])
  const selection = useMail(state => state.selection)
  const readingId = useMail(state => state.readingId)
  const sourceId = useMail(state => state.sourceId)
  // Where only the list is seen nothing is being read: nothing is fetched, decrypted or marked as read.
  const isSeen = useMail(state => state.paneCount > 1 || state.front === 'reader')
  const count = selection.selected.size
  const wanted = count > 1 || !isSeen ? null : (readingId ?? selection.focus)
  const id = useSettled(wanted, settleMs)
  const shown = wanted === null ? null : id

  return (
    <section
      aria-label={t('app:pane.reader')}
      className="reader-pane"
      data-pane
      tabIndex={-1}
      id="pane-reader"
    >
      <ReaderToolbar id={wanted} count={count} />
      {count > 1 ? (
        <SelectionSummary count={count} />
      ) : shown === null ? (
        <EmptyState icon={MailOpen} title={t('mail:reader.nothing')}>
          {hasMessages ? t('mail:reader.nothingText') : undefined}
        </EmptyState>
      ) : (
        <MessageView id={shown} mailboxes={mailboxes} />
      )}
      <LinkStatus />
      {sourceId === null ? null : (
        <SourceDialog id={sourceId} onClose={() => useMail.setState({ sourceId: null })} />
      )}
    </section>
  )
}
