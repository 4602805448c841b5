import { openRoom, useUi } from '../../state/ui-store'
import type { ShownThing } from '../../ui/layout/feature'

/** Opens the room on a to-do that was found elsewhere. */
export const showTodo = (thing: ShownThing): void => {
  if (thing.kind !== 'todo') return
  useUi.setState({ pointed: { kind: 'todo', id: thing.id } })
  openRoom('todos')
}
