import type { TFunction } from 'i18next'
import { Check, Pencil, Trash2 } from 'lucide-react'
import type { MenuEntry } from '../../../ui/actions/menu'
import { isOver } from '../todos/shown-todo'
import type { ShownEvent } from './shown'

/** What can be done with an event, or a to-do, where it stands. */
export function eventMenu(
  event: ShownEvent,
  t: TFunction<'calendar'>,
  run: Readonly<{
    open: (event: ShownEvent) => void
    edit: (event: ShownEvent) => void
    tick: (event: ShownEvent) => void
    remove: (event: ShownEvent) => void
  }>,
): readonly MenuEntry[] {
  const { todo, isReadOnly: isDisabled } = event
  return [
    { id: 'open', label: t('menu.open'), run: () => run.open(event) },
    todo === undefined
      ? { id: 'edit', label: t('menu.edit'), icon: Pencil, isDisabled, run: () => run.edit(event) }
      : {
          id: 'tick',
          label: t(isOver(todo) ? 'todo.reopen' : 'todo.complete'),
          icon: Check,
          isDisabled,
          run: () => run.tick(event),
        },
    {
      id: 'delete',
      label: t('menu.delete'),
      icon: Trash2,
      isDanger: true,
      isDisabled,
      run: () => run.remove(event),
    },
  ]
}
