import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { CalendarId, EventId } from '../../../../../../shared/features/calendar/model'
import type { TodoFields } from '../../../../../../shared/features/todos/model'
import { openTestEngine, type TestEngine } from '../../../../../support/engine-in-test'

const directory = mkdtempSync(join(tmpdir(), 'siegel-todos-'))
const zone = 'Europe/Berlin'
let engine: TestEngine
let calendarId: CalendarId
beforeAll(async () => {
  engine = await openTestEngine(join(directory, 'profile'))
  calendarId = (await engine.call('calendars.list', {}))[0]!.id
})
afterAll(async () => {
  await engine.close()
  rmSync(directory, { recursive: true, force: true })
})

const add = async (title: string, fields: TodoFields = {}): Promise<EventId> =>
  (await engine.call('todos.add', { calendarId, fields: { title, ...fields } })).ids[0]!
const list = async () => (await engine.call('todos.list', { zone, calendarId })).todos
const open = async () => (await list()).filter(({ status }) => status === 'open').map(({ title }) => title)
const get = (id: EventId) => engine.call('todos.get', { id, zone })
const day = (at: string) => ({ at, zone: null })

test('a to-do is added, shown, changed and taken back, and is no event', async () => {
  const id = await add('Milch', { due: { at: '2030-03-10T09:00', zone } })
  expect(await get(id)).toMatchObject({
    title: 'Milch',
    dueMs: Date.parse('2030-03-10T08:00Z'),
    parent: null,
  })
  const { undoId } = await engine.call('todos.change', { id, zone, fields: { title: 'Butter', due: null } })
  expect(await get(id)).toMatchObject({ title: 'Butter', due: null, dueMs: null })
  expect(await engine.call('undo.last', { undoId: undoId! })).toMatchObject({ what: 'todo', count: 1 })
  expect(await get(id)).toMatchObject({ title: 'Milch' })
  const between = { fromMs: 0, toMs: 4e12, zone, calendarIds: null }
  expect((await engine.call('events.between', between)).events).toEqual([])
  await expect(engine.call('todos.get', { id: 999 as EventId, zone })).rejects.toMatchObject({
    code: 'not-found',
  })
  await engine.call('todos.remove', { ids: [id] })
})

test('an event is no to-do', async () => {
  const { eventIds } = await engine.call('events.add', {
    calendarId,
    fields: { title: 'e', start: day('2030-01-01') },
  })
  const [id] = eventIds
  await expect(get(id!)).rejects.toMatchObject({ code: 'not-found' })
  const done = engine.call('todos.done', { ids: [id!], isDone: true, zone })
  await expect(done).rejects.toMatchObject({ code: 'not-found' })
})

test('what is done takes its parts along, and all comes back together', async () => {
  const house = await add('Haus')
  const wall = await add('Wand', { parent: house })
  const paint = await add('Farbe', { parent: wall })
  expect(await get(paint)).toMatchObject({ parent: wall })
  const { ids, undoId } = await engine.call('todos.done', { ids: [house], isDone: true, zone })
  expect(ids.sort()).toEqual([house, wall, paint])
  expect(await open()).toEqual([])
  await engine.call('undo.last', { undoId: undoId! })
  expect((await open()).sort()).toEqual(['Farbe', 'Haus', 'Wand'])
  // Round in a circle nothing is a part of itself.
  const circle = engine.call('todos.change', { id: house, zone, fields: { parent: paint } })
  await expect(circle).rejects.toMatchObject({ code: 'todo-part-of-itself' })
  const self = engine.call('todos.change', { id: house, zone, fields: { parent: house } })
  await expect(self).rejects.toMatchObject({ code: 'todo-part-of-itself' })
  const removed = await engine.call('todos.remove', { ids: [wall] })
  expect(removed.ids.sort()).toEqual([wall, paint])
  expect(await open()).toEqual(['Haus'])
  await engine.call('undo.last', { undoId: removed.undoId! })
  expect(await get(paint)).toMatchObject({ parent: wall })
  await engine.call('todos.remove', { ids: [house] })
})

test('one that repeats goes on, and its parts stay as they are', async () => {
  const week = await add('Woche', { due: day('2030-03-10'), rule: 'FREQ=WEEKLY' })
  const part = await add('Teil', { parent: week })
  const { moved, undoId } = await engine.call('todos.done', { ids: [week], isDone: true, zone })
  expect(moved).toBe(1)
  expect(await get(week)).toMatchObject({ status: 'open', due: day('2030-03-17') })
  expect(await get(part)).toMatchObject({ status: 'open' })
  await engine.call('undo.last', { undoId: undoId! })
  expect(await get(week)).toMatchObject({ due: day('2030-03-10') })
  await engine.call('todos.remove', { ids: [week] })
})

test('to-dos go into another calendar with their parts, and what stays behind is no parent of them', async () => {
  const calendarId = (await engine.call('calendars.addLocal', { name: 'Elsewhere', colour: null })).id
  const whole = await add('whole')
  const part = await add('part', { parent: whole })
  const deeper = await add('deeper', { parent: part })
  const of = async (title: string) => {
    const { todos } = await engine.call('todos.list', { zone, calendarId: null })
    return todos.find(each => each.title === title)!
  }
  const { ids, undoId } = await engine.call('todos.move', { ids: [part], calendarId, zone })
  expect(ids).toHaveLength(2)
  expect(await of('part')).toMatchObject({ calendarId, parent: null })
  expect(await of('deeper')).toMatchObject({ calendarId, parent: (await of('part')).id })
  await engine.call('undo.last', { undoId: undoId! })
  expect(await of('part')).toMatchObject({ id: part, parent: whole })
  expect(await of('deeper')).toMatchObject({ id: deeper, parent: part })
  const all = await engine.call('todos.move', { ids: [whole], calendarId, zone })
  expect(all.ids).toHaveLength(3)
  expect(await of('deeper')).toMatchObject({ calendarId, parent: (await of('part')).id })
  // Where it is already it stays.
  const none = await engine.call('todos.move', { ids: all.ids, calendarId, zone })
  expect(none).toEqual({ ids: [], undoId: null })
  await engine.call('undo.last', { undoId: all.undoId! })
  await engine.call('todos.remove', { ids: [whole] })
})

test('a to-do of a message leads back to it, by its Message-ID', async () => {
  const [account] = [await engine.call('accounts.addSample', {})]
  expect(account).toBeDefined()
  const { ids } = await engine.call('messages.index', {
    ...{ mailboxId: null, role: 'inbox', unreadOnly: false, flaggedOnly: false },
  })
  const [summary] = await engine.call('messages.summaries', { ids: ids.slice(0, 1) })
  const id = await add(summary!.subject, { message: summary!.messageIdHeader })
  const { message } = await get(id)
  expect(message).toBe(summary!.messageIdHeader)
  const found = await engine.call('messages.named', { name: message! })
  expect(found.message).toEqual({ messageId: summary!.id, mailboxId: summary!.mailboxId })
  expect(await engine.call('messages.named', { name: 'nobody@nowhere.example' })).toEqual({ message: null })
})
