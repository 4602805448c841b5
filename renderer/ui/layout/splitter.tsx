import './splitter.css'
import { type KeyboardEvent, type PointerEvent, useLayoutEffect, useRef, useState } from 'react'

const stepPx = 16

/**
 * A line between panes that can be moved, by mouse and by the arrow keys. It measures the pane it resizes: the width that
 * was asked for is a wish, and the window may be too small for it.
 */
export function Splitter({
  label,
  min,
  max,
  controls,
  onResize,
  onCommit,
}: Readonly<{
  label: string
  /** Least and greatest width of the pane left of it, in CSS pixels. */
  min: number
  max: number
  /** Id of the pane it resizes. */
  controls: string
  /** While it moves. */
  onResize: (width: number) => void
  /** When it rests: the width that the pane really has, worth remembering. */
  onCommit: (width: number) => void
}>) {
  const start = useRef<{ pointerX: number; width: number } | null>(null)
  const settles = useRef(false)
  const [width, setWidth] = useState(min)
  const clamp = (value: number) => Math.round(Math.min(max, Math.max(min, value)))
  const measured = () => Math.round(document.getElementById(controls)?.offsetWidth ?? min)

  useLayoutEffect(() => {
    const pane = document.getElementById(controls)
    if (pane === null) return
    const observer = new ResizeObserver(() => setWidth(Math.round(pane.offsetWidth)))
    observer.observe(pane)
    return () => observer.disconnect()
  }, [controls])
  useLayoutEffect(() => {
    if (!settles.current) return
    settles.current = false
    onCommit(clamp(measured()))
  })

  const onPointerDown = (event: PointerEvent<HTMLDivElement>) => {
    event.currentTarget.setPointerCapture(event.pointerId)
    start.current = { pointerX: event.clientX, width: measured() }
  }
  const onPointerMove = (event: PointerEvent<HTMLDivElement>) => {
    if (start.current === null) return
    onResize(clamp(start.current.width + event.clientX - start.current.pointerX))
  }
  const onPointerUp = () => {
    if (start.current === null) return
    start.current = null
    onCommit(clamp(measured()))
  }
  const onKeyDown = (event: KeyboardEvent<HTMLDivElement>) => {
    const now = measured()
    const next =
      event.key === 'ArrowLeft'
        ? now - stepPx
        : event.key === 'ArrowRight'
          ? now + stepPx
          : event.key === 'Home'
            ? min
            : event.key === 'End'
              ? max
              : null
    if (next === null) return
    event.preventDefault()
    settles.current = true
    onResize(clamp(next))
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
