import './tooltip.css'
import type { ReactElement } from 'react'
import { Tooltip as AriaTooltip, TooltipTrigger } from 'react-aria-components'
import { Kbd } from './kbd'

/** Says the name of a control on hover and keyboard focus. The child must be a focusable React Aria element. */
export function Tooltip({
  text,
  shortcut,
  children,
}: Readonly<{ text: string; shortcut?: string; children: ReactElement }>) {
  return (
    <TooltipTrigger delay={500} closeDelay={80}>
      {children}
      <AriaTooltip className="ui-tooltip" offset={6}>
        {text}
        {shortcut === undefined ? null : <Kbd keys={shortcut} />}
      </AriaTooltip>
    </TooltipTrigger>
  )
}
