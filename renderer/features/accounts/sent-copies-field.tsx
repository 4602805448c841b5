import { useTranslation } from 'react-i18next'
import type { MailService, SentCopies } from '../../../shared/features/accounts/model'
import { Select } from '../../ui/fields/select'

const choices = ['automatic', 'always', 'never'] as const

/** Whether a copy of sent mail is filed, and what was seen of the provider. */
export function SentCopiesField({
  value,
  onChange,
  isFiledByProvider,
}: Readonly<{ value: SentCopies; onChange: (value: SentCopies) => void; isFiledByProvider: boolean }>) {
  const { t } = useTranslation('accounts')
  return (
    <div>
      <Select
        label={t('section.sentCopies.label')}
        options={choices.map(id => ({
          id,
          label: t(`section.sentCopies.${id}`),
          description: t(`section.sentCopies.${id}Text`),
        }))}
        value={value}
        onChange={onChange}
      />
      {isFiledByProvider ? <p className="ui-description">{t('section.sentCopies.learned')}</p> : null}
    </div>
  )
}

/** The usual choice stands in no configuration. */
export function withSentCopies(mail: MailService | null, sentCopies: SentCopies): MailService | null {
  return mail === null || sentCopies === 'automatic' ? mail : { ...mail, sentCopies }
}
