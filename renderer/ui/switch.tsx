import './field.css'
import type { ReactNode } from 'react'
import { Switch as AriaSwitch, type SwitchProps as AriaSwitchProps } from 'react-aria-components'

export type SwitchProps = Omit<AriaSwitchProps, 'children' | 'className' | 'style'> &
  Readonly<{ label: string; description?: ReactNode }>

/** A setting that takes effect at once. Its words stand left, the switch right. */
export function Switch({ label, description, ...rest }: SwitchProps) {
  return (
    <AriaSwitch {...rest} className="ui-switch">
      <span>
        <span className="ui-switch-label">{label}</span>
        {description === undefined ? null : <span className="ui-description"> {description}</span>}
      </span>
      <span className="ui-switch-track">
        <span className="ui-switch-knob" />
      </span>
    </AriaSwitch>
  )
}
