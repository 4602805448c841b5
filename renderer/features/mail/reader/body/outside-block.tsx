import { Download, Unlink } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import type { MessageDetail } from '../../../../../shared/features/mail/model'
import { useHost } from '../../../../host/host-context'
import { Icon } from '../../../../ui/actions/icon'
import { IconButton } from '../../../../ui/actions/icon-button'
import { saveAttachments } from '../attachments/save-files'
import { useSavedWords } from '../attachments/use-saved-words'
import type { MessagePlace } from '../message-place'
import { TextBody } from './text/text-body'

function OutsideHead() {
  const { t } = useTranslation('mail')
  return (
    <header className="outside-head">
      <Icon of={Unlink} />
      <p>
        <strong>{t('reader.security.outside')}</strong> {t('reader.security.outsideText')}
      </p>
    </header>
  )
}

/** Text beside a protected stretch, in a box of its own. */
export function OutsideText({ text }: Readonly<{ text: string }>) {
  return (
    <section className="outside">
      <OutsideHead />
      <TextBody text={text} />
    </section>
  )
}

/** What somebody put beside the protected message: plain text and files, never in one document with it. */
export function OutsideBlock({
  detail,
  place,
}: Readonly<{ detail: Pick<MessageDetail, 'outside'>; place: MessagePlace }>) {
  const { t } = useTranslation('mail')
  const host = useHost()
  const savedWords = useSavedWords()
  const { outside } = detail
  if (outside === null) return null
  return (
    <section className="outside" aria-label={t('reader.security.outside')}>
      <OutsideHead />
      {outside.text === '' ? null : <TextBody text={outside.text} />}
      {outside.attachments.length === 0 ? null : (
        <ul className="outside-files">
          {outside.attachments.map(file => (
            <li key={file.partId}>
              <span className="clip">{file.fileName}</span>
              <IconButton
                label={t('reader.save', { name: file.fileName })}
                icon={Download}
                onPress={() => void saveAttachments(host, place, file.partId, savedWords)}
              />
            </li>
          ))}
        </ul>
      )}
    </section>
  )
}
