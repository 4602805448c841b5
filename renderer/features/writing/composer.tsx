import { Eye, Minus, Paperclip, PilcrowLeft, Send, Trash2, Type, Video, X } from 'lucide-react'
import { type DragEvent, lazy, Suspense, useCallback, useEffect, useMemo, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { AccountSummary } from '../../../shared/features/accounts/model'
import { hasMailServer } from '../../../shared/features/accounts/services'
import type { Address } from '../../../shared/features/mail/model'
import type { Draft } from '../../../shared/features/writing/model'
import type { AccountId } from '../../../shared/kit/ids'
import { useHost } from '../../host/host-context'
import { useCommands } from '../../state/keys/use-commands'
import { runCommand } from '../../state/run-command'
import { closeDraft } from '../../state/ui-store'
import { Button } from '../../ui/actions/button'
import { IconButton } from '../../ui/actions/icon-button'
import { isValidAddress } from '../../ui/fields/parse-addresses'
import { useMeetings } from '../../ui/layout/feature'
import { classNames } from '../../ui/tokens/class-names'
import { AttachmentsRow } from './attachments/attachments-row'
import { useAttach } from './attachments/use-attach'
import { ComposerFields } from './composer-fields'
import { ComposerNotices } from './composer-notices'
import { type ComposerQuestion, ComposerQuestions } from './composer-questions'
import { DroppedLine } from './dropped-line'
import { withOwnLine } from './editor/own-line'
import { pasteTable } from './editor/paste-table'
import { hasFormatting, htmlFromText, type RichNode } from './editor/rich-content'
import type { RichEditorHandle } from './editor/rich-editor'
import { swapSignature } from './editor/swap-signature'
import { PreviewDialog } from './protection/preview-dialog'
import { ProtectionButton } from './protection/protection-button'
import { ProtectionDialogs, type ProtectionQuestion } from './protection/protection-dialogs'
import { usePlan } from './protection/use-plan'
import { domainOf } from './recipients/level-asker'
import { lookBeforeSending, withOnly } from './recipients/look-before-sending'
import { useAskedPeople } from './recipients/use-asked-people'
import { useKeyLookups } from './recipients/use-key-lookups'
import { useLevels } from './recipients/use-levels'
import { SaveWords } from './save-words'
import { DeliveryLine, DeliveryOptions } from './send/delivery-options'
import { decisionFor, sendDraft } from './send/send-draft'
import { isSendKey } from './send/send-key'
import { nextQuestion, type SendQuestion } from './send/send-questions'
import { contentOf, useDraft } from './use-draft'

const RichEditor = lazy(async () => ({ default: (await import('./editor/rich-editor')).RichEditor }))

/** One draft being written. `initial` is what it was when it was opened, `live` what the engine knows now. */
export function Composer({
  initial,
  live,
  accounts,
  isFront,
  startsFormatted,
  onMinimise,
}: Readonly<{
  initial: Draft
  live: Draft
  accounts: readonly AccountSummary[]
  isFront: boolean
  startsFormatted: boolean
  onMinimise: () => void
}>) {
  const { t } = useTranslation(['compose', 'common'])
  const host = useHost()
  const { writing, change, start, saver, saveState, theirs, forgetTheirs } = useDraft(initial)
  const recipients = [...writing.to.list, ...writing.cc.list, ...writing.bcc.list]
  const senders = accounts.filter(hasMailServer)
  const sender = senders.find(({ id }) => id === writing.accountId)
  const people = useAskedPeople(useRef(writing).current)
  const addressesOf = (list: readonly Address[]) => list.map(({ address }) => address)
  const {
    levels,
    isOn: looksUp,
    askNow,
  } = useLevels(
    addressesOf(recipients.filter(each => isValidAddress(each) && people.isAsked(each))),
    sender?.id ?? null,
  )
  const notAsked = looksUp ? people.notAsked(recipients) : []
  const attach = useAttach(initial.id, live.attachments)
  const [question, setQuestion] = useState<ComposerQuestion | null>(null)
  const [answered, setAnswered] = useState<ReadonlySet<SendQuestion['kind']>>(new Set())
  const [previewing, setPreviewing] = useState(false)
  const [protectionQuestion, setProtectionQuestion] = useState<ProtectionQuestion | null>(null)
  const { plan, keys } = usePlan(initial.id)
  const askedKey = addressesOf(recipients.filter(people.isAsked)).join(' ')
  const askedPlan = useMemo(
    () => plan && withOnly(plan, askedKey === '' ? [] : askedKey.split(' ')),
    [plan, askedKey],
  )
  useKeyLookups(sender === undefined ? undefined : askedPlan, writing.accountId)
  const [sending, setSending] = useState(false)
  const [dropping, setDropping] = useState(false)
  const document = useRef<RichNode | null>(null)
  const files = useRef(live.attachments)
  files.current = live.attachments
  const pictureUrl = useCallback(
    (contentId: string) => {
      const file = files.current.find(each => each.contentId === contentId)
      return file === undefined ? null : `attachment://draft/${initial.id}/${file.id}`
    },
    [initial.id],
  )
  const textArea = useRef<HTMLTextAreaElement>(null)
  const richEditor = useRef<RichEditorHandle>(null)
  const { MeetDialog } = useMeetings()
  const [meeting, setMeeting] = useState(false)
  const isNew = initial.content.to.length === 0

  useEffect(() => {
    // Above the quote, where an answer is written.
    if (isNew) return
    textArea.current?.focus()
    textArea.current?.setSelectionRange(0, 0)
  }, [isNew])
  const formats = useRef(startsFormatted && initial.content.html === null && !initial.touched)
  useEffect(() => {
    if (!formats.current) return
    formats.current = false
    // Nobody wrote that: it is saved with the first word.
    start({ html: htmlFromText(initial.content.text) })
  }, [start, initial])

  const close = async () => {
    // What could not be saved stays on the screen.
    if (!(await saver.flush())) return
    // What nobody touched leaves nothing behind.
    void host.call('drafts.leave', { draftId: initial.id })
    saver.close()
    closeDraft(initial.id)
  }
  const discard = async () => {
    saver.close()
    if ((await runCommand(host, 'drafts.discard', { draftId: initial.id })) !== null) closeDraft(initial.id)
  }
  // A draft of before holds somebody's work, even if nothing was added since it was opened.
  const isEmpty =
    !initial.touched &&
    initial.serverState === 'local-only' &&
    writing.subject === initial.content.subject &&
    writing.text === initial.content.text &&
    live.attachments.length === 0
  const send = async (
    alreadyAnswered: ReadonlySet<SendQuestion['kind']>,
    passphrase: string | null = null,
  ) => {
    if (sending || attach.adding > 0) return
    setAnswered(alreadyAnswered)
    const next = nextQuestion(writing, live.attachments.length, alreadyAnswered)
    if (next !== null) {
      setQuestion(next)
      return
    }
    setSending(true)
    const saved = await saver.flush()
    if (saved && looksUp) {
      // Also who is typed and not set yet.
      const { to, cc, bcc } = contentOf(writing)
      const unknown = people.notAsked([...to, ...cc, ...bcc])
      people.ask(unknown)
      const isWorse = await lookBeforeSending(
        host,
        initial.id,
        writing.accountId,
        addressesOf(unknown),
        askNow,
      )
      if (isWorse) {
        setSending(false)
        return
      }
    }
    const stop = saved ? await decisionFor(host, initial.id, passphrase !== null) : null
    if (stop !== null) setProtectionQuestion({ kind: 'decide', plan: stop })
    else if (
      saved &&
      (await sendDraft(host, initial.id, { sending: t('compose:sent'), undo: t('common:undo') }, passphrase))
    ) {
      saver.close()
      closeDraft(initial.id)
    }
    setSending(false)
  }
  const insertLink = (link: string): boolean => {
    if (writing.html !== null) richEditor.current?.insertLink(link)
    else change({ text: withOwnLine(writing.text, textArea.current?.selectionStart ?? 0, link) })
    return true
  }
  const preview = async () => {
    if (await saver.flush()) setPreviewing(true)
  }
  const sendAs = (accountId: AccountId) => {
    const signatureOf = (id: AccountId) => accounts.find(account => account.id === id)?.signature ?? ''
    const signed = swapSignature(writing, signatureOf(writing.accountId), signatureOf(accountId))
    change({ accountId, secureAlias: undefined, ...signed })
  }
  const toPlain = () => {
    document.current = null
    change({ html: null })
  }
  const switchFormat = () => {
    if (writing.html === null) change({ html: htmlFromText(writing.text) })
    else if (
      document.current === null
        ? /<(?!\/?(?:p|br|blockquote)\b)/.test(writing.html)
        : hasFormatting(document.current)
    )
      setQuestion({ kind: 'lose-format' })
    else toPlain()
  }
  const leave = () => {
    // A question that has not taken the keyboard yet is what the key is meant for.
    if (question !== null) setQuestion(null)
    else void close()
  }
  useCommands(isFront ? { send: () => void send(answered), back: leave } : {}, 'front')
  const onDrop = (event: DragEvent) => {
    setDropping(false)
    if (event.dataTransfer.files.length === 0) return
    event.preventDefault()
    void attach.addFiles([...event.dataTransfer.files])
  }
  const title = writing.subject.trim() || t('compose:newMessage')

  return (
    <section
      role="dialog"
      aria-label={title}
      data-keys="own"
      data-pane
      tabIndex={-1}
      hidden={!isFront}
      className={classNames('composer', dropping && 'composer-drop')}
      onBlur={() => void saver.flush()}
      onKeyDownCapture={event => {
        // Before the button under the focus takes the key for a press, or the editor for a new line.
        if (!isSendKey(event.nativeEvent) || !event.currentTarget.contains(event.target as Node)) return
        event.preventDefault()
        event.stopPropagation()
        if (!event.repeat) void send(answered)
      }}
      onKeyDown={event => {
        // A dialog in front of the draft has its own Escape; it reaches here only through React's tree.
        const isOwn = event.target instanceof Node && event.currentTarget.contains(event.target)
        if (event.key !== 'Escape' || event.defaultPrevented || !isOwn) return
        event.stopPropagation()
        leave()
      }}
      onPaste={event => {
        // A spreadsheet brings a picture of its cells along; their words are meant.
        const hasWords = event.clipboardData.getData('text/plain').trim() !== ''
        if (event.clipboardData.files.length === 0 || hasWords) return
        event.preventDefault()
        void attach.addFiles([...event.clipboardData.files])
      }}
      onDragOver={event => {
        if (!event.dataTransfer.types.includes('Files')) return
        event.preventDefault()
        setDropping(true)
      }}
      onDragLeave={() => setDropping(false)}
      onDrop={onDrop}
    >
      <header className="composer-head">
        <h2 className="composer-title clip" dir="auto">
          {title}
        </h2>
        <SaveWords state={saveState} serverState={live.serverState} />
        <IconButton label={t('compose:minimise')} icon={Minus} onPress={onMinimise} />
        <IconButton label={t('compose:close')} icon={X} command="back" onPress={() => void close()} />
      </header>
      <div className="composer-middle">
        <ComposerNotices
          draft={live}
          writing={writing}
          undecided={plan?.undecided ?? []}
          theirs={theirs}
          onForgetTheirs={forgetTheirs}
          onChange={change}
        />
        <ComposerFields
          draftId={initial.id}
          writing={writing}
          senders={senders}
          hidesSubject={plan?.hidesSubject === true}
          startsInTo={isNew}
          startsWithCopies={initial.content.cc.length > 0 || initial.content.bcc.length > 0}
          levels={levels}
          keys={keys}
          notAsked={notAsked}
          onAsk={() => people.ask(notAsked)}
          onSender={sendAs}
          onChange={part => {
            people.wrote(writing, part)
            change(part)
          }}
        />
        {writing.html === null ? (
          <textarea
            autoComplete="off"
            ref={textArea}
            dir="auto"
            className="compose-body compose-text scroll"
            aria-label={t('compose:body')}
            placeholder={t('compose:bodyHint')}
            value={writing.text}
            maxLength={5_000_000}
            onChange={event => change({ text: event.target.value })}
            onPaste={pasteTable}
          />
        ) : (
          <Suspense fallback={<div className="compose-body" />}>
            <RichEditor
              // The editor reads its first text only; another sender brings another signature.
              key={writing.accountId}
              ref={richEditor}
              html={writing.html}
              label={t('compose:body')}
              autoFocus={!isNew}
              pictureUrl={pictureUrl}
              onChange={next => {
                document.current = next.document
                change({ html: next.html, text: next.text })
              }}
            />
          </Suspense>
        )}
        <AttachmentsRow
          draftId={initial.id}
          attachments={live.attachments}
          adding={attach.adding}
          onRemove={attach.remove}
        />
        <DroppedLine
          levels={levels}
          domains={new Set(recipients.map(({ address }) => domainOf(address)))}
          accountId={writing.accountId}
        />
        <DeliveryLine account={sender} value={writing} />
      </div>
      <footer className="composer-foot">
        <Button
          variant="primary"
          icon={Send}
          busy={sending}
          isDisabled={attach.adding > 0}
          onPress={() => void send(answered)}
        >
          {t('compose:send')}
        </Button>
        <IconButton label={t('compose:attach')} icon={Paperclip} onPress={attach.choose} />
        <IconButton
          label={writing.html === null ? t('compose:format.on') : t('compose:format.off')}
          icon={writing.html === null ? Type : PilcrowLeft}
          onPress={switchFormat}
        />
        {MeetDialog === undefined ? null : (
          <IconButton label={t('compose:meet')} icon={Video} onPress={() => setMeeting(true)} />
        )}
        <DeliveryOptions account={sender} value={writing} onChange={change} />
        <IconButton label={t('compose:preview.title')} icon={Eye} onPress={() => void preview()} />
        <span className="composer-space" />
        {plan === undefined ? null : (
          <ProtectionButton
            plan={plan}
            protection={writing.protection}
            accountId={writing.accountId}
            onChange={protection => change({ protection })}
            onPassphrase={() => setProtectionQuestion({ kind: 'passphrase' })}
          />
        )}
        <IconButton
          label={t('compose:discard')}
          icon={Trash2}
          onPress={() => (isEmpty ? void discard() : setQuestion({ kind: 'discard' }))}
        />
      </footer>
      {dropping ? <div className="composer-drop-hint">{t('compose:attachments.drop')}</div> : null}
      <ProtectionDialogs
        question={protectionQuestion}
        writing={writing}
        instead={live.unprotected?.instead ?? []}
        onAsk={setProtectionQuestion}
        onChange={change}
        onSend={passphrase => void send(answered, passphrase)}
      />
      {MeetDialog !== undefined && meeting ? (
        <MeetDialog into="mail" onLink={insertLink} onClose={() => setMeeting(false)} />
      ) : null}
      {previewing ? <PreviewDialog id={initial.id} onClose={() => setPreviewing(false)} /> : null}
      <ComposerQuestions
        question={question}
        onDiscard={() => void discard()}
        onPlain={toPlain}
        onSend={kind => void send(new Set([...answered, kind]))}
        onClose={() => setQuestion(null)}
      />
    </section>
  )
}
