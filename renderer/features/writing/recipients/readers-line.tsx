import { Eye } from 'lucide-react'
import { useState } from 'react'
import { Button } from 'react-aria-components'
import { useTranslation } from 'react-i18next'
import type { DraftId } from '../../../../shared/kit/ids'
import { useFormat } from '../../../i18n/use-format'
import { useLiveQuery } from '../../../state/live/use-live-query'
import { Icon } from '../../../ui/actions/icon'
import { PopoverPanel } from '../../../ui/overlays/popover-panel'
import { readersLine } from './reader-words'
import { ReadersTable } from './readers-table'

/** One honest line under the recipients: who can read this message. Its details open beside it. */
export function ReadersLine({ draftId }: Readonly<{ draftId: DraftId }>) {
  const { t } = useTranslation('compose')
  const { locale } = useFormat()
  const [isOpen, setOpen] = useState(false)
  const explained = useLiveQuery('drafts.explain', { draftId, wait: false }).data
  const line = explained === undefined ? null : readersLine(t, locale, explained)
  // Its place is kept from the beginning: what is written below does not jump when there is something to say.
  if (explained === undefined || line === null)
    return (
      <div className="readers-line readers-line-waiting">
        <Icon of={Eye} size={13} />
        <span className="clip">{t('readers.waiting')}</span>
      </div>
    )
  return (
    <PopoverPanel
      label={t('readers.title')}
      isOpen={isOpen}
      onOpenChange={setOpen}
      placement="bottom start"
      trigger={
        <Button className="readers-line" data-way={explained.onTheWay}>
          <Icon of={Eye} size={13} />
          <span className="clip">{line}</span>
        </Button>
      }
    >
      <ReadersTable explained={explained} />
    </PopoverPanel>
  )
}
