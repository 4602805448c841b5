import './tooltip.css'
import { type ReactElement, useEffect, useState } from 'react'
import { Tooltip as AriaTooltip, TooltipTrigger } from 'react-aria-components'
import { flushSync } from 'react-dom'
import { Kbd } from '../actions/kbd'

/** Says the name of a control on hover and keyboard focus. The child must be a focusable React Aria element. */
export function Tooltip({
  text,
  shortcut,
  children,
}: Readonly<{ text: string; shortcut?: string; children: ReactElement }>) {
  const [isOpen, setOpen] = useState(false)
  useEffect(() => {
    if (!isOpen) return
    // Escape takes the words away, and still does what it does where the focus is: React Aria would keep it to itself.
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.key === 'Escape') flushSync(() => setOpen(false))
    }
    addEventListener('keydown', onKeyDown, true)
    return () => removeEventListener('keydown', onKeyDown, true)
  }, [isOpen])
  return (
    <TooltipTrigger delay={500} closeDelay={80} isOpen={isOpen} onOpenChange={setOpen}>
      {children}
      <AriaTooltip className="ui-tooltip" offset={6}>
        {text}
        {shortcut === undefined ? null : <Kbd keys={shortcut} />}
      </AriaTooltip>
    </TooltipTrigger>
  )
}
