import './button.css'
import type { Ref } from 'react'
import { Button as AriaButton, type ButtonProps as AriaButtonProps } from 'react-aria-components'
import { type CommandId, firstKeys } from '../../../shared/ipc/commands'
import { Tooltip } from '../overlays/tooltip'
import { classNames } from '../tokens/class-names'
import { Icon, type IconShape } from './icon'

export type IconButtonProps = Omit<AriaButtonProps, 'children' | 'className' | 'style' | 'aria-label'> &
  Readonly<{
    /** The name for screen readers, shown as a tooltip. */
    label: string
    icon: IconShape
    /** The command that does the same: its first keys are shown beside the name. */
    command?: CommandId
    /** Keys that are no command of the window, as of an editor. */
    shortcut?: string
    /** Drawn filled: the thing it stands for is on. */
    isOn?: boolean
    className?: string
    ref?: Ref<HTMLButtonElement>
  }>

export function IconButton({
  label,
  icon,
  command,
  shortcut,
  isOn = false,
  className,
  ...rest
}: IconButtonProps) {
  const keys = command === undefined ? shortcut : firstKeys(command)
  return (
    <Tooltip text={label} {...(keys === undefined ? {} : { shortcut: keys })}>
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
