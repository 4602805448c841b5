import './message-list.css'
import { useVirtualizer } from '@tanstack/react-virtual'
import { type DragEvent, type MouseEvent, useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { MessageId } from '../../../../../shared/kit/ids'
import { useAppStore } from '../../../../state/app-store'
import { dragged, dragType } from '../../../../state/dragged-messages'
import { useLive } from '../../../../state/live/live-context'
import { ContextMenu, type MenuPlace } from '../../../../ui/actions/menu'
import { useMessageActions } from '../../actions/message-actions'
import { useMessageMenu } from '../../actions/use-message-menu'
import { showReader } from '../../panes/move-between-panes'
import { setSelection, useMail } from '../../state'
import { setDragImage } from '../drag/drag-image'
import { extendTo, selectOnly, toggleRow } from '../selection'
import { useListKeys } from '../use-list-keys'
import type { MessageList } from '../use-message-list'
import { MessageRow, rowElementId } from './message-row'
import { rowHeightPx } from './row-height'
import { useScrollAnchor } from './use-scroll-anchor'
import { useShowsRecipients } from './use-shows-recipients'

/** The messages of a list, only those on screen being drawn: 100,000 rows scroll like a hundred. */
export function MessageListView({ list, label }: Readonly<{ list: MessageList; label: string }>) {
  const { t } = useTranslation('mail')
  const { rows } = useLive()
  const scroller = useRef<HTMLDivElement>(null)
  const density = useAppStore(state => state.preferences.density)
  const selection = useMail(state => state.selection)
  const rowHeight = rowHeightPx[density]
  const virtual = useVirtualizer({
    count: list.ids.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowHeight,
    overscan: 6,
    getItemKey: at => list.ids[at] ?? at,
  })
  useEffect(() => {
    void rowHeight
    virtual.measure()
  }, [virtual, rowHeight])

  const { focus } = selection
  const positions = useRef(list.positions)
  positions.current = list.positions
  useEffect(() => {
    // Only when another row takes the focus: mail coming in moves the row, and must not move the reader.
    const at = focus === null ? undefined : positions.current.get(focus)
    if (at !== undefined) virtual.scrollToIndex(at, { align: 'auto' })
  }, [virtual, focus])

  const rememberPlace = useScrollAnchor(scroller, list, rowHeight)
  useListKeys(list)
  const [menu, setMenu] = useState<Readonly<{ id: MessageId; place: MenuPlace }> | null>(null)
  const menuFor = useMessageMenu()
  const showsRecipients = useShowsRecipients()
  const actions = useMessageActions()
  const chosenWith = (id: MessageId): readonly MessageId[] =>
    selection.selected.has(id) ? [...selection.selected] : [id]

  const onClick = (id: MessageId, event: MouseEvent) => {
    scroller.current?.focus()
    if (event.shiftKey) setSelection(extendTo(list.ids, selection, id))
    else if (event.ctrlKey || event.metaKey) setSelection(toggleRow(selection, id))
    else {
      setSelection(selectOnly(id))
      showReader()
    }
  }
  const onContextMenu = (id: MessageId, event: MouseEvent) => {
    event.preventDefault()
    if (!selection.selected.has(id)) setSelection(selectOnly(id))
    setMenu({ id, place: { x: event.clientX, y: event.clientY } })
  }
  const onDragStart = (id: MessageId, event: DragEvent) => {
    const ids = chosenWith(id)
    dragged.hold(ids)
    event.dataTransfer.setData(dragType, String(ids.length))
    event.dataTransfer.effectAllowed = 'move'
    setDragImage(event.dataTransfer, t('list.drag', { count: ids.length }))
  }
  const onOpen = (id: MessageId) => {
    if (list.role === 'drafts') actions.editDraft(id)
  }

  return (
    <>
      <div
        ref={scroller}
        role="listbox"
        aria-label={label}
        aria-multiselectable
        aria-activedescendant={focus !== null && list.positions.has(focus) ? rowElementId(focus) : undefined}
        tabIndex={0}
        data-pane-stop
        className="message-list scroll"
        onScroll={rememberPlace}
        onKeyDown={event => {
          if (selection.focus === null) return
          if (event.key !== 'ContextMenu' && !(event.key === 'F10' && event.shiftKey)) return
          event.preventDefault()
          const box = document.getElementById(rowElementId(selection.focus))?.getBoundingClientRect()
          if (box !== undefined)
            setMenu({ id: selection.focus, place: { x: box.left + 32, y: box.bottom - 8 } })
        }}
      >
        <div role="presentation" className="message-list-space" style={{ height: virtual.getTotalSize() }}>
          {virtual.getVirtualItems().map(item => {
            const id = list.ids[item.index]
            if (id === undefined) return null
            return (
              <MessageRow
                key={item.key}
                id={id}
                at={item.index}
                total={list.ids.length}
                top={item.start}
                height={rowHeight}
                isSelected={selection.selected.has(id)}
                isFocused={selection.focus === id}
                showsRecipients={showsRecipients}
                onClick={onClick}
                onDoubleClick={onOpen}
                onContextMenu={onContextMenu}
                onDragStart={onDragStart}
                onFlag={actions.toggleFlag}
              />
            )
          })}
        </div>
      </div>
      <ContextMenu
        label={t('list.menu')}
        entries={menu === null ? [] : menuFor(rows.get(menu.id), chosenWith(menu.id))}
        place={menu?.place ?? null}
        onClose={() => setMenu(null)}
      />
    </>
  )
}
