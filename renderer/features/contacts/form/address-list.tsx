import { Plus, X } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import type { PostalAddress } from '../../../../shared/features/contacts/model'
import { Button } from '../../../ui/actions/button'
import { IconButton } from '../../../ui/actions/icon-button'
import { Select } from '../../../ui/fields/select'
import { TextField } from '../../../ui/fields/text-field'
import { addressParts } from './form-draft'
import { usesOfPlaces } from './value-list'

const empty: PostalAddress = {
  ...{ types: [], label: '', preferred: false },
  ...{ poBox: '', extended: '', street: '', city: '', region: '', code: '', country: '' },
}

/** Postal addresses. A part that is hardly ever used is shown where it stands. */
export function AddressList({
  list,
  onChange,
}: Readonly<{ list: readonly PostalAddress[]; onChange: (list: readonly PostalAddress[]) => void }>) {
  const { t } = useTranslation('contacts')
  const put = (at: number, change: Partial<PostalAddress>) =>
    onChange(list.map((each, place) => (place === at ? { ...each, ...change } : each)))
  return (
    <fieldset className="contact-values">
      <legend className="ui-label">{t('fields.addresses')}</legend>
      {list.map((each, at) => {
        const own =
          each.label !== '' ? each.label : each.types.find(type => !usesOfPlaces.some(use => use === type))
        const use = usesOfPlaces.find(one => each.types.includes(one)) ?? 'none'
        const name = [each.street, each.city].filter(part => part !== '').join(', ')
        return (
          // biome-ignore lint/suspicious/noArrayIndexKey: an address is its place while it is typed in.
          <div key={at} className="contact-address">
            {addressParts
              .filter(part => !['extended', 'poBox'].includes(part) || each[part] !== '')
              .map(part => (
                <TextField
                  key={part}
                  label={t(`fields.address.${part}`)}
                  value={each[part]}
                  maxLength={1000}
                  {...(part === 'street' ? { rows: 1, className: 'contact-street' } : {})}
                  onChange={value => put(at, { [part]: value })}
                />
              ))}
            <div className="contact-address-end">
              <Select<string>
                label={t('fields.kind', { value: name })}
                hideLabel
                options={[
                  ...(own === undefined ? [] : [{ id: 'own', label: own }]),
                  ...usesOfPlaces.map(id => ({ id: id as string, label: t(`types.${id}`) })),
                ]}
                value={own === undefined ? use : 'own'}
                onChange={chosen =>
                  chosen === 'own'
                    ? undefined
                    : put(at, { label: '', types: chosen === 'none' ? [] : [chosen] })
                }
              />
              <IconButton
                label={name === '' ? t('fields.removeEmpty') : t('fields.remove', { value: name })}
                icon={X}
                onPress={() => onChange(list.filter((_, place) => place !== at))}
              />
            </div>
          </div>
        )
      })}
      <Button variant="plain" icon={Plus} onPress={() => onChange([...list, empty])}>
        {t('fields.addAddress')}
      </Button>
    </fieldset>
  )
}
