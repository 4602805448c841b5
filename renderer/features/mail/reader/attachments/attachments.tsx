import {
  Download,
  File,
  FileArchive,
  FileAudio,
  FileImage,
  FileText,
  FileVideo,
  Mail,
  TriangleAlert,
} from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { isAttachedMessage } from '../../../../../shared/features/mail/attached-message'
import type { AttachmentInfo, MessageDetail } from '../../../../../shared/features/mail/model'
import { useHost } from '../../../../host/host-context'
import { useFormat } from '../../../../i18n/use-format'
import { Button } from '../../../../ui/actions/button'
import { Icon, type IconShape } from '../../../../ui/actions/icon'
import { IconButton } from '../../../../ui/actions/icon-button'
import { FileName } from '../../../../ui/layout/file-name'
import { classNames } from '../../../../ui/tokens/class-names'
import { type MessagePlace, opensFurther } from '../message-place'
import { OpenAttached } from './open-attached'
import { saveAttachments } from './save-files'
import { useSavedWords } from './use-saved-words'

const shapes: readonly (readonly [RegExp, IconShape])[] = [
  [/^image\//, FileImage],
  [/^audio\//, FileAudio],
  [/^video\//, FileVideo],
  [/zip|tar|compressed|rar|7z/, FileArchive],
  [/^text\/|pdf|document|sheet|presentation|msword/, FileText],
]

const shapeOf = (file: AttachmentInfo): IconShape =>
  isAttachedMessage(file) ? Mail : (shapes.find(([pattern]) => pattern.test(file.contentType))?.[1] ?? File)

/** An archive or a document with macros deserves a word; these deserve a red one. */
const isDangerous = ({ danger }: AttachmentInfo): boolean =>
  danger === 'executable' || danger === 'double-extension' || danger === 'misleading-type'

/** Files listed at once; the others come with a press. */
const shownAtOnce = 12

/** A signature of the file itself, which says nothing of the message. */
function SignedNote({
  file,
  signed,
}: Readonly<{ file: AttachmentInfo; signed: MessageDetail['security']['signedAttachments'] }>) {
  const { t } = useTranslation('mail')
  const found = signed.find(each => each.partId === file.partId)
  if (found === undefined) return null
  return (
    <span className="attachment-signed">
      {t(
        `reader.security.file.${found.state === 'good' ? 'good' : found.state === 'bad' ? 'bad' : 'other'}`,
        {
          address: found.address ?? '',
        },
      )}
    </span>
  )
}

/**
 * Files that came with a message: name, size, warning, and a way to save them under a cleaned name. One that is a message
 * can be read in place.
 */
export function Attachments({
  detail,
  place,
  isPartial = false,
  showsText = false,
  onOpen,
}: Readonly<{
  detail: Pick<MessageDetail, 'attachments' | 'security'>
  place: MessagePlace
  /** The files are not here yet. */
  isPartial?: boolean
  /** The message is read as text, which shows no pictures: those within the design are listed too. */
  showsText?: boolean
  onOpen: (partId: string) => void
}>) {
  const { t } = useTranslation('mail')
  const host = useHost()
  const format = useFormat()
  const savedWords = useSavedWords()
  const files = detail.attachments.filter(each => showsText || !each.inline || isAttachedMessage(each))
  const [all, setAll] = useState(false)
  if (files.length === 0) return null
  const names = files.map(file => file.fileName)
  const shown = all || files.length <= shownAtOnce + 1 ? files : files.slice(0, shownAtOnce)
  const words = t('reader.attachments', { count: files.length })
  return (
    <section aria-label={words} className="attachments">
      {files.length > 1 ? (
        // Above the files, where it stands still whatever becomes of them.
        <div className="attachments-head">
          <span className="numerals">
            {words} · {format.byteSize(files.reduce((sum, file) => sum + file.sizeBytes, 0))}
          </span>
          <Button
            variant="plain"
            icon={Download}
            onPress={() => void saveAttachments(host, place, null, savedWords)}
          >
            {t('reader.saveAll')}
          </Button>
        </div>
      ) : null}
      <ul className="attachments-list">
        {shown.map(file => (
          <li
            key={file.partId}
            className={classNames('attachment', isDangerous(file) && 'attachment-danger')}
          >
            <Icon of={isDangerous(file) ? TriangleAlert : shapeOf(file)} />
            <span className="attachment-text">
              <FileName name={file.fileName} others={names} />
              <span className="attachment-size numerals">{format.byteSize(file.sizeBytes)}</span>
              {file.danger === null ? null : (
                <span className="attachment-note">{t(`reader.danger.${file.danger}`)}</span>
              )}
              <SignedNote file={file} signed={detail.security.signedAttachments} />
            </span>
            {isAttachedMessage(file) && opensFurther(place) ? (
              <OpenAttached file={file} onOpen={onOpen} />
            ) : null}
            <IconButton
              label={t('reader.save', { name: file.fileName })}
              icon={Download}
              onPress={() => void saveAttachments(host, place, file.partId, savedWords)}
            />
          </li>
        ))}
      </ul>
      {shown.length === files.length ? null : (
        <Button variant="plain" onPress={() => setAll(true)}>
          {t('reader.allAttachments', { count: files.length })}
        </Button>
      )}
      {isPartial ? <p className="attachments-hint">{t('reader.partial')}</p> : null}
    </section>
  )
}
