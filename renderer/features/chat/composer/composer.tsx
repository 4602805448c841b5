import './composer.css'
import { EyeOff, Paperclip, Pencil, Reply, SendHorizontal, Smile, X } from 'lucide-react'
import {
  type ClipboardEvent,
  type DragEvent,
  type KeyboardEvent,
  type Ref,
  useEffect,
  useImperativeHandle,
  useRef,
  useState,
} from 'react'
import { useTranslation } from 'react-i18next'
import { hasMailServer, isLocal } from '../../../../shared/features/accounts/services'
import {
  type ChatAccount,
  type ChatMessageId,
  type Conversation,
  chatTextCharacters,
} from '../../../../shared/features/chat/model'
import { useHost } from '../../../host/host-context'
import { useFormat } from '../../../i18n/use-format'
import { composeToPeople } from '../../../state/drafts/compose-to-people'
import { useLiveQuery } from '../../../state/live/use-live-query'
import { runCommand } from '../../../state/run-command'
import { Icon } from '../../../ui/actions/icon'
import { IconButton } from '../../../ui/actions/icon-button'
import { ConfirmDialog } from '../../../ui/overlays/confirm-dialog'
import { classNames } from '../../../ui/tokens/class-names'
import { tameName, tameText } from '../text/tame'
import { useChatWords } from '../use-chat-words'
import { DraftKeeper } from './draft-keeper'
import { EmojiPicker } from './emoji-picker'
import { HoldNotice } from './hold-notice'
import { ModeButton } from './mode-button'
import { PendingFiles } from './pending-files'
import { usePendingFiles } from './use-pending-files'
import { useTyping } from './use-typing'

/** What others ask of the place where one writes. */
export type ComposerHandle = Readonly<{
  focus: () => void
  /** Begins an answer to a message, or another text for it. */
  answer: (kind: 'reply' | 'correct', id: ChatMessageId, text: string) => void
  /** A text that was taken back before it left. */
  giveBack: (text: string) => void
}>

type Answering = Readonly<{ replyTo: ChatMessageId | null; corrects: ChatMessageId | null }>
const nothing: Answering = { replyTo: null, corrects: null }

