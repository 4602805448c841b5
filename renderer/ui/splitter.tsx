import './splitter.css'
import { type KeyboardEvent, type PointerEvent, useRef } from 'react'

const stepPx = 16

/** A line between panes that can be moved, by mouse and by the arrow keys. */
export function Splitter({
  label,
  width,
  min,
  max,
  controls,
  onResize,
  onCommit,
}: Readonly<{
  label: string
  /** Width of the pane left of it, in CSS pixels. */
  width: number
  min: number
  max: number
  /** Id of the pane it resizes. */
  controls: string
  /** While it moves. */
  onResize: (width: number) => void
  /** When it rests; the width is worth remembering. */
  onCommit: (width: number) => void
}>) {
  const start = useRef<{ pointerX: number; width: number } | null>(null)
  const clamp = (value: number) => Math.round(Math.min(max, Math.max(min, value)))

  const onPointerDown = (event: PointerEvent<HTMLDivElement>) => {
    event.currentTarget.setPointerCapture(event.pointerId)
    start.current = { pointerX: event.clientX, width }
  }
  const onPointerMove = (event: PointerEvent<HTMLDivElement>) => {
    if (start.current === null) return
    onResize(clamp(start.current.width + event.clientX - start.current.pointerX))
  }
  const onPointerUp = () => {
    if (start.current === null) return
    start.current = null
    onCommit(width)
  }
  const onKeyDown = (event: KeyboardEvent<HTMLDivElement>) => {
    const next =
      event.key === 'ArrowLeft'
        ? width - stepPx
        : event.key === 'ArrowRight'
          ? width + stepPx
          : event.key === 'Home'
            ? min
            : event.key === 'End'
              ? max
              : null
    if (next === null) return
    event.preventDefault()
    onResize(clamp(next))
    onCommit(clamp(next))
  }

  return (
    // biome-ignore lint/a11y/useSemanticElements: a separator that can be moved is a widget; <hr> is not one.
    <div
      role="separator"
      aria-orientation="vertical"
      aria-label={label}
      aria-controls={controls}
      aria-valuenow={width}
      aria-valuemin={min}
      aria-valuemax={max}
      tabIndex={0}
      className="ui-splitter"
      onPointerDown={onPointerDown}
      onPointerMove={onPointerMove}
      onPointerUp={onPointerUp}
      onPointerCancel={onPointerUp}
      onKeyDown={onKeyDown}
    />
  )
}
