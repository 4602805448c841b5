import './button.css'
import type { Ref } from 'react'
import { Button as AriaButton, type ButtonProps as AriaButtonProps } from 'react-aria-components'
import { Tooltip } from '../overlays/tooltip'
import { classNames } from '../tokens/class-names'
import { Icon, type IconShape } from './icon'

export type IconButtonProps = Omit<AriaButtonProps, 'children' | 'className' | 'style' | 'aria-label'> &
  Readonly<{
    /** The name for screen readers, shown as a tooltip. */
    label: string
    icon: IconShape
    /** Keys as in `state/keys/commands`, shown beside the name. */
    shortcut?: string
    /** Drawn filled: the thing it stands for is on. */
    isOn?: boolean
    className?: string
    ref?: Ref<HTMLButtonElement>
  }>

export function IconButton({ label, icon, shortcut, isOn = false, className, ...rest }: IconButtonProps) {
  return (
    <Tooltip text={label} {...(shortcut === undefined ? {} : { shortcut })}>
      <AriaButton
        {...rest}
        aria-label={label}
        className={classNames('ui-icon-button', isOn && 'ui-icon-button-on', className)}
      >
        <Icon of={icon} />
      </AriaButton>
    </Tooltip>
  )
}
