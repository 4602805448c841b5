import './button.css'
import type { ReactNode, Ref } from 'react'
import { Button as AriaButton, type ButtonProps as AriaButtonProps } from 'react-aria-components'
import { Spinner } from '../feedback/spinner'
import { classNames } from '../tokens/class-names'
import { Icon, type IconShape } from './icon'

export type ButtonProps = Omit<AriaButtonProps, 'children' | 'className' | 'style'> &
  Readonly<{
    children: ReactNode
    /** `primary` once in a view; `danger` for what cannot be taken back; `plain` beside text. */
    variant?: 'normal' | 'primary' | 'danger' | 'plain'
    icon?: IconShape
    /** Shows that the work has begun; the button stays in place and takes no second press. */
    busy?: boolean
    className?: string
    ref?: Ref<HTMLButtonElement>
  }>

const ignore = () => {}

export function Button({
  children,
  variant = 'normal',
  icon,
  busy = false,
  className,
  ...rest
}: ButtonProps) {
  // Not React Aria's own way: that reads out a name which is gone by then when the press leads to another screen.
  const whileBusy = busy ? ({ 'aria-disabled': 'true', type: 'button', onPress: ignore } as const) : {}
  return (
    <AriaButton
      {...rest}
      {...whileBusy}
      className={classNames('ui-button', `ui-button-${variant}`, className)}
    >
      {busy ? <Spinner /> : icon === undefined ? null : <Icon of={icon} />}
      <span className="ui-button-text">{children}</span>
    </AriaButton>
  )
}