/** Where one writes: the rule for its protection in words, what has to be decided, files, and the text. */
export function Composer({
  conversation,
  account,
  label,
  ref,
}: Readonly<{
  conversation: Conversation
  account: ChatAccount | undefined
  label: string
  ref: Ref<ComposerHandle>
}>) {
  const { t } = useTranslation('chat')
  const host = useHost()
  const format = useFormat()
  const words = useChatWords()
  const { id, hold, isBlocked, room } = conversation
  const field = useRef<HTMLTextAreaElement>(null)
  const [text, setText] = useState(conversation.draft)
  const [answering, setAnswering] = useState<Answering>({
    replyTo: conversation.draftReplyTo,
    corrects: conversation.draftCorrects,
  })
  const [isPicking, setPicking] = useState(false)
  const [isSpoiler, setSpoiler] = useState(false)
  const [isDropping, setDropping] = useState(false)
  const [isAskingOnce, setAskingOnce] = useState(false)
  const [busy, setBusy] = useState(false)
  const keeper = useRef<DraftKeeper | null>(null)
  keeper.current ??= new DraftKeeper(host, id, { text, ...answering })
  const files = usePendingFiles(account)
  const typing = useTyping(host, id)
  const entersSend = useLiveQuery('settings.get', {}).data?.chatEnterSends ?? true

  const write = (next: string, about: Answering = answering) => {
    setText(next)
    if (about !== answering) setAnswering(about)
    keeper.current?.set({ text: next, ...about })
  }
  useEffect(() => {
    const kept = keeper.current
    return () => kept?.flush()
  }, [])
  useImperativeHandle(ref, () => ({
    focus: () => field.current?.focus(),
    answer: (kind, message, old) => {
      const about =
        kind === 'reply' ? { replyTo: message, corrects: null } : { replyTo: null, corrects: message }
      write(kind === 'correct' ? old : text, about)
      field.current?.focus()
    },
    giveBack: back => {
      if (back === '') return
      // Taking back has made it the draft in the store as well.
      keeper.current?.forgetKept()
      write(text.trim() === '' ? back : `${back}\n${text}`)
      field.current?.focus()
    },
  }))
  useEffect(() => {
    const box = field.current
    if (box === null) return
    void text
    box.style.height = 'auto'
    box.style.height = `${box.scrollHeight + 2}px`
  }, [text])

  const isTooLong = text.length > chatTextCharacters
  const hasText = text.trim() !== ''
  const isOut = conversation.kind === 'room' && room?.state !== 'joined'
  const canSend = (hasText || files.list.length > 0) && !isTooLong && !busy && !isBlocked

  const send = async (inClear: boolean) => {
    if (!canSend) return
    setBusy(true)
    typing.stop()
    let isDone = true
    for (const file of files.list) {
      const bytes = await file.file.arrayBuffer().catch(() => null)
      if (bytes === null) continue
      const sent = await runCommand(host, 'chat.sendFile', {
        conversationId: id,
        fileName: (file.file.name || 'file').slice(0, 500),
        contentType: file.file.type.slice(0, 200),
        bytes: new Uint8Array(bytes),
        inClear,
      })
      if (sent === null) isDone = false
      else files.remove(file.key)
    }
    if (hasText && isDone) {
      const { corrects, replyTo } = answering
      const done =
        corrects === null
          ? await runCommand(host, 'chat.send', {
              ...{ conversationId: id, text, replyTo, inClear },
              ...(isSpoiler ? { spoiler: '' } : {}),
            })
          : await runCommand(host, 'chat.correct', { id: corrects, text, inClear })
      // What could not be kept stays where it is.
      if (done !== null) {
        write('', nothing)
        setSpoiler(false)
        keeper.current?.flush()
      }
    }
    setBusy(false)
    field.current?.focus()
  }
  const editLast = async () => {
    const page = await host.call('chat.messages', { conversationId: id, anchor: { at: 'end' }, limit: 60 })
    if (!page.ok) return
    const last = page.value.rows.findLast(
      row =>
        row.kind === 'message' &&
        row.author.isOwn &&
        row.retracted === null &&
        row.undecryptable === null &&
        row.attachments.length === 0,
    )
    if (last?.kind === 'message' && last.state !== 'failed')
      write(last.text, { replyTo: null, corrects: last.id })
  }
  const onKeyDown = (event: KeyboardEvent<HTMLTextAreaElement>) => {
    if (event.nativeEvent.isComposing) return
    const withMod = event.ctrlKey || event.metaKey
    if (event.key === 'Enter' && !event.shiftKey && !event.altKey && (withMod || entersSend)) void send(false)
    else if (event.key === 'ArrowUp' && text === '' && !event.shiftKey && !withMod && !event.altKey)
      void editLast()
    else if (event.key === 'Escape' && (answering.replyTo !== null || answering.corrects !== null))
      write(answering.corrects === null ? text : '', nothing)
    else return
    event.preventDefault()
    event.stopPropagation()
  }
  const onPaste = (event: ClipboardEvent) => {
    const pasted = [...event.clipboardData.files]
    if (pasted.length === 0) return
    event.preventDefault()
    files.add(pasted)
  }
  const onDrop = (event: DragEvent) => {
    setDropping(false)
    if (event.dataTransfer.files.length === 0) return
    event.preventDefault()
    files.add([...event.dataTransfer.files])
    field.current?.focus()
  }
  const insert = (letters: string) => {
    const box = field.current
    const [from, to] = box === null ? [text.length, text.length] : [box.selectionStart, box.selectionEnd]
    write(`${text.slice(0, from)}${letters}${text.slice(to)}`)
    setPicking(false)
    requestAnimationFrame(() => {
      box?.focus()
      box?.setSelectionRange(from + letters.length, from + letters.length)
    })
  }
  const name = words.nameOf(conversation)
  if (isBlocked)
    return (
      <p className="chat-held">
        {t('composer.blocked', { name })}{' '}
        <button
          type="button"
          className="chat-inline"
          onClick={() =>
            void runCommand(host, 'chat.block', {
              accountId: conversation.accountId,
              address: conversation.address,
              isBlocked: false,
              report: null,
            })
          }
        >
          {t('composer.unblock')}
        </button>
      </p>
    )
  if (isOut) return <OutOfRoom conversation={conversation} />
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: files are dropped on it; a button does the same.
    <div
      className={classNames('chat-composer', isDropping && 'chat-dropping')}
      onDragOver={event => {
        if (!event.dataTransfer.types.includes('Files')) return
        event.preventDefault()
        setDropping(true)
      }}
      onDragLeave={() => setDropping(false)}
      onDrop={onDrop}
    >
      <HoldNotice
        conversation={conversation}
        canSendOnce={hold !== null && hasText}
        onSendOnce={() => setAskingOnce(true)}
      />
      <Typing conversation={conversation} />
      <Answered
        answering={answering}
        onStop={() => write(answering.corrects === null ? text : '', nothing)}
      />
      <PendingFiles files={files.list} refused={files.refused} onRemove={files.remove} />
      <div className="chat-field-line">
        <IconButton
          label={t('composer.attach')}
          icon={Paperclip}
          isDisabled={account?.canSendFiles !== true}
          onPress={files.choose}
        />
        <textarea
          ref={field}
          className="chat-field"
          aria-label={label}
          placeholder={t('composer.hint')}
          dir="auto"
          rows={1}
          data-pane-stop
          value={text}
          onChange={event => {
            write(event.target.value)
            typing.typed(event.target.value)
          }}
          onKeyDown={onKeyDown}
          onPaste={onPaste}
        />
        <IconButton
          label={t('composer.spoiler')}
          icon={EyeOff}
          aria-pressed={isSpoiler}
          isOn={isSpoiler}
          isDisabled={answering.corrects !== null}
          onPress={() => setSpoiler(on => !on)}
        />
        <EmojiPicker
          label={t('composer.emoji')}
          icon={Smile}
          isOpen={isPicking}
          onOpenChange={setPicking}
          onPick={insert}
        />
        <IconButton
          label={t(answering.corrects === null ? 'composer.send' : 'composer.save')}
          icon={SendHorizontal}
          className="chat-send"
          isDisabled={!canSend}
          onPress={() => void send(false)}
        />
      </div>
      <div className="chat-composer-foot">
        <ModeButton conversation={conversation} />
        <ByMail
          conversation={conversation}
          text={answering.corrects === null ? text : ''}
          onMoved={() => write('', nothing)}
        />
        {isTooLong ? (
          <span role="alert" className="ui-error">
            {t('composer.tooLong', {
              count: chatTextCharacters,
              now: format.wholeNumber(text.length),
            })}
          </span>
        ) : null}
      </div>
      <ConfirmDialog
        title={t('mode.onceTitle')}
        confirm={t('mode.onceConfirm')}
        isOpen={isAskingOnce}
        onConfirm={() => void send(true)}
        onClose={() => setAskingOnce(false)}
      >
        <p>{t('mode.onceText')}</p>
      </ConfirmDialog>
    </div>
  )
}

