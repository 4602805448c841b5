import './field.css'
import type { ReactNode } from 'react'
import {
  RadioGroup as AriaRadioGroup,
  type RadioGroupProps as AriaRadioGroupProps,
  Label,
  Radio,
} from 'react-aria-components'

type RadioOption<T extends string> = Readonly<{
  id: T
  label: string
  description?: ReactNode
  isDisabled?: boolean
}>

export type RadioGroupProps<T extends string> = Omit<
  AriaRadioGroupProps,
  'children' | 'className' | 'style' | 'value' | 'onChange'
> &
  Readonly<{
    label: string
    hideLabel?: boolean
    options: readonly RadioOption<T>[]
    /** Null: none is chosen yet. */
    value: T | null
    onChange: (value: T) => void
  }>

export function RadioGroup<T extends string>({
  label,
  hideLabel = false,
  options,
  onChange,
  ...rest
}: RadioGroupProps<T>) {
  return (
    <AriaRadioGroup {...rest} onChange={value => onChange(value as T)} className="ui-radios">
      <Label className={hideLabel ? 'spoken' : 'ui-label'}>{label}</Label>
      <div className="ui-radios-options">
        {options.map(option => (
          <Radio
            key={option.id}
            value={option.id}
            isDisabled={option.isDisabled ?? false}
            className="ui-radio"
          >
            <span className="ui-radio-dot" />
            <span>
              {option.label}
              {option.description === undefined ? null : (
                <span className="ui-description"> {option.description}</span>
              )}
            </span>
          </Radio>
        ))}
      </div>
    </AriaRadioGroup>
  )
}
