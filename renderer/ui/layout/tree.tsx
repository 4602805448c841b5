import './tree.css'
import { ChevronRight } from 'lucide-react'
import { type DragEvent, type KeyboardEvent, type MouseEvent, type ReactNode, useRef } from 'react'
import { Icon } from '../actions/icon'
import { classNames } from '../tokens/class-names'

/** One line of a tree, in display order. Children follow their parent with a higher level. */
export type TreeLine = Readonly<{
  id: string
  /** 1 for the outermost. */
  level: number
  name: string
  /** Null for a leaf. */
  isExpanded: boolean | null
  /** A heading of a group (an account) is not chosen itself. */
  isGroup?: boolean
  content: ReactNode
  /** Read after the name: unread counts and the like. */
  description?: string
}>

export type TreeProps = Readonly<{
  label: string
  lines: readonly TreeLine[]
  selectedId: string | null
  /** The line the keyboard stands on; the tree has one tab stop. */
  focusedId: string | null
  onFocus: (id: string) => void
  onSelect: (id: string) => void
  onToggle: (id: string) => void
  onMenu: (id: string, place: { x: number; y: number }) => void
  dropTargetId: string | null
  onDragOver: (id: string, event: DragEvent) => void
  onDragLeave: () => void
  onDrop: (id: string, event: DragEvent) => void
}>

/**
 * The ARIA tree pattern: one tab stop, arrows move, right and left open and close. Letters do not jump: here they
 * are commands, and the folder picker finds by name.
 */
export function Tree(props: TreeProps) {
  const { label, lines, selectedId, onSelect, onToggle, onMenu } = props
  const root = useRef<HTMLDivElement>(null)
  const focused =
    lines.find(line => line.id === props.focusedId) ?? lines.find(line => line.id === selectedId) ?? lines[0]

  const focusLine = (line: TreeLine | undefined) => {
    if (line === undefined) return
    props.onFocus(line.id)
    root.current?.querySelector<HTMLElement>(`[data-line="${CSS.escape(line.id)}"]`)?.focus()
  }
  const parentOf = (line: TreeLine) =>
    lines
      .slice(0, lines.indexOf(line))
      .reverse()
      .find(other => other.level < line.level)

  const onKeyDown = (event: KeyboardEvent) => {
    if (focused === undefined || event.ctrlKey || event.metaKey || event.altKey) return
    const at = lines.indexOf(focused)
    const handled = (() => {
      switch (event.key) {
        case 'ArrowDown':
          focusLine(lines[at + 1])
          return true
        case 'ArrowUp':
          focusLine(lines[at - 1])
          return true
        case 'Home':
          focusLine(lines[0])
          return true
        case 'End':
          focusLine(lines.at(-1))
          return true
        case 'ArrowRight':
          if (focused.isExpanded === false) onToggle(focused.id)
          else if (focused.isExpanded === true) focusLine(lines[at + 1])
          return true
        case 'ArrowLeft':
          if (focused.isExpanded === true) onToggle(focused.id)
          else focusLine(parentOf(focused))
          return true
        case 'Enter':
        case ' ':
          if (focused.isGroup === true) onToggle(focused.id)
          else onSelect(focused.id)
          return true
        case 'ContextMenu':
        case 'F10': {
          if (event.key === 'F10' && !event.shiftKey) return false
          const box = document.activeElement?.getBoundingClientRect()
          if (box !== undefined) onMenu(focused.id, { x: box.left + 24, y: box.bottom })
          return true
        }
        default:
          return false
      }
    })()
    if (handled) event.preventDefault()
  }

  return (
    <div ref={root} role="tree" aria-label={label} className="ui-tree" onKeyDown={onKeyDown}>
      {lines.map(line => (
        // biome-ignore lint/a11y/useKeyWithClickEvents: the tree above hears the keyboard for all its lines.
        <div
          key={line.id}
          role="treeitem"
          data-line={line.id}
          aria-level={line.level}
          aria-label={line.description === undefined ? line.name : `${line.name}, ${line.description}`}
          {...(line.isExpanded === null ? {} : { 'aria-expanded': line.isExpanded })}
          aria-selected={line.id === selectedId}
          tabIndex={line === focused ? 0 : -1}
          {...(line === focused ? { 'data-pane-stop': true } : {})}
          className={classNames(
            'ui-tree-line',
            line.isGroup === true && 'ui-tree-group',
            line.id === props.dropTargetId && 'ui-tree-drop',
          )}
          style={{ paddingLeft: `${8 + (line.level - 1) * 14}px` }}
          onFocus={() => props.onFocus(line.id)}
          onClick={event => {
            const onArrow =
              line.isExpanded !== null && (event.target as Element).closest('.ui-tree-arrow') !== null
            if (onArrow || line.isGroup === true) onToggle(line.id)
            else onSelect(line.id)
          }}
          onContextMenu={(event: MouseEvent) => {
            event.preventDefault()
            onMenu(line.id, { x: event.clientX, y: event.clientY })
          }}
          onDragOver={event => props.onDragOver(line.id, event)}
          onDragLeave={props.onDragLeave}
          onDrop={event => props.onDrop(line.id, event)}
        >
          <span className={classNames('ui-tree-arrow', line.isExpanded === true && 'ui-tree-arrow-open')}>
            {line.isExpanded === null ? null : <Icon of={ChevronRight} size={12} />}
          </span>
          {line.content}
        </div>
      ))}
    </div>
  )
}