const reasons: readonly string[] = ['banned', 'members-only', 'password', 'nick-taken', 'gone', 'kicked']
type Reason = 'banned' | 'members-only' | 'password' | 'nick-taken' | 'gone' | 'kicked'

/** A room that one is not in: why, and the way back. */
function OutOfRoom({ conversation }: Readonly<{ conversation: Conversation }>) {
  const { t } = useTranslation('chat')
  const host = useHost()
  const { room, accountId, address } = conversation
  if (room?.state === 'joining') return <p className="chat-held">{t('rooms.state.joining')}</p>
  const reason = room?.reason ?? ''
  return (
    <p className="chat-held">
      {t(room?.state === 'left' ? 'rooms.state.left' : 'composer.notInRoom')}{' '}
      {reasons.includes(reason) ? t(`rooms.because.${reason as Reason}`) : null}{' '}
      <button
        type="button"
        className="chat-inline"
        onClick={() => void runCommand(host, 'chat.join', { accountId, address, nick: null, password: null })}
      >
        {t('rooms.again')}
      </button>
    </p>
  )
}

/** The other one is not there just now: what is written waits for them, or goes by mail. */
function ByMail({
  conversation: { kind, presence, name, address },
  text,
  onMoved,
}: Readonly<{ conversation: Conversation; text: string; onMoved: () => void }>) {
  const { t } = useTranslation('chat')
  const host = useHost()
  const canMail = useLiveQuery('accounts.list', {}).data?.some(each => hasMailServer(each) || isLocal(each))
  // An address in a room is nobody's mailbox.
  if (
    canMail !== true ||
    kind === 'room' ||
    address.includes('/') ||
    (presence !== 'offline' && presence !== 'away')
  )
    return null
  const goOn = async () => {
    if ((await composeToPeople(host, [{ name: name === address ? '' : name, address }], text)) && text !== '')
      onMoved()
  }
  return (
    <span className="chat-by-mail">
      {t(`away.${presence}`)}{' '}
      <button type="button" className="chat-inline" onClick={() => void goOn()}>
        {t('away.byMail')}
      </button>
    </span>
  )
}

function Typing({ conversation: { typing } }: Readonly<{ conversation: Conversation }>) {
  const { t } = useTranslation('chat')
  const words = useChatWords()
  return (
    <p className="chat-typing clip" aria-live="off">
      {typing.length === 0
        ? ''
        : t('typing', { count: typing.length, names: words.names(typing.slice(0, 5)) })}
    </p>
  )
}

/** The message that is answered or changed, above the text. */
function Answered({ answering, onStop }: Readonly<{ answering: Answering; onStop: () => void }>) {
  const { t } = useTranslation('chat')
  const id = answering.corrects ?? answering.replyTo
  const { data } = useLiveQuery('chat.message', id === null ? null : { id })
  if (id === null) return null
  const author = data?.message.author
  const name = author === undefined ? '' : author.isOwn ? t('you') : tameName(author.name)
  return (
    <div className="chat-answered">
      <Icon of={answering.corrects === null ? Reply : Pencil} size={14} />
      <span className="chat-answered-words">
        <strong>
          {answering.corrects === null ? t('composer.replying', { name }) : t('composer.editing')}
        </strong>
        <span className="clip" dir="auto">
          {tameText(data?.message.text ?? '').slice(0, 200)}
        </span>
      </span>
      <IconButton label={t('composer.stop')} icon={X} onPress={onStop} />
    </div>
  )
}
