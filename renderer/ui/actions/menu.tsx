import './menu.css'
import { Check, ChevronRight } from 'lucide-react'
import type { ReactElement } from 'react'
import {
  Menu as AriaMenu,
  Button,
  Keyboard,
  MenuItem,
  MenuTrigger,
  Popover,
  Separator,
  SubmenuTrigger,
  Text,
} from 'react-aria-components'
import { type CommandId, firstKeys } from '../../../shared/ipc/commands'
import { classNames } from '../tokens/class-names'
import { Icon, type IconShape } from './icon'
import { Kbd } from './kbd'

/** One line of a menu: an action, a choice that is on or off, a submenu, or a dividing line. */
export type MenuEntry =
  | Readonly<{
      id: string
      label: string
      icon?: IconShape
      /** The command that does the same: its first keys are shown. */
      command?: CommandId
      isDanger?: boolean
      isDisabled?: boolean
      /** Shown with a check mark. */
      isChecked?: boolean
      run: () => void
    }>
  | Readonly<{ id: string; label: string; icon?: IconShape; entries: readonly MenuEntry[] }>
  | 'line'

function MenuLines({ label, entries }: Readonly<{ label: string; entries: readonly MenuEntry[] }>) {
  return (
    <AriaMenu aria-label={label} className="ui-menu scroll">
      {entries.map((entry, at) => {
        if (entry === 'line') {
          // Lines are told apart by their place.
          return <Separator key={`line ${String(at)}`} className="ui-menu-line" />
        }
        if ('entries' in entry)
          return (
            <SubmenuTrigger key={entry.id}>
              <MenuItem id={entry.id} textValue={entry.label} className="ui-menu-item">
                <span className="ui-menu-mark">
                  {entry.icon === undefined ? null : <Icon of={entry.icon} />}
                </span>
                <Text slot="label" className="ui-menu-text">
                  {entry.label}
                </Text>
                <Icon of={ChevronRight} size={14} />
              </MenuItem>
              <Popover className="ui-popover" offset={-4}>
                <MenuLines label={entry.label} entries={entry.entries} />
              </Popover>
            </SubmenuTrigger>
          )
        return (
          <MenuItem
            key={entry.id}
            id={entry.id}
            textValue={entry.label}
            isDisabled={entry.isDisabled ?? false}
            onAction={entry.run}
            className={classNames('ui-menu-item', entry.isDanger && 'ui-menu-danger')}
          >
            <span className="ui-menu-mark">
              {entry.isChecked === true ? (
                <Icon of={Check} size={14} />
              ) : entry.icon === undefined ? null : (
                <Icon of={entry.icon} />
              )}
            </span>
            <Text slot="label" className="ui-menu-text">
              {entry.label}
              {entry.isChecked === true ? <span className="spoken"> ✓</span> : null}
            </Text>
            {entry.command === undefined ? null : (
              <Keyboard className="ui-menu-keys">
                <Kbd keys={firstKeys(entry.command)} isDrawn />
              </Keyboard>
            )}
          </MenuItem>
        )
      })}
    </AriaMenu>
  )
}

/** A button (the child) that opens a menu. */
export function Menu({
  label,
  entries,
  children,
}: Readonly<{ label: string; entries: readonly MenuEntry[]; children: ReactElement }>) {
  return (
    <MenuTrigger>
      {children}
      <Popover className="ui-popover" offset={4}>
        <MenuLines label={label} entries={entries} />
      </Popover>
    </MenuTrigger>
  )
}

export type MenuPlace = Readonly<{ x: number; y: number }>

/** A menu at a place of the page: for the right mouse button and the menu key. `place: null` is closed. */
export function ContextMenu({
  label,
  entries,
  place,
  onClose,
}: Readonly<{ label: string; entries: readonly MenuEntry[]; place: MenuPlace | null; onClose: () => void }>) {
  const at = place ?? { x: 0, y: 0 }
  return (
    <MenuTrigger isOpen={place !== null} onOpenChange={isOpen => (isOpen ? undefined : onClose())}>
      <Button
        excludeFromTabOrder
        aria-label={label}
        className="ui-menu-anchor"
        style={{ left: at.x, top: at.y }}
      />
      <Popover placement="bottom start" offset={0} className="ui-popover">
        <MenuLines label={label} entries={entries} />
      </Popover>
    </MenuTrigger>
  )
}
