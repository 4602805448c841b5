import type { TodoFormat } from '../../../ports/calendar/todos'
import { writtenTime } from '../edit/written-time'
import { instantOf } from '../event/times'
import { readerZone } from '../shown/occurrences'
import { type Component, readComponents, writeComponent } from '../text/component'
import { changeTodo, createTodo, doneTodo } from './edit-todo'
import { readTodo } from './read-todo'

const read = (bytes: Uint8Array): Component =>
  readComponents(
    Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1'),
  )[0] as Component
const written = (calendar: Component): Uint8Array => Buffer.from(writeComponent(calendar), 'latin1')

export const todoFormat: TodoFormat = {
  create: (change, uid, nowMs) => written(createTodo(change, uid, nowMs)),
  change: (bytes, change, nowMs, zone) => written(changeTodo(read(bytes), change, nowMs, zone)),
  done: (bytes, isDone, nowMs, zone) => {
    const { calendar, isMoved } = doneTodo(read(bytes), isDone, nowMs, zone)
    return { bytes: written(calendar), isMoved }
  },
  read: bytes => readTodo(read(bytes)),
  instant: (when, zone) => {
    try {
      return instantOf(writtenTime(when).value, readerZone(zone))
    } catch {
      // A zone that only the object describes: by the wall.
      return instantOf(writtenTime({ ...when, zone: null }).value, readerZone(zone))
    }
  },
}
