import { FileText, X } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { useFormat } from '../../../i18n/use-format'
import { Icon } from '../../../ui/actions/icon'
import { IconButton } from '../../../ui/actions/icon-button'
import { FileName } from '../../../ui/layout/file-name'
import { tameName } from '../text/tame'
import type { PendingFile, RefusedFile } from './use-pending-files'

/** Files that go with the next press on send, each with a way to take it out. */
export function PendingFiles({
  files,
  refused,
  onRemove,
}: Readonly<{
  files: readonly PendingFile[]
  refused: RefusedFile | null
  onRemove: (key: number) => void
}>) {
  const { t } = useTranslation('chat')
  const format = useFormat()
  return (
    <>
      {refused === null ? null : (
        <p role="alert" className="ui-error">
          {refused.why === 'no-place'
            ? t('composer.noFiles')
            : t('composer.fileTooLarge', {
                name: refused.name,
                size: format.byteSize(refused.mostBytes ?? 0),
              })}
        </p>
      )}
      {files.length === 0 ? null : (
        <>
          <ul className="chat-pending" aria-label={t('composer.files')}>
            {files.map(({ key, file, picture }) => (
              <li key={key} className="chat-pending-file">
                {picture === null ? (
                  <Icon of={FileText} size={20} />
                ) : (
                  <img className="chat-pending-picture" src={picture} alt="" />
                )}
                <span className="chat-pending-words">
                  <FileName name={tameName(file.name)} />
                  <span className="ui-description numerals">{format.byteSize(file.size)}</span>
                </span>
                <IconButton
                  label={t('composer.removeFile', { name: tameName(file.name) })}
                  icon={X}
                  onPress={() => onRemove(key)}
                />
              </li>
            ))}
          </ul>
          <p className="ui-description">{t('composer.cleaned')}</p>
        </>
      )}
    </>
  )
}
