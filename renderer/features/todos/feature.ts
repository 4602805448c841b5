import { ListTodo } from 'lucide-react'
import type { Feature } from '../../ui/layout/feature'
import { PlanFront } from './plan-dialog'
import { showTodo } from './pointed'
import { TodosRoom } from './room'
import { words } from './words/words'

export const todos: Feature<typeof words.en> = {
  id: 'todos',
  words,
  room: { id: 'todos', icon: ListTodo, label: t => t('todos:title'), View: TodosRoom },
  showThing: showTodo,
  Front: PlanFront,
}
