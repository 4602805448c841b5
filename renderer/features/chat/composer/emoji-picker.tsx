import './emoji-picker.css'
import { ListBox, ListBoxItem } from 'react-aria-components'
import type { IconShape } from '../../../ui/actions/icon'
import { IconButton } from '../../../ui/actions/icon-button'
import { PopoverPanel } from '../../../ui/overlays/popover-panel'
import { emoji } from './emoji'

const items = emoji.map(id => ({ id }))

/** A button that opens a board of emoji; arrow keys go over it. */
export function EmojiPicker({
  label,
  icon,
  isOpen,
  onOpenChange,
  onPick,
  excludeFromTabOrder = false,
}: Readonly<{
  label: string
  icon: IconShape
  isOpen: boolean
  onOpenChange: (isOpen: boolean) => void
  onPick: (emoji: string) => void
  excludeFromTabOrder?: boolean
}>) {
  return (
    <PopoverPanel
      label={label}
      isOpen={isOpen}
      onOpenChange={onOpenChange}
      placement="bottom end"
      trigger={<IconButton label={label} icon={icon} excludeFromTabOrder={excludeFromTabOrder} />}
    >
      <ListBox
        aria-label={label}
        layout="grid"
        className="emoji-board"
        items={items}
        autoFocus="first"
        selectionMode="none"
        onAction={key => onPick(String(key))}
      >
        {({ id }) => (
          <ListBoxItem id={id} textValue={id} className="emoji-key">
            {id}
          </ListBoxItem>
        )}
      </ListBox>
    </PopoverPanel>
  )
}
