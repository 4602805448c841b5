import type { TFunction } from 'i18next'
import type { CalendarFormat } from '../format'
import { isOver } from '../todos/shown-todo'
import type { ShownEvent } from './shown'

export const titleOf = (event: Pick<ShownEvent, 'title'>, t: TFunction<'calendar'>): string =>
  event.title.trim() || t('untitled')

/** What a screen reader says of an event: also weekday and date, since it is met away from its column. */
export const eventName = (event: ShownEvent, t: TFunction<'calendar'>, format: CalendarFormat): string =>
  [
    event.todo === undefined ? null : t(isOver(event.todo) ? 'todo.done' : 'todo.open'),
    titleOf(event, t),
    format.when(event.span),
    event.standing === 'normal' ? null : t(`standing.${event.standing}`),
    event.instance.isRepeating ? t('repeats') : null,
    event.instance.location || null,
  ]
    .filter(part => part !== null)
    .join(', ')
