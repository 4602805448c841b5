import { useId, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Button } from '../../../ui/actions/button'
import { smallPicture } from './picture'

/** The picture of a contact: chosen from a file and made small here, or taken away. `value`: a source of an image; null for none. */
export function PhotoField({
  value,
  onChange,
}: Readonly<{ value: string | null; onChange: (base64: string | null) => void }>) {
  const { t } = useTranslation('contacts')
  const [isBad, setBad] = useState(false)
  const id = useId()
  const take = async (file: File | undefined) => {
    if (file === undefined) return
    const base64 = await smallPicture(file)
    setBad(base64 === null)
    if (base64 !== null) onChange(base64)
  }
  return (
    <div className="contact-form-photo">
      {value === null ? (
        <span className="contact-photo contact-letter" aria-hidden="true">
          ?
        </span>
      ) : (
        <img className="contact-photo" alt={t('fields.photo')} src={value} />
      )}
      <div className="contact-do">
        <Button onPress={() => document.getElementById(id)?.click()}>
          {t(value === null ? 'fields.choosePhoto' : 'fields.otherPhoto')}
        </Button>
        {value === null ? null : <Button onPress={() => onChange(null)}>{t('fields.removePhoto')}</Button>}
      </div>
      {/* The button above stands for it. */}
      <input
        id={id}
        type="file"
        accept="image/jpeg,image/png,image/gif,image/webp"
        className="spoken"
        tabIndex={-1}
        aria-hidden="true"
        onChange={event => {
          void take(event.target.files?.[0])
          event.target.value = ''
        }}
      />
      <p className={isBad ? 'ui-error' : 'ui-description'} role={isBad ? 'alert' : undefined}>
        {t(isBad ? 'fields.badPhoto' : 'fields.photoHint')}
      </p>
    </div>
  )
}
