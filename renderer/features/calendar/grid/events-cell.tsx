import type { ComponentProps, ReactNode } from 'react'
import { Cell } from './parts'

/**
 * A cell with events. It is named by its place and how many there are. The events are a group with a name of its own, since all that stands in a
 * cell would be read as its name otherwise.
 */
export function EventsCell({
  name,
  count,
  beside = null,
  children,
  ...props
}: Omit<ComponentProps<'div'>, 'children'> &
  Readonly<{
    /** The place; null where what stands beside the events says it. */
    name: string | null
    count: string
    /** What else stands in it. */
    beside?: ReactNode
    children: readonly ReactNode[]
  }>) {
  if (children.length === 0 && beside === null)
    return <Cell {...props} aria-label={name === null ? count : `${name}, ${count}`} />
  return (
    <Cell {...props}>
      {name === null ? null : <span className="spoken">{name},</span>}
      {beside}
      {children.length === 0 ? (
        <span className="spoken">{count}</span>
      ) : (
        // biome-ignore lint/a11y/useSemanticElements: a fieldset is for a form.
        <div role="group" aria-label={count} className="cell-events">
          {children}
        </div>
      )}
    </Cell>
  )
}
