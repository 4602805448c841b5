import './field.css'
import '../actions/menu.css'
import { Check, ChevronDown } from 'lucide-react'
import {
  Select as AriaSelect,
  type SelectProps as AriaSelectProps,
  Button,
  Label,
  ListBox,
  ListBoxItem,
  Popover,
  SelectValue,
  Text,
} from 'react-aria-components'
import { Icon } from '../actions/icon'
import { classNames } from '../tokens/class-names'

type SelectOption<T extends string> = Readonly<{ id: T; label: string; description?: string }>

export type SelectProps<T extends string> = Omit<
  AriaSelectProps<SelectOption<T>>,
  | 'children'
  | 'className'
  | 'style'
  | 'value'
  | 'defaultValue'
  | 'onChange'
  | 'selectedKey'
  | 'onSelectionChange'
> &
  Readonly<{
    label: string
    hideLabel?: boolean
    options: readonly SelectOption<T>[]
    value: T
    onChange: (value: T) => void
    /** Without a frame, for a place among text. */
    isQuiet?: boolean
  }>

export function Select<T extends string>({
  label,
  hideLabel = false,
  options,
  value,
  onChange,
  isQuiet = false,
  ...rest
}: SelectProps<T>) {
  return (
    <AriaSelect {...rest} value={value} onChange={key => onChange(key as T)} className="ui-field ui-select">
      <Label className={hideLabel ? 'spoken' : 'ui-label'}>{label}</Label>
      <Button className={classNames('ui-select-button', isQuiet && 'ui-select-quiet')}>
        <SelectValue className="clip" />
        <Icon of={ChevronDown} size={14} />
      </Button>
      <Popover className="ui-popover ui-select-popover" offset={4}>
        <ListBox items={options} className="ui-menu scroll">
          {option => (
            <ListBoxItem id={option.id} textValue={option.label} className="ui-menu-item">
              {({ isSelected }) => (
                <>
                  <span className="ui-menu-mark">{isSelected ? <Icon of={Check} size={14} /> : null}</span>
                  <Text slot="label" className="ui-menu-text">
                    {option.label}
                  </Text>
                  {option.description === undefined ? null : (
                    <Text slot="description" className="ui-menu-hint">
                      {option.description}
                    </Text>
                  )}
                </>
              )}
            </ListBoxItem>
          )}
        </ListBox>
      </Popover>
    </AriaSelect>
  )
}
