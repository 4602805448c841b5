import '../fields/field.css'
import type { ReactNode } from 'react'
import { Switch as AriaSwitch, type SwitchProps as AriaSwitchProps } from 'react-aria-components'

export type SwitchProps = Omit<AriaSwitchProps, 'children' | 'className' | 'style'> &
  Readonly<{ label: string; description?: ReactNode }>

/** A setting that takes effect at once. The switch stands before its words: at the far end of a wide line nobody sees whose it is. */
export function Switch({ label, description, ...rest }: SwitchProps) {
  return (
    <AriaSwitch {...rest} className="ui-switch">
      <span className="ui-switch-track">
        <span className="ui-switch-knob" />
      </span>
      <span className="ui-switch-words">
        <span className="ui-switch-label">{label}</span>
        {description === undefined ? null : <span className="ui-description"> {description}</span>}
      </span>
    </AriaSwitch>
  )
}
