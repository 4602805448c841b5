import './menu.css'
import type { ReactElement, ReactNode } from 'react'
import { Dialog, DialogTrigger, Popover } from 'react-aria-components'
import { useScrollStop } from './use-scroll-stop'

function PanelBody({ children }: Readonly<{ children: ReactNode }>) {
  return (
    <div {...useScrollStop<HTMLDivElement>()} className="ui-panel-body scroll">
      {children}
    </div>
  )
}

/** A button (the first child) that opens a panel beside itself. */
export function PopoverPanel({
  label,
  trigger,
  children,
  isOpen,
  onOpenChange,
  placement = 'right bottom',
}: Readonly<{
  label: string
  trigger: ReactElement
  children: ReactNode
  isOpen: boolean
  onOpenChange: (isOpen: boolean) => void
  placement?: 'right bottom' | 'bottom start' | 'bottom end'
}>) {
  return (
    <DialogTrigger isOpen={isOpen} onOpenChange={onOpenChange}>
      {trigger}
      <Popover className="ui-popover ui-panel" placement={placement} offset={6}>
        <Dialog aria-label={label} className="ui-panel-dialog">
          <PanelBody>{children}</PanelBody>
        </Dialog>
      </Popover>
    </DialogTrigger>
  )
}
