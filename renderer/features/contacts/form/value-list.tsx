import { Plus, X } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import type { LabelledValue } from '../../../../shared/features/contacts/model'
import { Button } from '../../../ui/actions/button'
import { IconButton } from '../../../ui/actions/icon-button'
import { Select } from '../../../ui/fields/select'
import { TextField } from '../../../ui/fields/text-field'

const usesOfNumbers = ['none', 'home', 'work', 'cell', 'fax', 'pager'] as const
export const usesOfPlaces = ['none', 'home', 'work'] as const
type Use = (typeof usesOfNumbers)[number]

const empty: LabelledValue = { value: '', types: [], label: '', preferred: false }

/** Values of which there may be several, each with what it is for. */
export function ValueList({
  label,
  add,
  list,
  uses = usesOfNumbers,
  onChange,
}: Readonly<{
  /** What one of them can be for. */
  uses?: readonly Use[]
  label: string
  add: string
  list: readonly LabelledValue[]
  onChange: (list: readonly LabelledValue[]) => void
}>) {
  const { t } = useTranslation('contacts')
  const put = (at: number, change: Partial<LabelledValue>) =>
    onChange(list.map((each, place) => (place === at ? { ...each, ...change } : each)))
  return (
    <fieldset className="contact-values">
      <legend className="ui-label">{label}</legend>
      {list.map((each, at) => {
        const own = each.label !== '' ? each.label : each.types.find(type => !uses.some(use => use === type))
        const use = uses.find(one => each.types.includes(one)) ?? 'none'
        return (
          // biome-ignore lint/suspicious/noArrayIndexKey: a line is its place while it is typed in.
          <div key={at} className="contact-value">
            <TextField
              label={`${label} ${String(at + 1)}`}
              hideLabel
              value={each.value}
              maxLength={4000}
              onChange={value => put(at, { value })}
            />
            <Select<string>
              label={t('fields.kind', { value: each.value })}
              hideLabel
              options={[
                ...(own === undefined ? [] : [{ id: 'own', label: own }]),
                ...uses.map(id => ({ id: id as string, label: t(`types.${id}`) })),
              ]}
              value={own === undefined ? use : 'own'}
              onChange={chosen =>
                chosen === 'own'
                  ? undefined
                  : put(at, { label: '', types: chosen === 'none' ? [] : [chosen] })
              }
            />
            <IconButton
              label={each.value === '' ? t('fields.removeEmpty') : t('fields.remove', { value: each.value })}
              icon={X}
              onPress={() => onChange(list.filter((_, place) => place !== at))}
            />
          </div>
        )
      })}
      <Button variant="plain" icon={Plus} onPress={() => onChange([...list, empty])}>
        {add}
      </Button>
    </fieldset>
  )
}
