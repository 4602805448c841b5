import { MailX } from 'lucide-react'
import { useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { MessageId } from '../../../../shared/model/ids'
import type { MailboxSummary, MessageDetail } from '../../../../shared/model/mail'
import { useFailureWords } from '../../../i18n/use-failure-words'
import { useCommands } from '../../../state/keys/use-commands'
import { useLive } from '../../../state/live-context'
import { useLiveQuery } from '../../../state/use-live-query'
import { Button } from '../../../ui/button'
import { EmptyState } from '../../../ui/empty-state'
import { AttachedDialog } from './attached-dialog'
import { AttachedKeys } from './attached-keys'
import { Attachments } from './attachments'
import { Conversation } from './conversation'
import { DecryptProgress } from './decrypt-progress'
import { DraftBanner } from './draft-banner'
import { MessageBody } from './message-body'
import { MessageHead } from './message-head'
import { OutsideBlock } from './outside-block'
import { SecurityLine } from './security-line'
import { useMarkSeen } from './use-mark-seen'
import { useScrollKeys } from './use-scroll-keys'
import { Warnings } from './warnings'

/** The last message stays on the page until the next has arrived: no flash of empty paper between two. */
function useHeld(detail: MessageDetail | undefined, failed: boolean): MessageDetail | undefined {
  const held = useRef(detail)
  if (detail !== undefined || failed) held.current = detail
  return held.current
}

/** One message: head, conversation, warnings, attachments, body. */
export function MessageView({
  id,
  mailboxes,
}: Readonly<{ id: MessageId; mailboxes: readonly MailboxSummary[] }>) {
  const { t } = useTranslation(['mail', 'common'])
  const words = useFailureWords()
  const { rows } = useLive()
  const answer = useLiveQuery('messages.get', { messageId: id })
  const settings = useLiveQuery('settings.get', {})
  const detail = useHeld(answer.data, answer.failure !== null)
  const [asText, setAsText] = useState<boolean | null>(null)
  const [attached, setAttached] = useState<readonly string[]>([])
  const scroller = useRef<HTMLDivElement>(null)
  const shownId = detail?.summary.id

  useEffect(() => {
    if (answer.data !== undefined) rows.put([answer.data.summary])
  }, [answer.data, rows])
  useEffect(() => {
    void shownId
    setAsText(null)
    setAttached([])
    scroller.current?.scrollTo(0, 0)
    // The pane was taken to the front before there was anything in it to stand on.
    if (document.activeElement?.id === 'pane-reader') scroller.current?.focus()
  }, [shownId])
  useMarkSeen(answer.data?.summary ?? null, settings.data?.markSeenAfterSeconds ?? -1)
  const scroll = useScrollKeys(scroller)
  useCommands(scroll)

  if (detail === undefined) {
    if (answer.failure === null)
      return (
        <div className="reader-scroll" aria-busy>
          <DecryptProgress id={id} />
        </div>
      )
    const problem = words(answer.failure)
    return (
      <EmptyState
        icon={MailX}
        title={problem.what}
        actions={<Button onPress={answer.refresh}>{t('common:retry')}</Button>}
      >
        {problem.why} {problem.fix}
      </EmptyState>
    )
  }
  const showsText = asText ?? settings.data?.preferPlainText ?? false
  const place = { messageId: detail.summary.id, attached: [] }
  const role = mailboxes.find(mailbox => mailbox.id === detail.summary.mailboxId)?.role ?? 'none'
  return (
    <section
      ref={scroller}
      className="reader-scroll scroll"
      data-pane-stop
      // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard.
      tabIndex={0}
      aria-label={detail.summary.subject || t('common:noSubject')}
    >
      {answer.loading ? <DecryptProgress id={id} /> : null}
      <article className="reader-message">
        <MessageHead detail={detail} />
        <SecurityLine
          security={detail.security}
          message={{ messageId: id, attached: [] }}
          onUnlocked={answer.refresh}
        />
        <Conversation current={detail.summary} mailboxes={mailboxes} />
        {role === 'drafts' ? <DraftBanner id={detail.summary.id} /> : null}
        <Warnings detail={detail} />
        <Attachments
          detail={detail}
          place={place}
          isPartial={detail.summary.bodyState !== 'whole'}
          showsText={showsText && detail.hasHtml}
          onOpen={partId => setAttached([partId])}
        />
        <AttachedKeys detail={detail} />
        <MessageBody detail={detail} asText={showsText} onToggle={() => setAsText(!showsText)} />
        <OutsideBlock detail={detail} place={place} />
      </article>
      {attached.length === 0 ? null : (
        <AttachedDialog
          carrier={detail.summary}
          path={attached}
          onPath={setAttached}
          prefersText={settings.data?.preferPlainText ?? false}
        />
      )}
    </section>
  )
}
