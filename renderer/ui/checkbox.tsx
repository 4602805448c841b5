import './field.css'
import { Check, Minus } from 'lucide-react'
import type { ReactNode } from 'react'
import { Checkbox as AriaCheckbox, type CheckboxProps as AriaCheckboxProps } from 'react-aria-components'
import { Icon } from './icon'

export type CheckboxProps = Omit<AriaCheckboxProps, 'children' | 'className' | 'style'> &
  Readonly<{ children: ReactNode }>

export function Checkbox({ children, ...rest }: CheckboxProps) {
  return (
    <AriaCheckbox {...rest} className="ui-check">
      {({ isSelected, isIndeterminate }) => (
        <>
          <span className="ui-check-box">
            {isIndeterminate ? (
              <Icon of={Minus} size={12} />
            ) : isSelected ? (
              <Icon of={Check} size={12} />
            ) : null}
          </span>
          <span>{children}</span>
        </>
      )}
    </AriaCheckbox>
  )
}
