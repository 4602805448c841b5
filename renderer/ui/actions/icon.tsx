import type { LucideIcon } from 'lucide-react'

export type IconShape = LucideIcon

/** An icon beside words or inside a named control; it says nothing to a screen reader by itself. */
export function Icon({
  of: Shape,
  size = 16,
  className,
}: Readonly<{ of: IconShape; size?: number; className?: string }>) {
  return (
    <Shape
      aria-hidden
      size={size}
      strokeWidth={1.5}
      absoluteStrokeWidth
      {...(className === undefined ? {} : { className })}
    />
  )
}
