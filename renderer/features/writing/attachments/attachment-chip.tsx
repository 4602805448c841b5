import { Ellipsis, Paperclip, X } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import type { DraftAttachment } from '../../../../shared/features/writing/model'
import { useFormat } from '../../../i18n/use-format'
import { Icon } from '../../../ui/actions/icon'
import { IconButton } from '../../../ui/actions/icon-button'
import { Menu, type MenuEntry } from '../../../ui/actions/menu'
import { FileName } from '../../../ui/layout/file-name'
import { traceWords } from './trace-words'
import type { AttachmentChoices } from './use-attachment-choices'

/** One file that goes along: its name, its size, what it tells beyond what it shows, and what can be done about both. */
export function AttachmentChip({
  attachment,
  choices,
  others,
  onRename,
  onRemove,
}: Readonly<{
  attachment: DraftAttachment
  choices: AttachmentChoices
  /** Names of all files that go along. */
  others: readonly string[]
  onRename: () => void
  onRemove: () => void
}>) {
  const { t } = useTranslation('compose')
  const format = useFormat()
  const { id, fileName, originalName, sizeBytes, traces, keepsTraces } = attachment
  const told = traceWords(t, attachment, format.byteSize)
  const entries: readonly MenuEntry[] = [
    { id: 'rename', label: t('attachments.rename'), run: onRename },
    ...(originalName === null
      ? [
          {
            id: 'neutral',
            label: t('attachments.neutral'),
            run: () => void choices.rename(id, { kind: 'neutral' }),
          },
        ]
      : [
          {
            id: 'original',
            label: t('attachments.original', { name: originalName }),
            run: () => void choices.rename(id, { kind: 'original' }),
          },
        ]),
    ...(others.length > 1
      ? [
          {
            id: 'neutral-all',
            label: t('attachments.neutralAll'),
            run: () => void choices.rename(null, { kind: 'neutral' }),
          },
        ]
      : []),
    ...(traces.kind === 'image' && traces.removableBytes > 0
      ? [
          'line' as const,
          {
            id: 'keep',
            label: t('attachments.keepTraces'),
            isChecked: keepsTraces,
            run: () => void choices.keepTraces(id, !keepsTraces),
          },
        ]
      : []),
  ]
  return (
    <li className="compose-attachment">
      <Icon of={Paperclip} size={14} />
      <span className="compose-attachment-words">
        <span className="compose-attachment-head">
          <FileName
            name={fileName}
            others={others}
            title={originalName === null ? fileName : `${fileName}\n${originalName}`}
          />
          <span className="compose-attachment-size numerals">{format.byteSize(sizeBytes)}</span>
        </span>
        {told === null ? null : (
          <span
            className="compose-attachment-traces clip"
            data-tone={told.tone}
            title={told.more ?? told.text}
          >
            {told.text}
          </span>
        )}
      </span>
      <Menu label={t('attachments.choices', { name: fileName })} entries={entries}>
        <IconButton label={t('attachments.choices', { name: fileName })} icon={Ellipsis} />
      </Menu>
      <IconButton label={t('attachments.remove', { name: fileName })} icon={X} onPress={onRemove} />
    </li>
  )
}
