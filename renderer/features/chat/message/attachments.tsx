import { Download, FileText, Image as ImageIcon, LockKeyhole, Mic, Video } from 'lucide-react'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { ChatAttachment, ChatMessage } from '../../../../shared/features/chat/model'
import { useHost } from '../../../host/host-context'
import { useFormat } from '../../../i18n/use-format'
import { runCommand } from '../../../state/run-command'
import { showToast } from '../../../state/toasts'
import { Button } from '../../../ui/actions/button'
import { Icon } from '../../../ui/actions/icon'
import { IconButton } from '../../../ui/actions/icon-button'
import { Progress } from '../../../ui/feedback/progress'
import { FileName } from '../../../ui/layout/file-name'
import { tameName } from '../text/tame'

/** Pictures and recordings that the page itself may show, once they were fetched, checked and decrypted. */
const shown: ReadonlyMap<string, 'picture' | 'sound'> = new Map([
  ...['image/png', 'image/jpeg', 'image/gif', 'image/webp'].map(each => [each, 'picture'] as const),
  ...['audio/mpeg', 'audio/mp4', 'audio/ogg', 'audio/wav'].map(each => [each, 'sound'] as const),
])
/** A larger one is not shown in the conversation. */
const largestShownBytes = 20_000_000
/** What is here already is shown by itself up to this. */
const largestUnaskedBytes = 5_000_000

const iconFor = (type: string) =>
  type.startsWith('image/')
    ? ImageIcon
    : type.startsWith('audio/')
      ? Mic
      : type.startsWith('video/')
        ? Video
        : FileText

const asDataUrl = (type: string, bytes: Uint8Array<ArrayBuffer>): Promise<string | null> =>
  new Promise(resolve => {
    const reader = new FileReader()
    reader.onload = () => resolve(typeof reader.result === 'string' ? reader.result : null)
    reader.onerror = () => resolve(null)
    reader.readAsDataURL(new Blob([bytes], { type }))
  })

/** What was fetched as an address that the page can show; null for what it cannot. */
const show = (got: Readonly<{ contentType: string; bytes: Uint8Array }>): Promise<string | null> =>
  shown.has(got.contentType) && got.bytes.length <= largestShownBytes
    ? asDataUrl(got.contentType, new Uint8Array(got.bytes))
    : Promise.resolve(null)

/** Files of a message. Nothing is fetched before somebody asks for it. */
export function Attachments({
  message,
  attachments,
}: Readonly<{ message: ChatMessage; attachments: readonly ChatAttachment[] }>) {
  if (attachments.length === 0) return null
  return (
    <ul className="chat-files">
      {attachments.map(file => (
        <File key={file.index} message={message} file={file} />
      ))}
    </ul>
  )
}

function File({ message, file }: Readonly<{ message: ChatMessage; file: ChatAttachment }>) {
  const { t } = useTranslation('chat')
  const host = useHost()
  const format = useFormat()
  const [content, setContent] = useState<string | null>(null)
  const [isBroken, setBroken] = useState(false)
  const { index, fileName, contentType, sizeBytes, state, doneBytes, isEncrypted } = file
  const { id } = message
  const name = tameName(fileName)
  const kind = (sizeBytes ?? 0) > largestShownBytes ? undefined : shown.get(contentType)

  const isMoving = state === 'fetching' || (state === 'uploading' && message.state === 'queued')
  const isShownUnasked = state === 'here' && kind !== undefined && (sizeBytes ?? 0) <= largestUnaskedBytes

  const fetchFile = async () => {
    const got = await runCommand(host, 'chat.fetchFile', { id, index })
    if (got !== null) setContent(await show(got))
  }
  useEffect(() => {
    if (!isShownUnasked) return
    let isOver = false
    void host.call('chat.fetchFile', { id, index }).then(async got => {
      const next = got.ok ? await show(got.value) : null
      if (!isOver && next !== null) setContent(next)
    })
    return () => {
      isOver = true
    }
  }, [isShownUnasked, host, id, index])
  const save = async () => {
    const done = await runCommand(host, 'files.saveChatFile', { id, index })
    const [path] = done?.saved ?? []
    // None: the dialog was closed, which needs no word.
    if (path !== undefined)
      showToast({
        kind: 'notice',
        text: t('files.saved', { name: path.replace(/^.*[/\\]/s, '') }),
        action: null,
      })
  }
  const moved = isMoving && doneBytes !== null && sizeBytes !== null && sizeBytes > 0
  return (
    <li className="chat-file">
      {content === null || isBroken ? null : kind === 'sound' ? (
        // biome-ignore lint/a11y/useMediaCaption: nobody wrote captions for what somebody recorded.
        <audio
          className="chat-sound"
          controls
          controlsList="nodownload noplaybackrate"
          aria-label={t('files.sound', { name })}
          src={content}
          onError={() => setBroken(true)}
        />
      ) : (
        <img
          className="chat-picture"
          alt={t('files.picture', { name })}
          src={content}
          onError={() => setBroken(true)}
        />
      )}
      <span className="chat-file-line">
        <Icon of={iconFor(contentType)} size={18} />
        <span className="chat-file-words">
          <FileName name={name} />
          <span className="chat-file-facts">
            {sizeBytes === null ? null : (
              <span className="numerals">
                {moved
                  ? t('files.ofHow', {
                      done: format.byteSize(Math.min(doneBytes, sizeBytes)),
                      size: format.byteSize(sizeBytes),
                    })
                  : format.byteSize(sizeBytes)}
              </span>
            )}
            {message.author.isOwn && !isMoving ? null : <span>{t(`files.${state}`)}</span>}
            {isBroken ? <span>{t('files.unplayable')}</span> : null}
            {isEncrypted ? (
              <span>
                <Icon of={LockKeyhole} size={11} /> {t('files.locked')}
              </span>
            ) : null}
          </span>
        </span>
        {isMoving ? (
          <Button variant="plain" onPress={() => void runCommand(host, 'chat.stopFile', { id, index })}>
            {t('files.stop')}
          </Button>
        ) : content !== null && !isBroken ? (
          <Button variant="plain" onPress={() => setContent(null)}>
            {t('files.hide')}
          </Button>
        ) : state === 'there' || (state === 'here' && kind !== undefined && !isBroken) ? (
          <Button variant="plain" onPress={() => void fetchFile()}>
            {t(kind === 'picture' ? 'files.show' : kind === 'sound' ? 'files.play' : 'files.fetch')}
          </Button>
        ) : null}
        {isMoving || state === 'refused' || state === 'gone' ? null : (
          <IconButton label={t('files.save')} icon={Download} onPress={() => void save()} />
        )}
      </span>
      {moved ? (
        <Progress label={t('files.progress', { name })} value={Math.min(1, doneBytes / sizeBytes)} />
      ) : null}
    </li>
  )
}
