import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { CalendarId, EventId } from '../../../shared/features/calendar/model'
import { startCyrusDav } from '../../rig/cyrus-server'
import { type DavServer, startRadicale, startXandikos } from '../../rig/dav-servers'
import { type DavMachine, davClientOf, openDavMachine } from '../../support/dav-machine'

/** To-dos of two machines of one person, at each server. */
describe.each([
  ['Radicale', startRadicale, 'alice%40rig.test/work/'],
  ['Xandikos', startXandikos, 'user/calendars/work/'],
  ['Cyrus', startCyrusDav, 'dav/calendars/user/alice%40rig.test/work/'],
] as const)('%s', (_, startServer, path) => {
  let server: DavServer
  let [here, there]: readonly (DavMachine | undefined)[] = []
  const zone = 'Europe/Berlin'
  const machine = (which: DavMachine | undefined) => {
    if (which === undefined) throw new Error('not open')
    const { engine } = which
    const listed = async () => {
      const calendar = (await engine.call('calendars.list', {})).find(({ name }) => name === 'Work')
      if (!calendar) throw new Error('the calendar did not come')
      return calendar.id
    }
    return {
      engine,
      work: listed,
      sync: () => engine.call('calendars.sync', { accountId: null }),
      todos: async () => {
        const calendarId: CalendarId = await listed()
        const { todos } = await engine.call('todos.list', { zone, calendarId })
        return todos.toSorted((a, b) => (a.title < b.title ? -1 : 1))
      },
    }
  }
  beforeAll(async () => {
    server = await startServer()
    const { client, close } = davClientOf(server)
    const url = new URL(path, server.url)
    await client.makeCollection(url, { kind: 'calendar', name: 'Work' })
    close()
    ;[here, there] = [await openDavMachine(server), await openDavMachine(server)]
    for (const each of [here, there]) await machine(each).sync()
  })
  afterAll(async () => {
    await here?.close()
    await there?.close()
    await server?.stop()
  })

  test('one that repeats, its reminder and what it consists of are the same on the other machine, and go on there', async () => {
    const [mine, other] = [machine(here), machine(there)]
    const calendarId = await mine.work()
    const add = async (fields: Parameters<typeof mine.engine.call<'todos.add'>>[1]['fields']) =>
      (await mine.engine.call('todos.add', { calendarId, fields })).ids[0] as EventId
    const rent = await add({
      ...{ title: 'Rent', due: { at: '2031-03-01T09:00', zone }, rule: 'FREQ=MONTHLY', priority: 1 },
      ...{ alarms: ['PT15M'], notes: 'IBAN; 2, "quoted"', categories: ['Home'] },
    })
    await add({ title: 'Rent: ask', parent: rent })
    expect((await mine.sync()).problems).toEqual([])
    expect((await other.sync()).problems).toEqual([])
    const [first, part] = await other.todos()
    expect(first).toMatchObject({
      ...{ title: 'Rent', rule: 'FREQ=MONTHLY', priority: 1, hasAlarm: true, hasNotes: true },
      due: { at: '2031-03-01T09:00', zone },
    })
    expect(part).toMatchObject({ title: 'Rent: ask', parent: first?.id, status: 'open' })
    // Done there it goes on to its next time here; the part is done here and open there until then.
    if (!first || !part) throw new Error('no to-dos')
    const done = await other.engine.call('todos.done', { ids: [first.id], isDone: true, zone })
    expect(done.moved).toBe(1)
    const own = (await mine.todos()).find(({ title }) => title === 'Rent: ask')
    if (!own) throw new Error('no part')
    await mine.engine.call('todos.change', { id: own.id, fields: { percent: 40 }, zone })
    for (const each of [other, mine, other]) expect((await each.sync()).problems).toEqual([])
    for (const each of [mine, other]) {
      const [series, sub] = await each.todos()
      expect(series).toMatchObject({ title: 'Rent', status: 'open', due: { at: '2031-04-01T09:00' } })
      expect(sub).toMatchObject({ parent: series?.id })
    }
    await mine.engine.call('todos.remove', { ids: [(await mine.todos())[0]?.id as EventId] })
    expect((await mine.sync()).problems).toEqual([])
    // All of a list is more than a third of it: that is done by a word.
    const { problems } = await other.engine.call('calendars.sync', { accountId: null, removesMany: true })
    expect(problems).toEqual([])
    expect(await other.todos()).toEqual([])
  })
})
