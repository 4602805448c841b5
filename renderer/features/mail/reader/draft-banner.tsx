import { PenLine } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import type { MessageId } from '../../../../shared/kit/ids'
import { Button } from '../../../ui/actions/button'
import { useMessageActions } from '../actions/message-actions'

export function DraftBanner({ id }: Readonly<{ id: MessageId }>) {
  const { t } = useTranslation('mail')
  const { editDraft } = useMessageActions()
  return (
    <div className="reader-draft">
      <Button variant="primary" icon={PenLine} onPress={() => editDraft(id)}>
        {t('reader.editDraft')}
      </Button>
    </div>
  )
}
