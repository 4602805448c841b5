import { FileText, Image as ImageIcon, LockKeyhole, Mic, Video } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { ChatAttachment, ChatMessage } from '../../../../shared/features/chat/model'
import { useHost } from '../../../host/host-context'
import { useFormat } from '../../../i18n/use-format'
import { runCommand } from '../../../state/run-command'
import { Button } from '../../../ui/actions/button'
import { Icon } from '../../../ui/actions/icon'
import { Progress } from '../../../ui/feedback/progress'
import { FileName } from '../../../ui/layout/file-name'
import { tameName } from '../text/tame'

/** Pictures that the page itself may draw, once they were fetched, checked and decrypted. */
const drawn: ReadonlySet<string> = new Set(['image/png', 'image/jpeg', 'image/gif', 'image/webp'])
/** A larger picture is not drawn in the conversation. */
const largestDrawnBytes = 20_000_000

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
  const [picture, setPicture] = useState<string | null>(null)
  const { index, fileName, contentType, sizeBytes, state, doneBytes, isEncrypted, width, height } = file
  const name = tameName(fileName)
  const isPicture = drawn.has(contentType) && (sizeBytes ?? 0) <= largestDrawnBytes
  const fetchFile = async () => {
    const got = await runCommand(host, 'chat.fetchFile', { id: message.id, index })
    if (got !== null && drawn.has(got.contentType) && got.bytes.length <= largestDrawnBytes)
      setPicture(await asDataUrl(got.contentType, new Uint8Array(got.bytes)))
  }
  const isMoving = state === 'fetching' || state === 'uploading'
  return (
    <li className="chat-file">
      {picture === null ? null : (
        <img
          className="chat-picture"
          alt={t('files.picture', { name })}
          src={picture}
          {...(width === null || height === null ? {} : { width, height })}
        />
      )}
      <span className="chat-file-line">
        <Icon of={iconFor(contentType)} size={18} />
        <span className="chat-file-words">
          <FileName name={name} />
          <span className="chat-file-facts">
            {sizeBytes === null ? null : <span className="numerals">{format.byteSize(sizeBytes)}</span>}
            <span>{t(`files.${state}`)}</span>
            {isEncrypted ? (
              <span>
                <Icon of={LockKeyhole} size={11} /> {t('files.locked')}
              </span>
            ) : null}
          </span>
        </span>
        {isMoving ? (
          <Button
            variant="plain"
            onPress={() => void runCommand(host, 'chat.stopFile', { id: message.id, index })}
          >
            {t('files.stop')}
          </Button>
        ) : picture !== null ? (
          <Button variant="plain" onPress={() => setPicture(null)}>
            {t('files.hide')}
          </Button>
        ) : state === 'there' || (state === 'here' && isPicture) ? (
          <Button variant="plain" onPress={() => void fetchFile()}>
            {t(isPicture ? 'files.show' : 'files.fetch')}
          </Button>
        ) : null}
      </span>
      {isMoving && doneBytes !== null && sizeBytes !== null && sizeBytes > 0 ? (
        <Progress label={t('files.progress', { name })} value={Math.min(1, doneBytes / sizeBytes)} />
      ) : null}
    </li>
  )
}
