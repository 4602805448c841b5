import { MailX } from 'lucide-react'
import { useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { MailboxSummary, MessageDetail } from '../../../../shared/features/mail/model'
import type { MessageId } from '../../../../shared/kit/ids'
import { useFailureWords } from '../../../i18n/use-failure-words'
import { useCommands } from '../../../state/keys/use-commands'
import { useLiveQuery } from '../../../state/live/use-live-query'
import { Button } from '../../../ui/actions/button'
import { EmptyState } from '../../../ui/feedback/empty-state'
import { useOverMessage } from '../../../ui/layout/feature'
import { AttachedDialog } from './attachments/attached-dialog'
import { Attachments } from './attachments/attachments'
import { DecryptProgress } from './body/decrypt-progress'
import { MessageBody } from './body/message-body'
import { OutsideBlock } from './body/outside-block'
import { Conversation } from './conversation'
import { DraftBanner } from './draft-banner'
import { MessageHead } from './message-head'
import { AttachedKeys } from './security/attached-keys'
import { SecurityLine } from './security/security-line'
import { Warnings } from './security/warnings'
import { useDetail } from './use-detail'
import { useMarkSeen } from './use-mark-seen'
import { useScrollKeys } from './use-scroll-keys'

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
  const overMessage = useOverMessage()
  const answer = useDetail(id)
  const settings = useLiveQuery('settings.get', {})
  const detail = useHeld(answer.data, answer.failure !== null)
  const [asText, setAsText] = useState<boolean | null>(null)
  const [attached, setAttached] = useState<readonly string[]>([])
  const scroller = useRef<HTMLDivElement>(null)
  const shownId = detail?.summary.id

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
        {overMessage.map(Part => (
          <Part key={Part.name} detail={detail} />
        ))}
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
