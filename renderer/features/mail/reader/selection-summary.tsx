import { Mails } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { EmptyState } from '../../../ui/feedback/empty-state'

export function SelectionSummary({ count }: Readonly<{ count: number }>) {
  const { t } = useTranslation('mail')
  return (
    <EmptyState icon={Mails} title={t('list.selected', { count })}>
      {t('reader.selectedText')}
    </EmptyState>
  )
}
